/** The frame round every desk: the paper's seal, the ways between desks, and oneself. */
import { Menu, Tooltip, UnstyledButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { spotlight } from '@mantine/spotlight';
import {
  IconAdjustmentsHorizontal,
  IconAlignLeft,
  IconChecklist,
  IconSearch,
  IconTemplate,
  IconUsers,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, useLocation } from 'react-router';
import type { Me } from '../../shared/api.ts';
import { canInNewsroom } from '../../shared/people/can.ts';
import { type Colleague, useEverybody } from '../live/answers.ts';
import { useLiveState } from '../live/events.ts';
import { Bell } from '../notifications/Bell.tsx';
import { Avatar } from '../ui/People.tsx';
import { Banner, useLate } from '../ui/States.tsx';
import './Frame.css';
import { shortTime } from '../ui/when.ts';
import { useModKey } from './modKey.ts';
import { narrow } from './narrow.ts';
import { useRoleNames } from './roleNames.ts';
import { SignOutDialog } from './SignOutDialog.tsx';
import { useSignOut } from './signOut.ts';

const nobody: readonly Colleague[] = [];

interface FrameProps {
  me: Me;
  /** The session is over: no way leads anywhere. */
  ended: boolean;
  children: ReactNode;
}

export function Frame({ me, ended, children }: FrameProps) {
  const { t, i18n } = useTranslation('app');
  const { t: notifications } = useTranslation('notifications');
  const people = useEverybody().data ?? nobody;
  const live = useLiveState();
  const phone = useMediaQuery(narrow, undefined, { getInitialValueInEffect: false }) ?? false;
  const { pathname } = useLocation();
  // A desk with a connection of its own says itself what that does.
  const hasOwn =
    pathname.startsWith('/articles/') ||
    (pathname.startsWith('/pages/') && !phone && canInNewsroom(me, 'page.lay'));
  const mod = useModKey();
  useRoleNames();
  return (
    <div className="app-frame" data-ended={ended || undefined}>
      <a className="app-skip" href="#desk">
        {t('skip')}
      </a>
      {!ended && (
        <nav className="app-nav" aria-label={t('nav.label')}>
          <Link to="/" className="app-seal" aria-label={me.newsroom}>
            同
          </Link>
          <Way to="/desk" icon={<IconChecklist />} word={notifications('queue')} />
          <Way to="/" icon={<IconAlignLeft />} word={t('nav.stories')} />
          <Way to="/pages" icon={<IconTemplate />} word={t('nav.pages')} />
          {me.mayManageMembers && <Way to="/members" icon={<IconUsers />} word={t('nav.members')} />}
          <Bell people={people} when={(iso) => shortTime(iso, i18n.language)} className="app-way" />
          <span className="app-nav-gap" />
          <Tooltip label={`${mod} K`} position="right">
            <UnstyledButton className="app-way" onClick={() => spotlight.open()}>
              <IconSearch aria-hidden="true" />
              {t('nav.find')}
            </UnstyledButton>
          </Tooltip>
          <Way to="/settings" icon={<IconAdjustmentsHorizontal />} word={t('nav.settings')} />
          <Oneself me={me} />
        </nav>
      )}
      <div className="app-desk" id="desk" tabIndex={-1}>
        {live === 'lost' && !hasOwn && <Lost />}
        {children}
      </div>
      {!ended && <SignOutDialog me={me} />}
    </div>
  );
}

function Way({ to, icon, word }: { to: string; icon: ReactNode; word: string }) {
  return (
    <NavLink to={to} end={to !== '/pages'} className="app-way">
      {icon}
      {word}
    </NavLink>
  );
}

/** A blip is nobody's business; a lost line that lasts is. */
function Lost() {
  const { t } = useTranslation('app');
  return useLate(2_500) ? <Banner>{t('lost')}</Banner> : null;
}

function Oneself({ me }: { me: Me }) {
  const { t } = useTranslation(['app', 'people']);
  const leave = useSignOut();
  return (
    <Menu position="right-end">
      <Menu.Target>
        <UnstyledButton className="app-oneself" aria-label={t('nav.oneself', { name: me.name })}>
          <Avatar person={me} size={28} quiet />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {me.name} {t(`people:role.${me.role}`)}
        </Menu.Label>
        <Menu.Item component={Link} to="/settings">
          {t('nav.settings')}
        </Menu.Item>
        <Menu.Item onClick={leave}>{t('signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

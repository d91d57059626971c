/** The bell in the frame: how many notices are new, and a panel that lists them by story. */
import { Button, Popover, UnstyledButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconBell } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Notice } from '../../shared/notifications/calls.ts';
import type { Person } from '../../shared/people/person.ts';
import { Avatar } from '../ui/People.tsx';
import { EmptyState, Skeleton } from '../ui/States.tsx';
import './notifications.css';
import { placeOf } from '../../shared/notifications/place.ts';
import { useNotices } from './useNotices.ts';

interface BellProps {
  people: readonly Person[];
  when: (iso: string) => string;
  /** The frame's own look for a way in it. */
  className: string;
}

export function Bell({ people, when, className }: BellProps) {
  const { t } = useTranslation('notifications');
  const [open, setOpen] = useState(false);
  const phone = useMediaQuery('(max-width: 600px)', undefined, { getInitialValueInEffect: false }) ?? false;
  const { query, notices, unseen, see, seeAll } = useNotices();
  const author = (id: string) => people.find((one) => one.id === id) ?? { name: t('someone'), color: 7 };

  const body = () => {
    if (query.isError && notices.length === 0)
      return (
        <p className="notices-failed" role="status">
          {t('failed')}{' '}
          <button type="button" className="ui-link" onClick={() => void query.refetch()}>
            {t('retry')}
          </button>
        </p>
      );
    if (!query.data) return <Skeleton onRetry={() => void query.refetch()} />;
    if (notices.length === 0) return <EmptyState title={t('none')}>{t('noneWords')}</EmptyState>;
    return (
      <>
        {byStory(notices).map((group) => (
          <section key={group[0].id} aria-label={group[0].headline || t('untitled')}>
            <h3>{group[0].article === null ? t('pages') : group[0].headline || t('untitled')}</h3>
            <ul>
              {group.map((notice) => (
                <li key={notice.id}>
                  <Link
                    to={placeOf(notice)}
                    className="notices-one"
                    data-unseen={notice.seenAt === null || undefined}
                    onClick={() => {
                      if (notice.seenAt === null) see(notice.id);
                      setOpen(false);
                    }}
                  >
                    <Avatar person={author(notice.by)} size={22} quiet />
                    <span>
                      <b>{author(notice.by).name}</b> {t(`did.${notice.kind}`)}
                      {notice.text !== '' && <q>{notice.text}</q>}
                    </span>
                    <time dateTime={notice.at}>{when(notice.at)}</time>
                    {notice.seenAt === null && <span className="ui-hidden">{t('unseen')}</span>}
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ))}
        {query.hasNextPage && (
          <Button
            variant="subtle"
            fullWidth
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t('more')}
          </Button>
        )}
      </>
    );
  };

  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position={phone ? 'top' : 'right-end'}
      width="min(400px, calc(100vw - 24px))"
      trapFocus
      returnFocus
      shadow="md"
    >
      <Popover.Target>
        <UnstyledButton
          className={className}
          aria-label={t('bell', { count: unseen })}
          onClick={() => setOpen((was) => !was)}
        >
          <span className="notices-bell">
            <IconBell aria-hidden="true" />
            {unseen > 0 && <i aria-hidden="true">{unseen > 99 ? '99+' : unseen}</i>}
          </span>
          {t('notices')}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className="notices" aria-label={t('notices')}>
        <header>
          <h2>{t('notices')}</h2>
          {unseen > 0 && (
            <Button variant="subtle" size="compact-sm" onClick={seeAll}>
              {t('allSeen')}
            </Button>
          )}
        </header>
        <div className="notices-list">{body()}</div>
      </Popover.Dropdown>
    </Popover>
  );
}

/** Notices of one story together, the story told of last first. */
function byStory(notices: readonly Notice[]): [Notice, ...Notice[]][] {
  const groups = new Map<string | null, [Notice, ...Notice[]]>();
  for (const notice of notices) {
    const group = groups.get(notice.article);
    if (group) group.push(notice);
    else groups.set(notice.article, [notice]);
  }
  return [...groups.values()];
}

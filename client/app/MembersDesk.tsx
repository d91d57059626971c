/** 人员: the members page, for the administrator. */
import { ActionIcon, Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Me, type Member } from '../../shared/api.ts';
import type { Page } from '../../shared/pages/page.ts';
import { ApiError, call, keys } from '../api.ts';
import { usePages } from '../live/answers.ts';
import { InvitationsTable } from '../people/InvitationsTable.tsx';
import { InviteForm } from '../people/InviteForm.tsx';
import { MemberForm } from '../people/MemberForm.tsx';
import { MembersTable } from '../people/MembersTable.tsx';
import { Skeleton } from '../ui/States.tsx';
import { shortTime } from '../ui/when.ts';
import { narrow } from './narrow.ts';
import { Refused } from './Refused.tsx';

/** Every section that a page or a member names. */
const sectionsOf = (members: readonly Member[], pages: readonly Page[]): string[] => [
  ...new Set([...pages.map(({ section }) => section), ...members.flatMap(({ sections }) => sections)]),
];

export function MembersDesk({ me }: { me: Me }) {
  const { t, i18n } = useTranslation(['people', 'app']);
  const [asked, setAsked] = useState<'add' | 'invite' | null>(null);
  const phone = useMediaQuery(narrow, undefined, { getInitialValueInEffect: false }) ?? false;
  const pages = usePages();
  const members = useQuery({
    queryKey: keys.members,
    queryFn: ({ signal }) => call(api.members, { signal }),
    enabled: me.mayManageMembers,
  });
  if (!me.mayManageMembers) return <Refused error={new ApiError('notAllowed')} />;
  if (members.error && !members.data)
    return <Refused error={members.error} onRetry={() => void members.refetch()} />;
  const when = (iso: string) => shortTime(iso, i18n.language);
  const sections = sectionsOf(members.data ?? [], pages.data ?? []);
  return (
    <main className="app-desk">
      <header className="app-bar">
        <div className="app-bar-title">
          <h1>{t('members.title')}</h1>
          <p className="app-meta">
            {!phone && <span>{me.newsroom}</span>}
            {members.data && (
              <span>{t('members.count', { count: members.data.filter((one) => one.active).length })}</span>
            )}
          </p>
        </div>
        <span className="app-bar-gap" />
        <Button onClick={() => setAsked('invite')}>{t('invite.act')}</Button>
        {phone ? (
          <ActionIcon
            variant="filled"
            color="zhu"
            size={44}
            aria-label={t('members.add')}
            onClick={() => setAsked('add')}
          >
            <IconPlus size={20} stroke={1.75} />
          </ActionIcon>
        ) : (
          <Button
            variant="filled"
            onClick={() => setAsked('add')}
            leftSection={<IconPlus size={16} stroke={1.75} aria-hidden="true" />}
          >
            {t('members.add')}
          </Button>
        )}
      </header>
      <div className="app-scroll">
        <div className="app-sheet">
          {members.data ? (
            <>
              <MembersTable members={members.data} me={me} sections={sections} when={when} />
              <InvitationsTable when={when} />
            </>
          ) : (
            <Skeleton onRetry={() => void members.refetch()} />
          )}
        </div>
      </div>
      {asked === 'add' && <MemberForm member={null} sections={sections} onClose={() => setAsked(null)} />}
      {asked === 'invite' && <InviteForm onClose={() => setAsked(null)} />}
    </main>
  );
}

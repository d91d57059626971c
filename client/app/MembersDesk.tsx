/** 人员: the members page, for the administrator. */
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Me } from '../../shared/api.ts';
import { ApiError, call, keys } from '../api.ts';
import { MemberForm } from '../people/MemberForm.tsx';
import { MembersTable } from '../people/MembersTable.tsx';
import { Skeleton } from '../ui/States.tsx';
import { Refused } from './Refused.tsx';
import { shortTime } from './when.ts';

export function MembersDesk({ me }: { me: Me }) {
  const { t, i18n } = useTranslation(['people', 'app']);
  const [adding, setAdding] = useState(false);
  const members = useQuery({
    queryKey: keys.members,
    queryFn: ({ signal }) => call(api.members, { signal }),
    enabled: me.mayManageMembers,
  });
  if (!me.mayManageMembers) return <Refused error={new ApiError('notAllowed')} />;
  if (members.error && !members.data)
    return <Refused error={members.error} onRetry={() => void members.refetch()} />;
  return (
    <main className="app-desk">
      <header className="app-bar">
        <div className="app-bar-title">
          <h1>{t('members.title')}</h1>
          <p className="app-meta">
            <span>{me.newsroom}</span>
            {members.data && (
              <span>{t('members.count', { count: members.data.filter((one) => one.active).length })}</span>
            )}
          </p>
        </div>
        <span className="app-bar-gap" />
        <Button
          variant="filled"
          onClick={() => setAdding(true)}
          leftSection={<IconPlus size={16} stroke={1.75} aria-hidden="true" />}
        >
          {t('members.add')}
        </Button>
      </header>
      <div className="app-scroll">
        <div className="app-sheet">
          {members.data ? (
            <MembersTable members={members.data} me={me} when={(iso) => shortTime(iso, i18n.language)} />
          ) : (
            <Skeleton onRetry={() => void members.refetch()} />
          )}
        </div>
      </div>
      {adding && <MemberForm member={null} onClose={() => setAdding(false)} />}
    </main>
  );
}

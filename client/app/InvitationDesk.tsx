/** What somebody sees who was invited: by whom, to what, and the form that accepts. */
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../shared/api.ts';
import { ApiError, call } from '../api.ts';
import { useComplaint } from '../live/answers.ts';
import { AcceptForm } from '../people/AcceptForm.tsx';
import { Skeleton } from '../ui/States.tsx';
import { useFragment, useGoIn } from './entering.ts';
import { Lone } from './Lone.tsx';

export function InvitationDesk() {
  const token = useFragment();
  return <Invited key={token} token={token} />;
}

function Invited({ token }: { token: string }) {
  const { t } = useTranslation(['app', 'people']);
  const complain = useComplaint();
  const goIn = useGoIn();
  const [spent, setSpent] = useState(false);
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => call(api.readInvitation, { body: { token }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const { data, error } = invitation;
  const code = error instanceof ApiError ? error.code : null;
  if (spent || code === 'spent' || code === 'badInput') {
    return (
      <Lone
        title={t('invitation.spent')}
        act={
          <Button component={Link} to="/sign-in">
            {t('invitation.toSignIn')}
          </Button>
        }
      >
        {t('invitation.spentWords')}
      </Lone>
    );
  }
  if (error) {
    return (
      <Lone
        title={t('invitation.failed')}
        act={<Button onClick={() => void invitation.refetch()}>{t('retry')}</Button>}
      >
        {complain(error)}
      </Lone>
    );
  }
  if (!data) {
    return (
      <Lone title={t('invitation.looking')} act={<Skeleton onRetry={() => void invitation.refetch()} />} />
    );
  }
  const { headline } = data;
  const what =
    headline === null
      ? t('invitation.role', { role: t(`people:role.${data.role}`) })
      : headline === ''
        ? t('invitation.storyUntitled')
        : t('invitation.story', { headline });
  return (
    <Lone
      title={t('invitation.asks', { by: data.invitedBy, newsroom: data.newsroom })}
      act={<AcceptForm token={token} name={data.name} onIn={goIn} onSpent={() => setSpent(true)} />}
    >
      {what}
    </Lone>
  );
}

/** Signing in: the link's page says for whom it is, and its button spends it. */
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api } from '../../shared/api.ts';
import { ApiError, call, keys } from '../api.ts';
import { useComplaint } from '../live/answers.ts';
import { Skeleton } from '../ui/States.tsx';
import './SignInDesk.css';

/** The token travels behind `#`, so that no server or proxy ever logs it; it leaves the address bar at once. */
function takeToken(): string {
  const fragment = location.hash.slice(1);
  const token = new URLSearchParams(fragment).get('token') ?? fragment;
  if (fragment) history.replaceState(history.state, '', location.pathname);
  return token;
}

export function SignInDesk() {
  const { t } = useTranslation('app');
  const [token] = useState(takeToken);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const complain = useComplaint();
  const link = useQuery({
    queryKey: ['signInLink', token],
    queryFn: ({ signal }) => call(api.readSignInLink, { body: { token }, signal }),
    enabled: token !== '',
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const spend = useMutation({
    mutationFn: () => call(api.signIn, { body: { token } }),
    onSuccess: async () => {
      queries.removeQueries({ predicate: (query) => query.queryKey[0] !== 'signInLink' });
      await queries.resetQueries({ queryKey: keys.me });
      navigate('/', { replace: true });
    },
  });
  const failure = spend.error ?? link.error;
  const worth = failure instanceof ApiError && !['spent', 'notFound', 'badInput'].includes(failure.code);

  if (token === '') return <SignedOut />;
  if (failure && !worth) return <Lone title={t('signIn.spent')}>{t('signIn.spentWords')}</Lone>;
  if (failure) {
    return (
      <Lone
        title={t('signIn.failed')}
        act={
          <Button onClick={() => (spend.error ? spend.mutate() : void link.refetch())}>{t('retry')}</Button>
        }
      >
        {complain(failure)}
      </Lone>
    );
  }
  if (!link.data)
    return <Lone title={t('signIn.looking')} act={<Skeleton onRetry={() => void link.refetch()} />} />;
  return (
    <Lone
      title={t('signIn.asks', { name: link.data.name })}
      act={
        <Button variant="filled" size="md" loading={spend.isPending} onClick={() => spend.mutate()} autoFocus>
          {t('signIn.enter')}
        </Button>
      }
    >
      {t('signIn.once', { handle: link.data.handle })}
    </Lone>
  );
}

/** What somebody sees whom the newsroom does not know (any more). */
export function SignedOut() {
  const { t } = useTranslation('app');
  return <Lone title={t('signIn.needed')}>{t('signIn.neededWords')}</Lone>;
}

function Lone({ title, children, act }: { title: string; children?: ReactNode; act?: ReactNode }) {
  const { t } = useTranslation('app');
  return (
    <main className="signin">
      <div className="signin-sheet">
        <p className="signin-mark">
          <span aria-hidden="true">同</span>
          {t('product')}
        </p>
        <h1>{title}</h1>
        {children && <p>{children}</p>}
        {act}
      </div>
    </main>
  );
}

/** Signing in: by a link, whose page says for whom it is and whose button spends it, or by what one has. */
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../shared/api.ts';
import { ApiError, call } from '../api.ts';
import { useComplaint } from '../live/answers.ts';
import { SecondFactorForm } from '../people/SecondFactorForm.tsx';
import { type SignInAnswer, SignInForm } from '../people/SignInForm.tsx';
import { useSignInWays } from '../people/useSignInWays.ts';
import { Skeleton } from '../ui/States.tsx';
import { useAsked, useFragment, useGoIn } from './entering.ts';
import { Lone } from './Lone.tsx';

export function SignInDesk() {
  const fragment = useFragment();
  return <Entrance key={fragment} fragment={fragment} />;
}

type Step = 'link' | 'ways' | 'second';
type Because = 'directoryFailed' | 'ranOut' | null;

/** The link's secret, or '' when the fragment says something else. */
const tokenIn = (fragment: string): string =>
  fragment === 'second' || fragment === 'directory=failed'
    ? ''
    : (new URLSearchParams(fragment).get('token') ?? fragment);

function Entrance({ fragment }: { fragment: string }) {
  const { t } = useTranslation('app');
  const token = tokenIn(fragment);
  const [step, setStep] = useState<Step>(token ? 'link' : fragment === 'second' ? 'second' : 'ways');
  const [because, setBecause] = useState<Because>(fragment === 'directory=failed' ? 'directoryFailed' : null);
  const goIn = useGoIn();
  const asked = useAsked();
  const paper = useSignInWays().data?.newsroom;
  const take = ({ kind }: SignInAnswer) => (kind === 'in' ? goIn() : setStep('second'));
  const startOver = (why: Because) => {
    setBecause(why);
    setStep('ways');
  };
  if (step === 'link') return <ByLink token={token} onAnswer={take} onOther={() => startOver(null)} />;
  if (step === 'second') {
    return (
      <Lone
        title={t('signIn.second')}
        paper={paper}
        act={<SecondFactorForm onIn={goIn} onRanOut={() => startOver('ranOut')} />}
      >
        {t('signIn.secondWords')}
      </Lone>
    );
  }
  return (
    <Lone
      title={t('signIn.title')}
      paper={paper}
      act={<SignInForm because={because} to={asked} onAnswer={take} />}
    />
  );
}

function ByLink(props: { token: string; onAnswer: (answer: SignInAnswer) => void; onOther: () => void }) {
  const { token, onAnswer, onOther } = props;
  const { t } = useTranslation('app');
  const complain = useComplaint();
  const link = useQuery({
    queryKey: ['signInLink', token],
    queryFn: ({ signal }) => call(api.readSignInLink, { body: { token }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const spend = useMutation({
    mutationFn: () => call(api.signIn, { body: { token } }),
    onSuccess: onAnswer,
  });
  const failure = spend.error ?? link.error;
  const worth = failure instanceof ApiError && !['spent', 'notFound', 'badInput'].includes(failure.code);

  if (failure && !worth) {
    return (
      <Lone title={t('signIn.spent')} act={<Button onClick={onOther}>{t('signIn.other')}</Button>}>
        {t('signIn.spentWords')}
      </Lone>
    );
  }
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

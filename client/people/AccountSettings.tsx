/** One's own account: what one can come in by, and where one is in. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useComplaint } from '../live/answers.ts';
import { Skeleton } from '../ui/States.tsx';
import { PasskeyWay } from './PasskeyWay.tsx';
import { PasswordWay } from './PasswordWay.tsx';
import { SecondFactorWay } from './SecondFactorWay.tsx';
import { Sessions } from './Sessions.tsx';
import { useAccount } from './useAccount.ts';
import { Way } from './Way.tsx';
import './people.css';
import './account.css';

/** Stands inside a ProofGate. `when` writes a time in the reader's form. */
export function AccountSettings({ handle, when }: { handle: string; when: (iso: string) => string }) {
  const { t } = useTranslation(['people', 'ui']);
  const complain = useComplaint();
  const { data, error, refetch } = useAccount();
  if (!data && error) {
    return (
      <div className="people-refused">
        <p>{complain(error)}</p>
        <Button onClick={() => void refetch()}>{t('ui:retry')}</Button>
      </div>
    );
  }
  if (!data) return <Skeleton onRetry={() => void refetch()} />;
  return (
    <>
      <PasswordWay setAt={data.passwordSetAt} handle={handle} when={when} />
      <PasskeyWay passkeys={data.passkeys} when={when} />
      <SecondFactorWay factor={data.secondFactor} when={when} />
      {data.directorySince && (
        <Way
          title={t('account.directory.title')}
          state={t('account.directory.since', { when: when(data.directorySince) })}
        />
      )}
      <Sessions sessions={data.sessions} when={when} />
    </>
  );
}

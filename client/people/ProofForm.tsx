/** Proves whose session it is by one factor that its member has; who has none here is sent to sign in anew. */
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { IconFingerprint } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { api } from '../../shared/api.ts';
import { passwordLimits } from '../../shared/people/calls.ts';
import { ApiError, call } from '../api.ts';
import { useComplaint } from '../live/answers.ts';
import { Skeleton } from '../ui/States.tsx';
import { Complaint } from './Complaint.tsx';
import { canUsePasskeys, passkeyTrouble, proveByPasskey } from './passkey.ts';
import { type Account, useAccount } from './useAccount.ts';
import { useSignInWays } from './useSignInWays.ts';

interface Props {
  handle: string;
  onProved: () => void;
  onClose: () => void;
}

/** What is typed. */
type Typed = 'password' | 'code';

export function ProofForm({ handle, onProved, onClose }: Props) {
  const { t } = useTranslation(['people', 'ui']);
  const complain = useComplaint();
  const account = useAccount();
  const ways = useSignInWays();
  if (!account.data && account.error) {
    return (
      <div className="people-refused">
        <p>{complain(account.error)}</p>
        <Button onClick={() => void account.refetch()}>{t('ui:retry')}</Button>
      </div>
    );
  }
  if (!account.data || ways.isPending) return <Skeleton onRetry={() => void account.refetch()} />;
  const { passwordSetAt, secondFactor, passkeys } = account.data;
  const typed: Typed[] = [];
  if (passwordSetAt) typed.push('password');
  if (secondFactor) typed.push('code');
  const passkey = passkeys.length > 0 && ways.data?.passkey === true && canUsePasskeys();
  if (typed.length === 0 && !passkey) return <SignInAnew account={account.data} onClose={onClose} />;
  return <Factors typed={typed} passkey={passkey} handle={handle} onProved={onProved} onClose={onClose} />;
}

function SignInAnew({ account, onClose }: { account: Account; onClose: () => void }) {
  const { t } = useTranslation('people');
  const { pathname } = useLocation();
  return (
    <>
      <p className="people-words">
        {t(account.passkeys.length > 0 ? 'proof.noneHere' : 'proof.none')}{' '}
        {t(account.directorySince ? 'proof.byDirectory' : 'proof.byLink')}
      </p>
      <div className="ui-acts">
        <Button variant="subtle" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button variant="filled" component={Link} to="/sign-in" state={{ from: pathname }} data-autofocus>
          {t('proof.signIn')}
        </Button>
      </div>
    </>
  );
}

function Factors(props: Props & { typed: readonly Typed[]; passkey: boolean }) {
  const { typed, passkey, handle, onProved, onClose } = props;
  const { t } = useTranslation('people');
  const complain = useComplaint();
  const field = useRef<HTMLInputElement>(null);
  const [way, setWay] = useState<Typed | null>(typed[0] ?? null);
  const [value, setValue] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const other = typed.find((one) => one !== way);

  const byTyping = useMutation({
    mutationFn: (by: Typed) =>
      call(api.prove, {
        body: by === 'password' ? { by, password: value } : { by, code: value.replaceAll(/\s/g, '') },
      }),
    onSuccess: onProved,
    onError: (error, by) => {
      const why = error instanceof ApiError ? error.code : 'broken';
      if (why === 'wrong' || why === 'badInput')
        setFault(t(by === 'password' ? 'proof.wrong' : 'second.wrong'));
      else setSaid(why === 'tooMany' ? t('proof.tooMany') : complain(error));
      field.current?.select();
    },
  });
  const byPasskey = useMutation({
    mutationFn: proveByPasskey,
    onSuccess: onProved,
    onError: (error) => {
      const trouble = passkeyTrouble(error);
      const wrong = error instanceof ApiError && error.code === 'wrong';
      if (trouble) setSaid(t(`signIn.${trouble}`));
      else setSaid(wrong ? t('proof.wrongPasskey') : complain(error));
    },
  });
  const busy = byTyping.isPending || byPasskey.isPending;
  const hush = () => {
    setFault(null);
    setSaid(null);
  };
  const shared = {
    ref: field,
    'data-autofocus': true,
    value,
    error: fault && <span role="alert">{fault}</span>,
  };

  return (
    <form
      className="people-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        hush();
        if (busy || !way) return;
        if (value.trim()) return byTyping.mutate(way);
        setFault(t(way === 'password' ? 'signIn.noPassword' : 'second.none'));
        field.current?.focus();
      }}
    >
      <p className="people-words">{t('proof.words')}</p>
      <Complaint>{said}</Complaint>
      {way === 'password' && (
        <>
          {/* Tells password managers whose password it is. */}
          <input
            className="ui-hidden"
            tabIndex={-1}
            aria-hidden
            readOnly
            autoComplete="username"
            value={handle}
          />
          <PasswordInput
            {...shared}
            label={t('signIn.password')}
            autoComplete="current-password"
            maxLength={passwordLimits.most}
            visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
            onChange={(event) => setValue(event.currentTarget.value)}
          />
        </>
      )}
      {way === 'code' && (
        <TextInput
          {...shared}
          label={t('account.second.removeCode')}
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={24}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
      )}
      {other && (
        <button
          type="button"
          className="ui-link people-hint"
          onClick={() => {
            setWay(other);
            setValue('');
            hush();
          }}
        >
          {t(other === 'code' ? 'proof.useCode' : 'proof.usePassword')}
        </button>
      )}
      {passkey && (
        <Button
          data-autofocus={way === null || undefined}
          variant={way === null ? 'filled' : 'default'}
          leftSection={<IconFingerprint size={18} stroke={1.5} aria-hidden="true" />}
          loading={byPasskey.isPending}
          disabled={byTyping.isPending}
          onClick={() => {
            hush();
            byPasskey.mutate();
          }}
        >
          {t('proof.passkey')}
        </Button>
      )}
      <div className="ui-acts">
        <Button variant="subtle" onClick={onClose}>
          {t('cancel')}
        </Button>
        {way && (
          <Button variant="filled" type="submit" loading={byTyping.isPending} disabled={byPasskey.isPending}>
            {t('proof.enter')}
          </Button>
        )}
      </div>
    </form>
  );
}

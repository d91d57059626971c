/** The ways in for somebody with an account: a password, a passkey, the paper's directory. */
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconFingerprint } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../shared/api.ts';
import { passwordLimits } from '../../shared/people/calls.ts';
import { ApiError, call, type Output } from '../api.ts';
import { useComplaint } from '../live/answers.ts';
import { Complaint } from './Complaint.tsx';
import { canUsePasskeys, passkeyTrouble, signInByPasskey } from './passkey.ts';
import { useSignInWays } from './useSignInWays.ts';
import './people.css';

export type SignInAnswer = Output<typeof api.signInByPassword>;

interface Props {
  /** Why somebody is here again. */
  because?: 'directoryFailed' | 'ranOut' | null;
  /** The page to go to afterwards, for a way in that leaves this one. */
  to: string;
  onAnswer: (answer: SignInAnswer) => void;
}

export function SignInForm({ because = null, to, onAnswer }: Props) {
  const { t } = useTranslation('people');
  const complain = useComplaint();
  const password = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState<string | null>(null);
  const ways = useSignInWays();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { handle: '', password: '' },
    validate: {
      handle: (handle) => (handle.trim() === '' ? t('signIn.noHandle') : null),
      password: (typed) => (typed === '' ? t('signIn.noPassword') : null),
    },
  });
  const byPassword = useMutation({
    mutationFn: (body: { handle: string; password: string }) => call(api.signInByPassword, { body }),
    onMutate: () => setSaid(null),
    onSuccess: onAnswer,
    onError: (error) => {
      const code = error instanceof ApiError ? error.code : 'broken';
      if (code === 'wrong' || code === 'tooMany') setSaid(t(`signIn.${code}`));
      else setSaid(complain(error));
      password.current?.select();
    },
  });
  const byPasskey = useMutation({
    mutationFn: signInByPasskey,
    onMutate: () => setSaid(null),
    onSuccess: onAnswer,
    onError: (error) => {
      const trouble = passkeyTrouble(error);
      if (trouble) setSaid(t(`signIn.${trouble}`));
      else if (error instanceof ApiError && error.code === 'wrong') setSaid(t('signIn.wrongPasskey'));
      else setSaid(complain(error));
    },
  });
  const directory = ways.data?.directory ?? null;
  const passkeys = ways.data?.passkey === true && canUsePasskeys();
  const reason = {
    directoryFailed: () => t('signIn.directoryFailed', { name: directory ?? t('signIn.itsDirectory') }),
    ranOut: () => t('second.ranOut'),
  };

  return (
    <>
      <Complaint>{said ?? (because && reason[because]())}</Complaint>
      <form
        className="people-form"
        noValidate
        onSubmit={form.onSubmit(({ handle, password: typed }) =>
          byPassword.mutate({ handle: handle.trim(), password: typed }),
        )}
      >
        <TextInput
          autoFocus
          size="md"
          label={t('signIn.handle')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={200}
          key={form.key('handle')}
          {...form.getInputProps('handle')}
        />
        <PasswordInput
          ref={password}
          size="md"
          label={t('signIn.password')}
          autoComplete="current-password"
          maxLength={passwordLimits.most}
          visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <Button variant="filled" size="md" type="submit" loading={byPassword.isPending}>
          {t('signIn.enter')}
        </Button>
      </form>
      {(passkeys || directory) && (
        <div className="people-ways">
          <p>{t('signIn.or')}</p>
          {passkeys && (
            <Button
              size="md"
              leftSection={<IconFingerprint size={18} stroke={1.5} aria-hidden="true" />}
              loading={byPasskey.isPending}
              onClick={() => byPasskey.mutate()}
            >
              {t('signIn.passkey')}
            </Button>
          )}
          {directory && (
            <Button size="md" component="a" href={`/sign-in/directory?to=${encodeURIComponent(to)}`}>
              {t('signIn.directory', { name: directory })}
            </Button>
          )}
        </div>
      )}
      <p className="people-hint">{ways.error ? t('signIn.offline') : t('signIn.neither')}</p>
    </>
  );
}

/** Accepting an invitation: a handle, a name, and a password for who wants one. */
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../shared/api.ts';
import { handleSchema, passwordLimits } from '../../shared/people/calls.ts';
import { ApiError, call } from '../api.ts';
import { useComplaint } from '../live/answers.ts';
import { Complaint } from './Complaint.tsx';
import './people.css';

export function AcceptForm(props: { token: string; name: string; onIn: () => void; onSpent: () => void }) {
  const { token, name, onIn, onSpent } = props;
  const { t } = useTranslation('people');
  const complain = useComplaint();
  const [said, setSaid] = useState<string | null>(null);
  const form = useForm({
    initialValues: { handle: '', name, password: '' },
    validate: {
      handle: (handle) => (handleSchema.safeParse(handle).success ? null : t('members.handleBad')),
      name: (typed) => (typed.trim() === '' ? t('members.nameBad') : null),
      password: (password) =>
        password === '' || password.length >= passwordLimits.least
          ? null
          : t('account.password.short', passwordLimits),
    },
  });
  const fault = (field: 'handle' | 'password', words: string) => {
    form.setFieldError(field, words);
    form.getInputNode(field)?.focus();
  };
  const accept = useMutation({
    mutationFn: () => {
      const { handle, name: typed, password } = form.getValues();
      return call(api.acceptInvitation, {
        body: { token, handle, name: typed, ...(password ? { password } : {}) },
      });
    },
    onMutate: () => setSaid(null),
    onSuccess: onIn,
    onError: (error) => {
      const code = error instanceof ApiError ? error.code : 'broken';
      if (code === 'spent') onSpent();
      else if (code === 'conflict') fault('handle', t('members.taken'));
      // The form is checked above; what the server alone refuses is a password that is easily guessed.
      else if (code === 'badInput' && form.getValues().password)
        fault('password', t('account.password.weak'));
      else setSaid(complain(error));
    },
  });
  return (
    <form
      className="people-form"
      noValidate
      onSubmit={form.onSubmit(
        () => accept.mutate(),
        (errors) => form.getInputNode(Object.keys(errors)[0] ?? 'handle')?.focus(),
      )}
    >
      <Complaint>{said}</Complaint>
      <TextInput
        autoFocus
        size="md"
        label={t('accept.handle')}
        description={t('accept.handleWords')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={32}
        {...form.getInputProps('handle')}
      />
      <TextInput
        size="md"
        label={t('accept.name')}
        description={t('accept.nameWords')}
        autoComplete="name"
        maxLength={40}
        {...form.getInputProps('name')}
      />
      <PasswordInput
        size="md"
        label={t('accept.password')}
        description={t('accept.passwordWords', passwordLimits)}
        autoComplete="new-password"
        maxLength={passwordLimits.most}
        visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
        {...form.getInputProps('password')}
      />
      <Button variant="filled" size="md" type="submit" loading={accept.isPending}>
        {t('accept.enter')}
      </Button>
    </form>
  );
}

/** One's password: set, changed, removed. */
import { Button, Modal, PasswordInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../shared/api.ts';
import { passwordLimits } from '../../shared/people/calls.ts';
import { ApiError, call, keys } from '../api.ts';
import { useComplaint } from '../live/answers.ts';
import { toast } from '../ui/toast.tsx';
import { Complaint } from './Complaint.tsx';
import { useProven } from './ProofGate.tsx';
import { Way } from './Way.tsx';

interface Props {
  /** Null without one. */
  setAt: string | null;
  handle: string;
  when: (iso: string) => string;
}

export function PasswordWay({ setAt, handle, when }: Props) {
  const { t } = useTranslation('people');
  const [asked, setAsked] = useState<'set' | 'remove' | null>(null);
  return (
    <Way
      title={t('account.password.title')}
      state={setAt ? t('account.since', { when: when(setAt) }) : t('account.password.none')}
      acts={
        <>
          <Button onClick={() => setAsked('set')}>
            {t(setAt ? 'account.password.change' : 'account.password.set')}
          </Button>
          {setAt && (
            <Button
              variant="subtle"
              aria-label={t('account.password.removeWay')}
              onClick={() => setAsked('remove')}
            >
              {t('account.password.remove')}
            </Button>
          )}
        </>
      }
    >
      {asked && (
        <PasswordDialog act={asked} hasOne={setAt !== null} handle={handle} onClose={() => setAsked(null)} />
      )}
    </Way>
  );
}

function PasswordDialog(props: {
  act: 'set' | 'remove';
  hasOne: boolean;
  handle: string;
  onClose: () => void;
}) {
  const { act, hasOne, handle, onClose } = props;
  const { t } = useTranslation('people');
  const queries = useQueryClient();
  const complain = useComplaint();
  const proven = useProven();
  const [said, setSaid] = useState<string | null>(null);
  const setting = act === 'set';
  const form = useForm({
    initialValues: { current: '', password: '' },
    validate: {
      current: (current) => (hasOne && current === '' ? t('signIn.noPassword') : null),
      password: (password) =>
        setting && (password.length < passwordLimits.least || password.length > passwordLimits.most)
          ? t('account.password.short', passwordLimits)
          : null,
    },
  });
  const fault = (field: 'current' | 'password', why: string) => {
    form.setFieldError(field, why);
    form.getInputNode(field)?.focus();
  };
  const save = useMutation({
    mutationFn: () => {
      const { current, password } = form.getValues();
      return setting
        ? proven(() => call(api.setPassword, { body: { password, ...(hasOne ? { current } : {}) } }))
        : call(api.removePassword, { body: { current } });
    },
    onMutate: () => setSaid(null),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: keys.account });
      toast(setting ? t('account.password.saved') : t('account.password.removed'));
      onClose();
    },
    onError: (error) => {
      const code = error instanceof ApiError ? error.code : 'broken';
      if (code === 'wrong') fault('current', t('account.password.wrong'));
      // The length is checked above; what the server alone refuses is a password that is easily guessed.
      else if (code === 'badInput') fault('password', t('account.password.weak'));
      else setSaid(complain(error));
    },
  });
  const shared = {
    maxLength: passwordLimits.most,
    visibilityToggleButtonProps: { 'aria-label': t('showPassword') },
  };
  const title = setting
    ? hasOne
      ? t('account.password.change')
      : t('account.password.set')
    : t('account.password.removeTitle');

  return (
    <Modal
      stackId="act"
      opened
      onClose={onClose}
      title={title}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form
        className="people-form"
        noValidate
        onSubmit={form.onSubmit(
          () => save.mutate(),
          (errors) => form.getInputNode(Object.keys(errors)[0] ?? 'current')?.focus(),
        )}
      >
        {!setting && <p className="people-words">{t('account.password.removeWords')}</p>}
        <Complaint>{said}</Complaint>
        {/* Tells password managers whose password it is. */}
        <input
          className="ui-hidden"
          tabIndex={-1}
          aria-hidden
          readOnly
          autoComplete="username"
          value={handle}
        />
        {hasOne && (
          <PasswordInput
            data-autofocus
            label={t('account.password.current')}
            autoComplete="current-password"
            {...shared}
            {...form.getInputProps('current')}
          />
        )}
        {setting && (
          <PasswordInput
            data-autofocus={!hasOne || undefined}
            label={t('account.password.fresh')}
            description={t('account.password.freshWords', passwordLimits)}
            autoComplete="new-password"
            {...shared}
            {...form.getInputProps('password')}
          />
        )}
        <div className="ui-acts">
          <Button variant="subtle" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button variant="filled" type="submit" loading={save.isPending}>
            {setting ? t('account.password.save') : t('account.password.remove')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** One's second factor: turned on with an authenticator, turned off with a code. */
import { Button, Modal, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../shared/api.ts';
import { ApiError, call, keys } from '../api.ts';
import { useComplaint } from '../live/answers.ts';
import { toast } from '../ui/toast.tsx';
import type { Account } from './AccountSettings.tsx';
import { SecondFactorDialog } from './SecondFactorDialog.tsx';
import { Way } from './Way.tsx';

interface Props {
  factor: Account['secondFactor'];
  when: (iso: string) => string;
}

export function SecondFactorWay({ factor, when }: Props) {
  const { t } = useTranslation('people');
  const [asked, setAsked] = useState<'add' | 'remove' | null>(null);
  const close = () => setAsked(null);
  return (
    <Way
      title={t('account.second.title')}
      state={
        factor
          ? t('account.second.on', { when: when(factor.since), left: factor.recoveryCodes })
          : t('account.second.none')
      }
      acts={
        <Button
          aria-label={t(factor ? 'account.second.removeWay' : 'account.second.addWay')}
          onClick={() => setAsked(factor ? 'remove' : 'add')}
        >
          {t(factor ? 'account.second.remove' : 'account.second.add')}
        </Button>
      }
    >
      {asked === 'add' && <SecondFactorDialog onClose={close} />}
      {asked === 'remove' && <RemoveDialog onClose={close} />}
    </Way>
  );
}

function RemoveDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('people');
  const queries = useQueryClient();
  const complain = useComplaint();
  const field = useRef<HTMLInputElement>(null);
  const [code, setCode] = useState('');
  const [said, setSaid] = useState<string | null>(null);
  const remove = useMutation({
    mutationFn: () => call(api.removeSecondFactor, { body: { code: code.replaceAll(/\s/g, '') } }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: keys.account });
      toast(t('account.second.removed'));
      onClose();
    },
    onError: (error) => {
      const why = error instanceof ApiError ? error.code : 'broken';
      setSaid(why === 'wrong' || why === 'badInput' ? t('second.wrong') : complain(error));
      field.current?.select();
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('account.second.removeTitle')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form
        className="people-form"
        onSubmit={(event) => {
          event.preventDefault();
          setSaid(null);
          if (code.trim()) remove.mutate();
          else setSaid(t('second.none'));
        }}
      >
        <p className="people-words">{t('account.second.removeWords')}</p>
        <TextInput
          ref={field}
          data-autofocus
          label={t('account.second.removeCode')}
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={24}
          value={code}
          error={said && <span role="alert">{said}</span>}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <div className="ui-acts">
          <Button variant="subtle" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button variant="filled" type="submit" loading={remove.isPending}>
            {t('account.second.remove')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

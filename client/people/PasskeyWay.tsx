/** One's passkeys: listed, added, removed. */
import { Button, Modal, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../shared/api.ts';
import { ApiError, call, keys } from '../api.ts';
import { useComplaint } from '../live/answers.ts';
import { failToast, toast } from '../ui/toast.tsx';
import { readAgent } from './agent.ts';
import { Complaint } from './Complaint.tsx';
import { useProven } from './ProofGate.tsx';
import { canUsePasskeys, makePasskey, passkeyTrouble } from './passkey.ts';
import type { Account } from './useAccount.ts';
import { useSignInWays } from './useSignInWays.ts';
import { Way } from './Way.tsx';

type Passkey = Account['passkeys'][number];

export function PasskeyWay(props: { passkeys: readonly Passkey[]; when: (iso: string) => string }) {
  const { passkeys, when } = props;
  const { t } = useTranslation('people');
  const ways = useSignInWays();
  const [asked, setAsked] = useState<'add' | Passkey | null>(null);
  const refused = ways.data?.passkey === false;
  const here = ways.data?.passkey === true && canUsePasskeys();
  const state = refused
    ? t('account.passkeys.impossible')
    : ways.data && !here
      ? t('signIn.impossible')
      : t('account.passkeys.words');

  return (
    <Way
      title={t('account.passkeys.title')}
      state={state}
      acts={
        here && (
          <Button aria-label={t('account.passkeys.addWay')} onClick={() => setAsked('add')}>
            {t('account.passkeys.add')}
          </Button>
        )
      }
    >
      {passkeys.length > 0 && (
        <ul className="people-lines">
          {passkeys.map((passkey) => (
            <li key={passkey.id}>
              <span>{passkey.name}</span>
              <small>
                {passkey.lastUsedAt
                  ? t('account.passkeys.used', { when: when(passkey.lastUsedAt) })
                  : t('account.passkeys.made', { when: when(passkey.createdAt) })}
              </small>
              <Button
                variant="subtle"
                aria-label={t('account.passkeys.removeName', { name: passkey.name })}
                onClick={() => setAsked(passkey)}
              >
                {t('account.passkeys.remove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {asked === 'add' && <AddDialog onClose={() => setAsked(null)} />}
      {asked && asked !== 'add' && <RemoveDialog passkey={asked} onClose={() => setAsked(null)} />}
    </Way>
  );
}

function AddDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('people');
  const queries = useQueryClient();
  const complain = useComplaint();
  const proven = useProven();
  const field = useRef<HTMLInputElement>(null);
  const [name, setName] = useState(() => readAgent(navigator.userAgent).system ?? '');
  const [said, setSaid] = useState<string | null>(null);
  const add = useMutation({
    mutationFn: () => makePasskey(name.trim(), proven),
    onMutate: () => setSaid(null),
    onSuccess: (made) => {
      void queries.invalidateQueries({ queryKey: keys.account });
      toast(t('account.passkeys.added', { name: made.name }));
      onClose();
    },
    onError: (error) => {
      const trouble = passkeyTrouble(error);
      const code = error instanceof ApiError ? error.code : 'broken';
      if (trouble) setSaid(t(`signIn.${trouble}`));
      else if (code === 'conflict') setSaid(t('signIn.known'));
      else if (code === 'spent') setSaid(t('account.passkeys.ranOut'));
      else if (code === 'tooMany') setSaid(t('account.passkeys.tooMany'));
      else setSaid(complain(error));
      field.current?.focus();
    },
  });
  return (
    <Modal
      stackId="act"
      opened
      onClose={onClose}
      title={t('account.passkeys.addTitle')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form
        className="people-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) add.mutate();
        }}
      >
        <p className="people-words">{t('account.passkeys.addWords')}</p>
        <Complaint>{said}</Complaint>
        <TextInput
          ref={field}
          data-autofocus
          label={t('account.passkeys.name')}
          maxLength={40}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className="ui-acts">
          <Button variant="subtle" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button variant="filled" type="submit" disabled={!name.trim()} loading={add.isPending}>
            {t('account.passkeys.next')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function RemoveDialog({ passkey, onClose }: { passkey: Passkey; onClose: () => void }) {
  const { t } = useTranslation('people');
  const queries = useQueryClient();
  const complain = useComplaint();
  const proven = useProven();
  const remove = useMutation({
    mutationFn: () => proven(() => call(api.removePasskey, { params: { id: passkey.id } })),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: keys.account });
      toast(t('account.passkeys.removed', { name: passkey.name }));
      onClose();
    },
    onError: (error) => failToast(complain(error)),
  });
  return (
    <Modal
      stackId="act"
      opened
      onClose={onClose}
      title={t('account.passkeys.removeTitle', { name: passkey.name })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <p className="people-words">{t('account.passkeys.removeWords')}</p>
      <div className="ui-acts">
        <Button variant="subtle" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button variant="filled" loading={remove.isPending} onClick={() => remove.mutate()}>
          {t('account.passkeys.remove')}
        </Button>
      </div>
    </Modal>
  );
}

/** Personal access tokens: made with a name, shown once, taken back at will. */
import { Button, Modal, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Token } from '../../shared/api.ts';
import { call, keys } from '../api.ts';
import { useComplaint } from '../live/answers.ts';
import { useProven } from '../people/ProofGate.tsx';
import { ShownOnce } from '../people/ShownOnce.tsx';
import { Skeleton } from '../ui/States.tsx';
import { failToast, toast } from '../ui/toast.tsx';
import { shortTime } from '../ui/when.ts';

export function Tokens() {
  const { t, i18n } = useTranslation('app');
  const queries = useQueryClient();
  const complain = useComplaint();
  const proven = useProven();
  const [name, setName] = useState('');
  const [removing, setRemoving] = useState<Token | null>(null);
  const tokens = useQuery({ queryKey: keys.tokens, queryFn: ({ signal }) => call(api.tokens, { signal }) });
  const again = () => void queries.invalidateQueries({ queryKey: keys.tokens });
  const fail = (error: unknown) => failToast(complain(error));
  const add = useMutation({
    mutationFn: () => proven(() => call(api.addToken, { body: { name: name.trim() } })),
    onSuccess: again,
    onError: fail,
  });
  const remove = useMutation({
    mutationFn: (token: Token) => call(api.removeToken, { params: { id: token.id } }),
    onSuccess: (_, token) => {
      again();
      setRemoving(null);
      toast(t('tokens.removed', { name: token.name }));
    },
    onError: fail,
  });
  const close = { 'aria-label': t('close') };

  return (
    <>
      {tokens.error && !tokens.data && (
        <div className="people-refused">
          <p>{complain(tokens.error)}</p>
          <Button onClick={() => void tokens.refetch()}>{t('retry')}</Button>
        </div>
      )}
      {!tokens.data && !tokens.error && <Skeleton onRetry={() => void tokens.refetch()} />}
      {tokens.data && tokens.data.length > 0 && (
        <ul className="settings-tokens">
          {tokens.data.map((token) => (
            <li key={token.id}>
              {token.name}
              <span>
                {token.lastUsedAt
                  ? t('tokens.used', { when: shortTime(token.lastUsedAt, i18n.language) })
                  : t('tokens.made', { when: shortTime(token.createdAt, i18n.language) })}
              </span>
              <Button
                variant="subtle"
                aria-label={t('tokens.removeName', { name: token.name })}
                onClick={() => setRemoving(token)}
              >
                {t('tokens.remove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <form
        className="settings-add"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) add.mutate();
        }}
      >
        <TextInput
          aria-label={t('tokens.name')}
          placeholder={t('tokens.name')}
          maxLength={40}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" disabled={!name.trim()} loading={add.isPending}>
          {t('tokens.add')}
        </Button>
      </form>
      {add.data && (
        <Modal
          opened
          closeOnClickOutside={false}
          closeButtonProps={close}
          title={t('tokens.shown', { name: add.data.name })}
          onClose={() => {
            add.reset();
            setName('');
          }}
        >
          <p className="people-words">{t('tokens.once')}</p>
          <ShownOnce secret={add.data.token} label={t('tokens.token')} />
        </Modal>
      )}
      {removing && (
        <Modal
          opened
          onClose={() => setRemoving(null)}
          closeButtonProps={close}
          title={t('tokens.removeTitle', { name: removing.name })}
        >
          <p className="people-words">{t('tokens.removeWords')}</p>
          <div className="ui-acts">
            <Button variant="subtle" onClick={() => setRemoving(null)}>
              {t('cancel')}
            </Button>
            <Button variant="filled" loading={remove.isPending} onClick={() => remove.mutate(removing)}>
              {t('tokens.remove')}
            </Button>
          </div>
        </Modal>
      )}
    </>
  );
}

/** Who is on a story: invites members to it and takes them off again. */
import { Button, Modal, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Article, api, type Me } from '../../shared/api.ts';
import type { Person } from '../../shared/people/person.ts';
import { call } from '../api.ts';
import { type Colleague, useArticleAct } from '../live/answers.ts';
import { Avatar } from '../ui/People.tsx';
import { toast } from '../ui/toast.tsx';
import { GuestInvites } from './GuestInvites.tsx';
import { useInviting } from './useInvitations.ts';
import './people.css';

export function PeopleDialog(props: {
  article: Article;
  me: Me;
  people: readonly Colleague[];
  /** Writes a time in the reader's form. */
  when: (iso: string) => string;
  onClose: () => void;
}) {
  const { article, me, people, when, onClose } = props;
  const { t } = useTranslation('people');
  const [words, setWords] = useState('');
  const inviting = useInviting();
  const invite = useArticleAct((member: string) => call(api.invite, { params: { id: article.id, member } }));
  const uninvite = useArticleAct((member: string) =>
    call(api.uninvite, { params: { id: article.id, member } }),
  );
  const byId = new Map(people.map((one) => [one.id, one]));
  const on = article.people.flatMap(({ member }) => byId.get(member) ?? []);
  const wanted = words.trim().toLowerCase();
  const others = people.filter(
    (one) =>
      (one.role === 'reporter' || one.role === 'correspondent' || one.id === me.id || wanted !== '') &&
      one.active &&
      !on.includes(one) &&
      (one.name.toLowerCase().includes(wanted) || one.handle.includes(wanted)),
  );
  const add = (person: Person) =>
    invite.mutate(person.id, { onSuccess: () => toast(t('dialog.added', { name: person.name })) });
  const remove = (person: Person) =>
    uninvite.mutate(person.id, {
      onSuccess: () =>
        toast(
          t('dialog.removed', { name: person.name }),
          person.id === me.id ? undefined : { label: t('dialog.undo'), run: () => invite.mutate(person.id) },
        ),
    });

  return (
    <Modal
      opened
      onClose={onClose}
      closeOnClickOutside={!inviting.data}
      title={t('dialog.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <ul className="people-list" aria-label={t('dialog.on')}>
        {on.map((one) => (
          <PersonLine key={one.id} person={one} me={me}>
            {article.may.invite && (
              <Button
                variant="subtle"
                disabled={uninvite.isPending}
                aria-label={t('dialog.removeName', { name: one.name })}
                onClick={() => remove(one)}
              >
                {t('dialog.remove')}
              </Button>
            )}
          </PersonLine>
        ))}
        {on.length === 0 && <li className="people-note">{t('dialog.nobody')}</li>}
      </ul>
      {!article.may.invite && <p className="people-note">{t('dialog.readOnly')}</p>}
      {article.may.invite && (
        <>
          <TextInput
            data-autofocus
            mt={16}
            label={t('dialog.find')}
            placeholder={t('dialog.findPlaceholder')}
            leftSection={<IconSearch size={16} stroke={1.5} aria-hidden="true" />}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
            onKeyDown={(event) => {
              const only = others.length === 1 ? others[0] : undefined;
              if (event.key !== 'Enter' || !only || event.nativeEvent.isComposing) return;
              add(only);
              setWords('');
            }}
          />
          <ul className="people-list people-found">
            {others.map((one) => (
              <PersonLine key={one.id} person={one} me={me}>
                <Button
                  disabled={invite.isPending}
                  aria-label={t('dialog.inviteName', { name: one.name })}
                  onClick={() => add(one)}
                >
                  {t('dialog.invite')}
                </Button>
              </PersonLine>
            ))}
            {others.length === 0 && (
              <li className="people-note">{t(wanted ? 'dialog.noMatch' : 'dialog.everybody')}</li>
            )}
          </ul>
          <GuestInvites article={article.id} inviting={inviting} when={when} />
        </>
      )}
    </Modal>
  );
}

function PersonLine({ person, me, children }: { person: Person; me: Me; children: React.ReactNode }) {
  const { t } = useTranslation('people');
  return (
    <li>
      <Avatar person={person} size={28} quiet />
      <span className="people-name">
        {person.name}
        {person.id === me.id && t('dialog.you')}
      </span>
      <span className="people-role">{t(`role.${person.role}`)}</span>
      {children}
    </li>
  );
}

/** Guests of one story: correspondents from outside, invited by a link, and invitations not accepted yet. */
import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconMailPlus } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useComplaint } from '../live/answers.ts';
import { isEmail } from './email.ts';
import { ShownOnce } from './ShownOnce.tsx';
import { useInvitations, type useInviting, useRevoking } from './useInvitations.ts';

type Inviting = ReturnType<typeof useInviting>;

interface Props {
  article: string;
  /** Holds the link while it is shown, so that the dialog around it stays open. */
  inviting: Inviting;
  /** Writes a time in the reader's form. */
  when: (iso: string) => string;
}

export function GuestInvites({ article, inviting, when }: Props) {
  const { t } = useTranslation('people');
  const complain = useComplaint();
  const { data, error } = useInvitations();
  const revoke = useRevoking();
  const here = useRef<HTMLElement>(null);
  const guests = data?.filter((one) => one.article?.id === article) ?? [];
  return (
    <section ref={here} tabIndex={-1} className="people-guests" aria-label={t('dialog.guests')}>
      <GuestForm article={article} invite={inviting} />
      {!data && error && <p className="people-note">{complain(error)}</p>}
      {guests.length > 0 && (
        <>
          <h3>{t('dialog.guests')}</h3>
          <ul className="people-list">
            {guests.map((one) => (
              <li key={one.id}>
                <span className="people-name">{one.name}</span>
                <span className="people-role">{t('invite.expires', { when: when(one.expiresAt) })}</span>
                <Button
                  variant="subtle"
                  disabled={revoke.isPending}
                  aria-label={t('invite.revokeName', { name: one.name })}
                  onClick={() => revoke.mutate(one, { onSuccess: () => here.current?.focus() })}
                >
                  {t('invite.revoke')}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function GuestForm({ article, invite }: { article: string; invite: Inviting }) {
  const { t } = useTranslation('people');
  const [open, setOpen] = useState(false);
  const form = useForm({
    initialValues: { name: '', email: '' },
    validate: {
      name: (name) => (name.trim() === '' ? t('members.nameBad') : null),
      email: (email) => (email.trim() === '' || isEmail(email) ? null : t('members.emailBad')),
    },
  });
  const close = () => {
    setOpen(false);
    invite.reset();
    form.reset();
  };
  if (invite.data) {
    const { invitation, link } = invite.data;
    const title = t('invite.linkTitle', { name: invitation.name });
    return (
      <div className="people-guest-link">
        <h3>{title}</h3>
        <p className="people-words">{t('invite.linkWords')}</p>
        <ShownOnce secret={link} label={title} />
        <div className="ui-acts">
          <Button variant="subtle" onClick={close}>
            {t('done')}
          </Button>
        </div>
      </div>
    );
  }
  if (!open) {
    return (
      <Button
        leftSection={<IconMailPlus size={16} stroke={1.5} aria-hidden="true" />}
        onClick={() => setOpen(true)}
      >
        {t('dialog.guest')}
      </Button>
    );
  }
  return (
    <form
      className="people-form"
      noValidate
      aria-label={t('dialog.guest')}
      onSubmit={form.onSubmit(({ name, email }) =>
        invite.mutate({
          name,
          role: 'correspondent',
          article,
          ...(email.trim() ? { email: email.trim() } : {}),
        }),
      )}
    >
      <h3>{t('dialog.guest')}</h3>
      <p className="people-words">{t('dialog.guestWords')}</p>
      <TextInput autoFocus label={t('members.name')} maxLength={40} {...form.getInputProps('name')} />
      <TextInput type="email" label={t('members.email')} maxLength={200} {...form.getInputProps('email')} />
      <div className="ui-acts">
        <Button variant="subtle" onClick={close}>
          {t('cancel')}
        </Button>
        <Button variant="filled" type="submit" loading={invite.isPending}>
          {t('invite.make')}
        </Button>
      </div>
    </form>
  );
}

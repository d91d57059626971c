/** Invites somebody into the newsroom; the link is shown once. */
import { Button, Modal, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { type Role, roles } from '../../shared/people/person.ts';
import { isEmail } from './email.ts';
import { LinkDialog } from './LinkDialog.tsx';
import { useInviting } from './useInvitations.ts';

export function InviteForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('people');
  const invite = useInviting();
  const form = useForm({
    initialValues: { name: '', email: '', role: 'reporter' as Role },
    validate: {
      name: (name) => (name.trim() === '' ? t('members.nameBad') : null),
      email: (email) => (email.trim() === '' || isEmail(email) ? null : t('members.emailBad')),
    },
  });
  if (invite.data) {
    const { invitation, link } = invite.data;
    return <LinkDialog kind="invitation" name={invitation.name} link={link} onClose={onClose} />;
  }
  return (
    <Modal opened onClose={onClose} title={t('invite.title')} closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        className="people-form"
        noValidate
        onSubmit={form.onSubmit(({ name, email, role }) =>
          invite.mutate({ name, role, ...(email.trim() ? { email: email.trim() } : {}) }),
        )}
      >
        <p className="people-words">{t('invite.words')}</p>
        <TextInput data-autofocus label={t('members.name')} maxLength={40} {...form.getInputProps('name')} />
        <TextInput type="email" label={t('members.email')} maxLength={200} {...form.getInputProps('email')} />
        <Select
          label={t('members.role')}
          data={roles.map((role) => ({ value: role, label: t(`role.${role}`) }))}
          {...form.getInputProps('role')}
        />
        <div className="ui-acts">
          <Button variant="subtle" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button variant="filled" type="submit" loading={invite.isPending}>
            {t('invite.make')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** Adds a member or changes one's name and duty; a new member's sign-in link is shown once. */
import { Button, Modal, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { api, type Member } from '../../shared/api.ts';
import { handleSchema } from '../../shared/people/calls.ts';
import { type Role, roles } from '../../shared/people/person.ts';
import { ApiError, call, keys } from '../api.ts';
import { useComplaint } from '../live/answers.ts';
import { failToast, toast } from '../ui/toast.tsx';
import { ShownOnce } from './ShownOnce.tsx';

/** `member` null adds one; `locked` says that the duty cannot change now. */
export function MemberForm(props: { member: Member | null; locked?: boolean; onClose: () => void }) {
  const { member, locked = false, onClose } = props;
  const { t } = useTranslation('people');
  const queries = useQueryClient();
  const complain = useComplaint();
  const form = useForm({
    initialValues: {
      name: member?.name ?? '',
      handle: member?.handle ?? '',
      role: (member?.role ?? 'reporter') as Role,
      email: '',
    },
    validate: {
      name: (name) => (name.trim() === '' || name.trim().length > 40 ? t('members.nameBad') : null),
      handle: (handle) => (handleSchema.safeParse(handle).success ? null : t('members.handleBad')),
      email: (email) =>
        email === '' || z.email().max(200).safeParse(email).success ? null : t('members.emailBad'),
    },
  });
  const save = useMutation({
    mutationFn: async () => {
      const { name, handle, role, email } = form.getValues();
      if (!member)
        return (await call(api.addMember, { body: { name, handle, role, ...(email ? { email } : {}) } }))
          .link;
      await call(api.changeMember, {
        params: { id: member.id },
        body: { name, ...(locked ? {} : { role }) },
      });
      return null;
    },
    onSuccess: (link) => {
      for (const queryKey of [keys.members, keys.people, keys.me])
        void queries.invalidateQueries({ queryKey });
      if (link) return;
      toast(t('members.saved'));
      onClose();
    },
    onError: (error) => {
      if (!member && error instanceof ApiError && error.code === 'conflict')
        form.setFieldError('handle', t('members.taken'));
      else failToast(complain(error));
    },
  });
  const close = { 'aria-label': t('close') };

  if (save.data) return <LinkDialog name={form.getValues().name} link={save.data} onClose={onClose} />;
  return (
    <Modal
      opened
      onClose={onClose}
      closeButtonProps={close}
      title={member ? t('members.editTitle', { name: member.name }) : t('members.addTitle')}
    >
      <form className="people-form" onSubmit={form.onSubmit(() => save.mutate())} noValidate>
        <TextInput data-autofocus label={t('members.name')} maxLength={40} {...form.getInputProps('name')} />
        {!member && (
          <TextInput
            label={t('members.handle')}
            description={t('members.handleWords')}
            maxLength={32}
            autoCapitalize="none"
            spellCheck={false}
            {...form.getInputProps('handle')}
          />
        )}
        <Select
          label={t('members.role')}
          disabled={locked}
          description={locked ? t('members.lastAdministrator') : undefined}
          data={roles.map((role) => ({ value: role, label: t(`role.${role}`) }))}
          {...form.getInputProps('role')}
        />
        {!member && <TextInput type="email" label={t('members.email')} {...form.getInputProps('email')} />}
        <div className="ui-acts">
          <Button variant="subtle" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button variant="filled" type="submit" loading={save.isPending}>
            {t(member ? 'members.save' : 'members.add')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** A click beside it does not close it: the link would be lost. */
export function LinkDialog({ name, link, onClose }: { name: string; link: string; onClose: () => void }) {
  const { t } = useTranslation('people');
  const title = t('members.linkTitle', { name });
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <p className="people-words">{t('members.linkWords')}</p>
      <ShownOnce secret={link} label={title} />
      <div className="ui-acts">
        <Button variant="filled" onClick={onClose}>
          {t('done')}
        </Button>
      </div>
    </Modal>
  );
}

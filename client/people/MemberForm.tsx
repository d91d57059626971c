/** Adds a member or changes one; a new member's sign-in link is shown once. */
import { Button, Modal, Select, TagsInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, type Member } from '../../shared/api.ts';
import { handleSchema } from '../../shared/people/calls.ts';
import { type Role, roles } from '../../shared/people/person.ts';
import { ApiError, call, keys } from '../api.ts';
import { useComplaint } from '../live/answers.ts';
import { failToast, toast } from '../ui/toast.tsx';
import { isEmail } from './email.ts';
import { LinkDialog } from './LinkDialog.tsx';

interface Props {
  /** Null adds one. */
  member: Member | null;
  /** Whether the duty cannot change now. */
  locked?: boolean;
  /** Names to choose sections from; others may be written. */
  sections: readonly string[];
  onClose: () => void;
}

export function MemberForm({ member, locked = false, sections, onClose }: Props) {
  const { t } = useTranslation('people');
  const queries = useQueryClient();
  const complain = useComplaint();
  const form = useForm({
    initialValues: {
      name: member?.name ?? '',
      handle: member?.handle ?? '',
      role: (member?.role ?? 'reporter') as Role,
      email: member?.email ?? '',
      sections: member?.sections ?? [],
    },
    validate: {
      name: (name) => (name.trim() === '' || name.trim().length > 40 ? t('members.nameBad') : null),
      handle: (handle) => (handleSchema.safeParse(handle).success ? null : t('members.handleBad')),
      email: (email) => (email.trim() === '' || isEmail(email) ? null : t('members.emailBad')),
    },
  });
  const save = useMutation({
    mutationFn: async () => {
      const { name, handle, role, sections } = form.getValues();
      const email = form.getValues().email.trim();
      if (!member) {
        const body = { name, handle, role, sections, ...(email ? { email } : {}) };
        return (await call(api.addMember, { body })).link;
      }
      await call(api.changeMember, {
        params: { id: member.id },
        body: { name, email: email || null, sections, ...(locked ? {} : { role }) },
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

  if (save.data)
    return <LinkDialog kind="signIn" name={form.getValues().name} link={save.data} onClose={onClose} />;
  return (
    <Modal
      opened
      onClose={onClose}
      closeButtonProps={{ 'aria-label': t('close') }}
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
        <TagsInput
          label={t('members.sections')}
          description={t('members.sectionsWords')}
          placeholder={form.values.sections.length === 0 ? t('members.sectionsPlaceholder') : ''}
          data={[...sections]}
          maxTags={20}
          maxLength={20}
          acceptValueOnBlur
          {...form.getInputProps('sections')}
        />
        <TextInput type="email" label={t('members.email')} maxLength={200} {...form.getInputProps('email')} />
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

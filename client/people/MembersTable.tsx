/** The newsroom's members, for the administrator: who they are, when last here, and what can be done. */
import { ActionIcon, Button, Menu, Modal } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Me, type Member } from '../../shared/api.ts';
import { call, keys } from '../api.ts';
import { useComplaint } from '../live/answers.ts';
import { Avatar } from '../ui/People.tsx';
import { failToast, toast } from '../ui/toast.tsx';
import { LinkDialog, MemberForm } from './MemberForm.tsx';
import './people.css';

type Asked =
  | { kind: 'edit' | 'remove'; member: Member }
  | { kind: 'link'; member: Member; link: string }
  | null;

/** `when` writes a time in the reader's form. */
export function MembersTable(props: { members: readonly Member[]; me: Me; when: (iso: string) => string }) {
  const { members, me, when } = props;
  const { t } = useTranslation('people');
  const queries = useQueryClient();
  const complain = useComplaint();
  const [asked, setAsked] = useState<Asked>(null);
  const administrators = members.filter((one) => one.active && one.role === 'administrator').length;
  const last = (member: Member) => member.active && member.role === 'administrator' && administrators === 1;

  const activate = useMutation({
    mutationFn: ({ member, active }: { member: Member; active: boolean }) =>
      call(api.changeMember, { params: { id: member.id }, body: { active } }),
    onSuccess: (member) => {
      for (const queryKey of [keys.members, keys.people]) void queries.invalidateQueries({ queryKey });
      toast(t(member.active ? 'members.back' : 'members.removedToast', { name: member.name }));
      setAsked(null);
    },
    onError: (error) => failToast(complain(error)),
  });
  const link = useMutation({
    mutationFn: (member: Member) => call(api.memberLink, { params: { id: member.id } }),
    onSuccess: ({ link }, member) => setAsked({ kind: 'link', member, link }),
    onError: (error) => failToast(complain(error)),
  });

  const acts = (member: Member) => (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t('members.actsFor', { name: member.name })}>
          <IconDots size={18} stroke={1.5} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown maw={320}>
        <Menu.Item onClick={() => setAsked({ kind: 'edit', member })}>{t('members.edit')}</Menu.Item>
        {member.active && <Menu.Item onClick={() => link.mutate(member)}>{t('members.link')}</Menu.Item>}
        {member.active && !last(member) && (
          <Menu.Item onClick={() => setAsked({ kind: 'remove', member })}>{t('members.remove')}</Menu.Item>
        )}
        {!member.active && (
          <Menu.Item onClick={() => activate.mutate({ member, active: true })}>
            {t('members.bringBack')}
          </Menu.Item>
        )}
        {last(member) && <Menu.Label>{t('members.lastAdministrator')}</Menu.Label>}
      </Menu.Dropdown>
    </Menu>
  );

  return (
    <>
      <table className="people-table">
        <thead>
          <tr>
            <th scope="col">{t('members.name')}</th>
            <th scope="col">{t('members.handle')}</th>
            <th scope="col">{t('members.role')}</th>
            <th scope="col">{t('members.seen')}</th>
            <th scope="col">
              <span className="ui-hidden">{t('members.acts')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <tr key={member.id} data-inactive={!member.active || undefined}>
              <th scope="row">
                <Avatar person={member} size={28} quiet state={member.active ? 'here' : 'away'} />
                {member.name}
                {member.id === me.id && <small>{t('members.self')}</small>}
                {!member.active && <small>{t('members.inactive')}</small>}
              </th>
              <td className="people-handle">{member.handle}</td>
              <td>{t(`role.${member.role}`)}</td>
              <td className="people-seen">
                {member.lastSeenAt ? when(member.lastSeenAt) : t('members.never')}
              </td>
              <td>{acts(member)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {asked?.kind === 'edit' && (
        <MemberForm member={asked.member} locked={last(asked.member)} onClose={() => setAsked(null)} />
      )}
      {asked?.kind === 'link' && (
        <LinkDialog name={asked.member.name} link={asked.link} onClose={() => setAsked(null)} />
      )}
      {asked?.kind === 'remove' && (
        <Modal
          opened
          onClose={() => setAsked(null)}
          title={t('members.removeTitle', { name: asked.member.name })}
          closeButtonProps={{ 'aria-label': t('close') }}
        >
          <p className="people-words">{t('members.removeWords')}</p>
          <div className="ui-acts">
            <Button variant="subtle" onClick={() => setAsked(null)}>
              {t('cancel')}
            </Button>
            <Button
              variant="filled"
              loading={activate.isPending}
              onClick={() => activate.mutate({ member: asked.member, active: false })}
            >
              {t('members.remove')}
            </Button>
          </div>
        </Modal>
      )}
    </>
  );
}

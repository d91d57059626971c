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
import { LinkDialog } from './LinkDialog.tsx';
import { MemberForm } from './MemberForm.tsx';
import { ProofGate, useProven } from './ProofGate.tsx';
import { SignsInBy } from './SignsInBy.tsx';
import './people.css';

type Asked =
  | { kind: 'edit' | 'remove' | 'reset'; member: Member }
  | { kind: 'link'; member: Member; link: string }
  | null;

interface Props {
  members: readonly Member[];
  me: Me;
  /** Names of sections to choose from. */
  sections: readonly string[];
  /** Writes a time in the reader's form. */
  when: (iso: string) => string;
}

export function MembersTable(props: Props) {
  return (
    <ProofGate handle={props.me.handle}>
      <Table {...props} />
    </ProofGate>
  );
}

function Table({ members, me, sections, when }: Props) {
  const { t } = useTranslation(['people', 'ui']);
  const queries = useQueryClient();
  const complain = useComplaint();
  const proven = useProven();
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
    // For oneself it is a way in like any other.
    mutationFn: (member: Member) => proven(() => call(api.memberLink, { params: { id: member.id } })),
    onSuccess: ({ link }, member) => setAsked({ kind: 'link', member, link }),
    onError: (error) => failToast(complain(error)),
  });
  const endSessions = useMutation({
    mutationFn: (member: Member) => call(api.endMemberSessions, { params: { id: member.id } }),
    onSuccess: (_, member) => toast(t('members.sessionsEnded', { name: member.name })),
    onError: (error) => failToast(complain(error)),
  });
  const reset = useMutation({
    mutationFn: (member: Member) => call(api.resetMember, { params: { id: member.id } }),
    onSuccess: ({ link }, member) => {
      void queries.invalidateQueries({ queryKey: keys.members });
      setAsked({ kind: 'link', member, link });
    },
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
        {member.active && member.id !== me.id && (
          <>
            <Menu.Item onClick={() => endSessions.mutate(member)}>{t('members.endSessions')}</Menu.Item>
            <Menu.Item onClick={() => setAsked({ kind: 'reset', member })}>{t('members.reset')}</Menu.Item>
          </>
        )}
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
            <th scope="col" className="people-aside">
              {t('members.handle')}
            </th>
            <th scope="col">{t('members.role')}</th>
            <th scope="col" className="people-aside">
              {t('members.signsIn')}
            </th>
            <th scope="col" className="people-aside">
              {t('members.seen')}
            </th>
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
                <small className="people-under">{member.handle}</small>
              </th>
              <td className="people-aside people-handle">{member.handle}</td>
              <td>
                {t(`role.${member.role}`)}{' '}
                <span className="people-to">{member.sections.join(t('ui:listComma'))}</span>
              </td>
              <td className="people-aside">{member.active && <SignsInBy ways={member.signsInBy} />}</td>
              <td className="people-aside people-seen">
                {member.lastSeenAt ? when(member.lastSeenAt) : t('members.never')}
              </td>
              <td>{acts(member)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {asked?.kind === 'edit' && (
        <MemberForm
          member={asked.member}
          locked={last(asked.member)}
          sections={sections}
          onClose={() => setAsked(null)}
        />
      )}
      {asked?.kind === 'link' && (
        <LinkDialog kind="signIn" name={asked.member.name} link={asked.link} onClose={() => setAsked(null)} />
      )}
      {asked?.kind === 'remove' && (
        <Sure
          of="remove"
          name={asked.member.name}
          pending={activate.isPending}
          onSure={() => activate.mutate({ member: asked.member, active: false })}
          onClose={() => setAsked(null)}
        />
      )}
      {asked?.kind === 'reset' && (
        <Sure
          of="reset"
          name={asked.member.name}
          pending={reset.isPending}
          onSure={() => reset.mutate(asked.member)}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

function Sure(props: {
  of: 'remove' | 'reset';
  name: string;
  pending: boolean;
  onSure: () => void;
  onClose: () => void;
}) {
  const { of, name, pending, onSure, onClose } = props;
  const { t } = useTranslation('people');
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`members.${of}Title`, { name })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <p className="people-words">{t(`members.${of}Words`)}</p>
      <div className="ui-acts">
        <Button variant="subtle" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button variant="filled" loading={pending} onClick={onSure}>
          {t(`members.${of}`)}
        </Button>
      </div>
    </Modal>
  );
}

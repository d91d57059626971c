/** The newsroom's open invitations, for the administrator. */
import { Button } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useComplaint, useEverybody } from '../live/answers.ts';
import { type Invitation, useInvitations, useRevoking } from './useInvitations.ts';
import './people.css';

/** `when` writes a time in the reader's form. Nothing while there are none. */
export function InvitationsTable({ when }: { when: (iso: string) => string }) {
  const { t } = useTranslation(['people', 'ui']);
  const complain = useComplaint();
  const { data, error, refetch } = useInvitations();
  const { data: people = [] } = useEverybody();
  const revoke = useRevoking();
  const here = useRef<HTMLElement>(null);
  const inviter = (id: string) => people.find((one) => one.id === id)?.name;
  const whereTo = ({ article }: Invitation) =>
    article && (article.headline ? t('invite.to', article) : t('invite.untitled'));

  return (
    <section ref={here} tabIndex={-1} className="people-invitations" aria-label={t('invite.open')}>
      {!data && error && (
        <div className="people-refused">
          <p>{complain(error)}</p>
          <Button onClick={() => void refetch()}>{t('ui:retry')}</Button>
        </div>
      )}
      {data && data.length > 0 && (
        <>
          <h2>{t('invite.open')}</h2>
          <table className="people-table">
            <thead>
              <tr>
                <th scope="col">{t('members.name')}</th>
                <th scope="col">{t('members.role')}</th>
                <th scope="col" className="people-aside">
                  {t('invite.until')}
                </th>
                <th scope="col">
                  <span className="ui-hidden">{t('members.acts')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {data.map((one) => (
                <tr key={one.id}>
                  <th scope="row">
                    {one.name}
                    {one.email && <small>{one.email}</small>}
                    <small className="people-under">
                      {t('invite.expires', { when: when(one.expiresAt) })}
                    </small>
                  </th>
                  <td>
                    {t(`role.${one.role}`)} <span className="people-to">{whereTo(one)}</span>
                  </td>
                  <td className="people-aside people-seen">
                    {inviter(one.invitedBy) && (
                      <span>{t('invite.by', { name: inviter(one.invitedBy) })}</span>
                    )}
                    <span>{t('invite.expires', { when: when(one.expiresAt) })}</span>
                  </td>
                  <td>
                    <Button
                      variant="subtle"
                      disabled={revoke.isPending}
                      aria-label={t('invite.revokeName', { name: one.name })}
                      onClick={() => revoke.mutate(one, { onSuccess: () => here.current?.focus() })}
                    >
                      {t('invite.revoke')}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}

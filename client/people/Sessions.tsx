/** Where one is signed in, and how to end that. */
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../shared/api.ts';
import { call, keys } from '../api.ts';
import { useComplaint } from '../live/answers.ts';
import { failToast, toast } from '../ui/toast.tsx';
import { readAgent } from './agent.ts';
import type { Account } from './useAccount.ts';

type Session = Account['sessions'][number];

export function Sessions(props: { sessions: readonly Session[]; when: (iso: string) => string }) {
  const { sessions, when } = props;
  const { t } = useTranslation('people');
  const queries = useQueryClient();
  const complain = useComplaint();
  const here = useRef<HTMLElement>(null);
  const done = (words: string) => {
    void queries.invalidateQueries({ queryKey: keys.account });
    toast(words);
    // The button that was pressed goes with its line.
    here.current?.focus();
  };
  const end = useMutation({
    mutationFn: (session: Session) => call(api.endSession, { params: { id: session.id } }),
    onSuccess: () => done(t('account.sessions.ended')),
    onError: (error) => failToast(complain(error)),
  });
  const endOthers = useMutation({
    mutationFn: () => call(api.endOtherSessions, {}),
    onSuccess: () => done(t('account.sessions.endedOthers')),
    onError: (error) => failToast(complain(error)),
  });
  const nameOf = ({ agent }: Session) => {
    const { browser, system } = readAgent(agent);
    if (browser && system) return t('account.sessions.on', { browser, system });
    return browser ?? system ?? t('account.sessions.unknown');
  };

  return (
    <section ref={here} tabIndex={-1} className="people-way" aria-label={t('account.sessions.title')}>
      <h3>{t('account.sessions.title')}</h3>
      <ul className="people-lines">
        {sessions
          .toSorted((one, other) => Number(other.current) - Number(one.current))
          .map((session) => (
            <li key={session.id}>
              <span>
                {nameOf(session)}
                {session.current && <em>{t('account.sessions.current')}</em>}
              </span>
              <small>
                <span>{session.address}</span>
                <span>{t('account.sessions.used', { when: when(session.usedAt) })}</span>
              </small>
              {!session.current && (
                <Button
                  variant="subtle"
                  disabled={end.isPending}
                  aria-label={t('account.sessions.endName', {
                    name: nameOf(session),
                    address: session.address,
                  })}
                  onClick={() => end.mutate(session)}
                >
                  {t('account.sessions.end')}
                </Button>
              )}
            </li>
          ))}
      </ul>
      {sessions.some(({ current }) => !current) && (
        <Button loading={endOthers.isPending} onClick={() => endOthers.mutate()}>
          {t('account.sessions.endOthers')}
        </Button>
      )}
    </section>
  );
}

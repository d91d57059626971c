/** The list of what waits for somebody: why, which story, who handed it on and since when. */
import { Button } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Person } from '../../shared/people/person.ts';
import { Avatar } from '../ui/People.tsx';
import './notifications.css';
import type { Waiting } from './waiting.ts';

/** What is due at a time of its own, not at its story's deadline. */
const ownTime: readonly Waiting['why'][] = ['assigned', 'page', 'mark'];

interface QueueProps {
  waiting: readonly Waiting[];
  people: readonly Person[];
  when: (iso: string) => string;
  /** The story's stage in words. */
  stageOf: (waiting: Waiting) => string;
  /** A page as it is called: A03 要闻; '' while it is not known. */
  pageName: (page: string) => string;
  onDone: (notices: readonly string[]) => void;
}

export function Queue({ waiting, people, when, stageOf, pageName, onDone }: QueueProps) {
  const { t } = useTranslation('notifications');
  const list = useRef<HTMLOListElement>(null);
  const walk = (step: 1 | -1) => {
    const rows = [...(list.current?.querySelectorAll('a') ?? [])];
    const at = rows.indexOf(document.activeElement as HTMLAnchorElement);
    rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step]?.focus();
  };
  useHotkeys([
    ['j', () => walk(1)],
    ['k', () => walk(-1)],
  ]);
  return (
    <ol className="queue" ref={list}>
      {waiting.map((one) => {
        const by = people.find(({ id }) => id === one.by);
        return (
          <li key={one.id}>
            <Link to={one.to}>
              <span className="queue-why">{one.why === 'review' ? stageOf(one) : t(`why.${one.why}`)}</span>
              <strong>
                {one.article
                  ? one.article.headline || t('untitled')
                  : (one.page && pageName(one.page)) || t('pages')}
              </strong>
              <span className="queue-by">
                {by && (
                  <>
                    <Avatar person={by} size={22} quiet />
                    {by.name}
                  </>
                )}
              </span>
              <span className="queue-times">
                {one.due !== null && (
                  <time dateTime={one.due} data-late={Date.parse(one.due) < Date.now() || undefined}>
                    {t(ownTime.includes(one.why) ? 'until' : 'due', {
                      when: when(one.due),
                    })}
                  </time>
                )}
                <time dateTime={one.since}>{t('since', { when: when(one.since) })}</time>
              </span>
              {one.text !== '' && <q>{one.text}</q>}
              {one.more > 0 && <small>{t('alsoThere', { count: one.more })}</small>}
            </Link>
            {one.notices.length === 0 ? (
              <span className="queue-none" />
            ) : (
              <Button variant="default" size="compact-sm" onClick={() => onDone(one.notices)}>
                {t('done')}
              </Button>
            )}
          </li>
        );
      })}
    </ol>
  );
}

/** The versions of a story, newest first and by days: what each was kept for, whose it is, and how much was done. */
import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Person } from '../../shared/people/person.ts';
import type { Review } from '../../shared/review/calls.ts';
import type { Work } from '../../shared/versions/calls.ts';
import { Avatar } from '../ui/People.tsx';
import { useLabel, useNames } from './labels.ts';
import type { Versions } from './useVersions.ts';

interface TimelineProps {
  versions: Versions;
  people: readonly Person[];
  decisions: Review['decisions'];
  /** The two that are compared; `now` is the story as it stands. */
  from: string | null;
  to: string;
  onChoose: (version: string) => void;
  day: (iso: string) => string;
  clock: (iso: string) => string;
}

export function Timeline(props: TimelineProps) {
  const { versions, people, decisions, from, to, onChoose, day, clock } = props;
  const { t } = useTranslation('versions');
  const nameOf = useNames(people);
  const label = useLabel(decisions);
  const today = day(new Date().toISOString());
  const rows = [
    {
      id: 'now',
      label: t('now'),
      at: null,
      day: today,
      member: versions.now.work[0]?.member ?? null,
      work: versions.now.work,
      grave: true,
    },
    ...versions.versions.map((one) => ({
      id: one.id,
      label: label(one),
      at: one.at,
      day: day(one.at),
      member: one.member ?? one.work[0]?.member ?? null,
      work: one.work,
      grave: one.why !== 'quiet',
    })),
  ];
  const days = [...new Set(rows.map((row) => row.day))];
  return (
    <nav className="versions-timeline" aria-label={t('timeline')}>
      {days.map((one) => (
        <section key={one}>
          <h3>{one}</h3>
          <ol>
            {rows
              .filter((row) => row.day === one)
              .map((row) => {
                const person = people.find(({ id }) => id === row.member);
                return (
                  <li key={row.id} data-grave={row.grave || undefined}>
                    <UnstyledButton
                      className="versions-row"
                      aria-pressed={row.id === from || row.id === to}
                      onClick={() => onChoose(row.id)}
                    >
                      <span className="versions-dot" aria-hidden="true">
                        {row.id === from ? '甲' : row.id === to ? '乙' : ''}
                      </span>
                      {person ? <Avatar person={person} size={24} quiet /> : <span />}
                      <b>{row.label}</b>
                      <Amount work={row.work} />
                      <small>
                        {row.at === null && row.member === null
                          ? t('characters', { count: versions.now.characters })
                          : nameOf(row.member)}
                        {row.at !== null && <time dateTime={row.at}>{clock(row.at)}</time>}
                      </small>
                    </UnstyledButton>
                  </li>
                );
              })}
          </ol>
        </section>
      ))}
    </nav>
  );
}

/** Characters more and fewer. */
export function Amount({ work }: { work: readonly Work[] }) {
  const sum = (key: 'added' | 'removed') => work.reduce((all, one) => all + one[key], 0);
  const [added, removed] = [sum('added'), sum('removed')];
  return (
    <span className="versions-amount">
      {added > 0 && `+${added}`} {removed > 0 && `−${removed}`}
      {added + removed === 0 && '0'}
    </span>
  );
}

/** The versions of a story and what was decided upon them, newest first and by days: what each was kept for, whose it
 * is, and how much was done. */
import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Person } from '../../shared/people/person.ts';
import type { VersionAct, Work } from '../../shared/versions/calls.ts';
import { Avatar } from '../ui/People.tsx';
import { isOfAct, useActLabel, useLabel, useNames } from './labels.ts';
import { type Row, rowsOf } from './rows.ts';
import type { Versions } from './useVersions.ts';

interface TimelineProps {
  versions: Versions;
  people: readonly Person[];
  /** The two that are compared; `now` is the story as it stands. */
  from: string | null;
  to: string;
  onChoose: (version: string) => void;
  day: (iso: string) => string;
  clock: (iso: string) => string;
}

/** A row as it is shown. */
interface Shown {
  key: string;
  /** The version that it chooses; null where none was kept. */
  id: string | null;
  label: string;
  at: string | null;
  member: string | null;
  /** Null of an act, which changes no word. */
  work: readonly Work[] | null;
  act: VersionAct | undefined;
  grave: boolean;
}

export function Timeline(props: TimelineProps) {
  const { versions, people, from, to, onChoose, day, clock } = props;
  const { t } = useTranslation('versions');
  const nameOf = useNames(people);
  const label = useLabel(versions.acts);
  const actLabel = useActLabel();

  function shownOf(row: Row, index: number): Shown {
    if (row.kind === 'now')
      return {
        key: 'now',
        id: 'now',
        label: t('now'),
        at: null,
        member: row.work[0]?.member ?? null,
        work: row.work,
        act: undefined,
        grave: true,
      };
    if (row.kind === 'act') {
      const { act, isKept } = row;
      const { at, member, version } = act;
      const id = isKept ? version : null;
      return {
        key: `${act.what}${at}${index}`,
        id,
        label: actLabel(act),
        at,
        member,
        work: null,
        act,
        grave: true,
      };
    }
    const { version, act } = row;
    // One that was there before it was decided upon is whoever's wrote it.
    const keeper = act || !isOfAct(version) ? version.member : null;
    return {
      key: version.id,
      id: version.id,
      label: label(version),
      at: version.at,
      member: act?.member ?? keeper ?? version.work[0]?.member ?? null,
      work: version.work,
      act,
      grave: version.why !== 'quiet',
    };
  }

  const rows = rowsOf(versions).map(shownOf);
  const dayOf = ({ at }: Shown) => day(at ?? new Date().toISOString());
  const days = [...new Set(rows.map(dayOf))];
  return (
    <nav className="versions-timeline" aria-label={t('timeline')}>
      {days.map((one) => (
        <section key={one}>
          <h3>{one}</h3>
          <ol>
            {rows
              .filter((row) => dayOf(row) === one)
              .map(({ key, id, label: name, at, member, work, act, grave }) => {
                const person = people.find((known) => known.id === member);
                const isChosen = id !== null && (id === from || id === to);
                return (
                  <li key={key} data-grave={grave || undefined} data-act={work === null || undefined}>
                    <UnstyledButton
                      className="versions-row"
                      aria-pressed={isChosen}
                      disabled={id === null}
                      onClick={() => id !== null && onChoose(id)}
                    >
                      <span className="versions-dot" aria-hidden="true">
                        {work !== null && isChosen && t(id === from ? 'mark.from' : 'mark.to')}
                      </span>
                      {person ? <Avatar person={person} size={24} quiet /> : <span />}
                      <b>{name}</b>
                      {work === null ? <span /> : <Amount work={work} />}
                      <small>
                        {at === null && member === null
                          ? t('characters', { count: versions.now.characters })
                          : nameOf(member)}
                        {at !== null && <time dateTime={at}>{clock(at)}</time>}
                        {id === null && <span>{t('notKept')}</span>}
                      </small>
                      {act && <Said act={act} />}
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

/** The words that a correction is about, and the reason that was given. */
function Said({ act: { change, reason } }: { act: VersionAct }) {
  if (!change && reason === '') return null;
  return (
    <small className="versions-said">
      {change && (
        <span>
          <del>{change.quote}</del> <ins>{change.wanted}</ins>
        </span>
      )}
      {reason !== '' && <q>{reason}</q>}
    </small>
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

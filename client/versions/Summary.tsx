/** Beside the compared text: how much lies between the two, whose it is, and bringing the earlier one back. */
import { Button, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Person } from '../../shared/people/person.ts';
import type { Work } from '../../shared/versions/calls.ts';
import type { Shown } from '../../shared/versions/places.ts';
import { Avatar } from '../ui/People.tsx';
import { colorOf, useNames } from './labels.ts';
import { Amount } from './Timeline.tsx';

interface SummaryProps {
  work: readonly Work[];
  shown: readonly Shown[];
  places: number;
  people: readonly Person[];
  authors: boolean;
  only: string | null | undefined;
  onOnly: (member: string | null | undefined) => void;
  /** Null where this reader may restore nothing, or there is nothing to restore. */
  onRestore: (() => void) | null;
  mayWrite: boolean;
}

export function Summary(props: SummaryProps) {
  const { work, shown, places, people, authors, only, onOnly, onRestore, mayWrite } = props;
  const { t } = useTranslation('versions');
  const nameOf = useNames(people);
  const sum = (key: 'added' | 'removed') => work.reduce((all, one) => all + one[key], 0);
  const most = Math.max(1, ...work.map(({ added, removed }) => added + removed));
  const placesOf = (member: string | null) =>
    new Set(shown.flatMap(({ runs }) => runs.filter((run) => run.member === member).map((run) => run.place)))
      .size;
  const placesIn = (count: number) => `${count} ${t('places', { count })}　`;
  return (
    <aside className="versions-summary" aria-label={t(authors ? 'whoWrote' : 'difference')}>
      <h2>{t(authors ? 'whoWrote' : 'difference')}</h2>
      {!authors && (
        <dl>
          <Figure value={String(places)} unit={t('places', { count: places })} />
          <Figure value={`+${sum('added')}`} unit={t('unit')} />
          <Figure value={`−${sum('removed')}`} unit={t('unit')} />
        </dl>
      )}
      <ul>
        {work.map(({ member, added, removed }) => {
          const person = people.find(({ id }) => id === member);
          return (
            <li key={member} style={{ '--of': colorOf(people, member) } as React.CSSProperties}>
              <UnstyledButton
                aria-pressed={only === member}
                title={t('only', { name: nameOf(member) })}
                onClick={() => onOnly(only === member ? undefined : member)}
              >
                {person ? <Avatar person={person} size={20} quiet /> : <span />}
                <span>{authors && member === null ? t('original') : nameOf(member)}</span>
                <span className="versions-amount">
                  {!authors && placesIn(placesOf(member))}
                  <Amount work={[{ member, added, removed }]} />
                </span>
                <i aria-hidden="true">
                  <b style={{ width: `${(added / most) * 100}%` }} />
                  <s style={{ width: `${(removed / most) * 100}%` }} />
                </i>
              </UnstyledButton>
            </li>
          );
        })}
      </ul>
      {onRestore && (
        <>
          <Button fullWidth onClick={onRestore}>
            {t('restore')}
          </Button>
          <p>{t('restoreWords')}</p>
        </>
      )}
      {!authors && !mayWrite && <p>{t('restoreNot')}</p>}
    </aside>
  );
}

function Figure({ value, unit }: { value: string; unit: string }) {
  return (
    <div>
      <dt>{unit}</dt>
      <dd>{value}</dd>
    </div>
  );
}

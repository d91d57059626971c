/** What a version is called and whose it is. */
import { useTranslation } from 'react-i18next';
import type { Person } from '../../shared/people/person.ts';
import type { Review } from '../../shared/review/calls.ts';
import type { Version } from '../../shared/versions/calls.ts';

export type NameOf = (member: string | null) => string;

export function useNames(people: readonly Person[]): NameOf {
  const { t } = useTranslation('versions');
  return (member) =>
    member === null ? t('server') : (people.find(({ id }) => id === member)?.name ?? t('someone'));
}

/** The name it was given, or what was decided upon it, or why it was kept. */
export function useLabel(decisions: Review['decisions']): (version: Version) => string {
  const { t } = useTranslation('versions');
  const { t: review } = useTranslation('review');
  return ({ name, why, hash, at }) => {
    if (name !== '') return name;
    const decided = decisions.findLast((one) => one.hash === hash && one.at <= at) ?? null;
    if (!decided || (why !== 'stage' && why !== 'signed')) return t(`why.${why}`);
    const did = review(`did.${decided.action}`);
    return decided.action === 'pass' || decided.action === 'return'
      ? `${review(`stage.${decided.before}`)} ${did}`
      : did;
  };
}

/** The colour of a person, or of nobody. */
export const colorOf = (people: readonly Person[], member: string | null): string => {
  const person = people.find(({ id }) => id === member);
  return person ? `var(--person-${person.color + 1})` : 'var(--text-3)';
};

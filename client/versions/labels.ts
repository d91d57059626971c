/** What a version and an act are called and whose they are. */
import { useTranslation } from 'react-i18next';
import type { Person } from '../../shared/people/person.ts';
import type { Version, VersionAct } from '../../shared/versions/calls.ts';

export type NameOf = (member: string | null) => string;

export function useNames(people: readonly Person[]): NameOf {
  const { t } = useTranslation('versions');
  return (member) =>
    member === null ? t('server') : (people.find(({ id }) => id === member)?.name ?? t('someone'));
}

/** What was decided, with the stage where that tells more. */
export function useActLabel(): (act: VersionAct) => string {
  const { t } = useTranslation('versions');
  const { t: review } = useTranslation('review');
  return ({ what, before }) => {
    if (what === 'ask' || what === 'refuse' || what === 'bringBack') return t(`act.${what}`);
    const did = review(`did.${what}`);
    return before !== null && (what === 'pass' || what === 'return')
      ? `${review(`stage.${before}`)} ${did}`
      : did;
  };
}

/** Whether it was kept because of an act. */
export const isOfAct = ({ why }: Version) => why === 'stage' || why === 'signed' || why === 'correction';

/** The act that a version was kept for and is called by; none of one that was there before it was decided upon.
 * `acts`: the newest first. */
export const actOf = (version: Version, acts: readonly VersionAct[]): VersionAct | undefined =>
  isOfAct(version) && version.name === ''
    ? acts.find((act) => act.version === version.id && act.at <= version.at)
    : undefined;

/** The name it was given, or what was decided upon it, or why it was kept. */
export function useLabel(acts: readonly VersionAct[]): (version: Version) => string {
  const { t } = useTranslation('versions');
  const label = useActLabel();
  return (version) => {
    if (version.name !== '') return version.name;
    const act = actOf(version, acts);
    if (act) return label(act);
    return t(`why.${isOfAct(version) ? 'quiet' : version.why}`);
  };
}

/** The colour of a person, or of nobody. */
export const colorOf = (people: readonly Person[], member: string | null): string => {
  const person = people.find(({ id }) => id === member);
  return person ? `var(--person-${person.color + 1})` : 'var(--text-3)';
};

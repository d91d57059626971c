/** People as discs in their colours: one character in the disc, the name on hover and for the reader. */
import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Person } from '../../shared/people/person.ts';

export type AvatarState = 'here' | 'away' | 'typing';

/** What stands in the disc: the first character of a Chinese name, or a capital. */
const initial = (name: string): string => [...name.trim()][0]?.toUpperCase() ?? '?';

/** `quiet` where the name stands beside the disc anyway; pixels for `size`. */
export function Avatar(props: {
  person: Pick<Person, 'name' | 'color'>;
  size?: number;
  state?: AvatarState;
  quiet?: boolean;
}) {
  const { person, size = 24, state = 'here', quiet = false } = props;
  const disc = (
    <span
      className="ui-avatar"
      data-state={state}
      style={
        {
          '--of': `var(--person-${person.color + 1})`,
          width: size,
          height: size,
          fontSize: size * 0.46,
        } as React.CSSProperties
      }
      {...(quiet ? { 'aria-hidden': true } : { role: 'img', 'aria-label': person.name })}
    >
      {initial(person.name)}
    </span>
  );
  return quiet ? disc : <Tooltip label={person.name}>{disc}</Tooltip>;
}

/** Up to `most` discs in a row, then how many more there are. */
export function PeopleStack(props: {
  people: readonly Person[];
  label: string;
  size?: number;
  most?: number;
  state?: (person: Person) => AvatarState;
}) {
  const { people, label, size = 24, most = 4, state } = props;
  const { t } = useTranslation('ui');
  if (people.length === 0) return null;
  const shown = people.length > most ? people.slice(0, most - 1) : people;
  const rest = people.slice(shown.length);
  return (
    <ul className="ui-people" aria-label={label}>
      {shown.map((person) => (
        <li key={person.id}>
          <Avatar person={person} size={size} state={state?.(person) ?? 'here'} />
        </li>
      ))}
      {rest.length > 0 && (
        <Tooltip label={rest.map((person) => person.name).join(t('listComma'))}>
          <li className="ui-people-more">{t('more', { count: rest.length })}</li>
        </Tooltip>
      )}
    </ul>
  );
}

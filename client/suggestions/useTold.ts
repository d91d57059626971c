/** Whose each suggestion is and since when, in words. */
import { useMemo, useRef } from 'react';
import type { Person } from '../../shared/people/person.ts';
import type { Told } from './extension.ts';
import type { Suggestions } from './useSuggestions.ts';

type Teller = (id: string) => Told | null;

interface Kept {
  /** Words of a time are those of a day. */
  day: string;
  when: (iso: string) => string;
  told: ReadonlyMap<string, { iso: string; told: Told }>;
  toldOf: Teller;
}

/** The same function until one of them says something else: all are drawn anew for another, and hundreds of times
 * are put in words for one key no more. */
export function useTold(
  { changes, memberOf, timeOf }: Suggestions,
  people: readonly Person[],
  when: (iso: string) => string,
): Teller {
  const kept = useRef<Kept | null>(null);
  return useMemo(() => {
    const day = new Date().toDateString();
    const before = kept.current?.day === day && kept.current.when === when ? kept.current : null;
    const byId = new Map(people.map((person) => [person.id, person]));
    const told = new Map<string, { iso: string; told: Told }>();
    let isSame = true;
    for (const { id } of changes.flatMap(({ parts }) => parts)) {
      const person = byId.get(memberOf(id) ?? '');
      if (!person) continue;
      const iso = timeOf(id) ?? '';
      const old = before?.told.get(id);
      const at = old?.iso === iso ? old.told.at : iso && when(iso);
      const { name, color } = person;
      const same = old?.told.at === at && old.told.name === name && old.told.color === color;
      isSame &&= same;
      told.set(id, { iso, told: same ? old.told : { name, color, at } });
    }
    isSame &&= before?.told.size === told.size;
    const toldOf = isSame && before ? before.toldOf : (id: string) => told.get(id)?.told ?? null;
    kept.current = { day, when, told, toldOf };
    return toldOf;
  }, [changes, memberOf, timeOf, people, when]);
}

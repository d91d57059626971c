/** Naming somebody while typing: who is offered after an @, and the words once one is taken. */
import { createContext } from 'react';
import { mentionOf } from '../../shared/comments/mention.ts';
import type { Person } from '../../shared/people/person.ts';

/** Those who may read the story, and so may be named in its comments. */
export const Mentionable = createContext<readonly Person[]>([]);

const offered = 6;
const asked = /(?:^|[^A-Za-z0-9_])[@＠]([\p{L}\p{N}]{0,20})$/u;

export interface Offer {
  /** Where the words after the @ begin. */
  from: number;
  people: Person[];
}

/** Who may be meant at the caret; null when nobody is being named there. */
export function offerAt(text: string, caret: number, people: readonly Person[]): Offer | null {
  const begun = asked.exec(text.slice(0, caret))?.[1];
  if (begun === undefined) return null;
  const low = begun.toLowerCase();
  if (people.some((person) => mentionOf(person, people) === begun)) return null;
  const found = people.filter(
    ({ name, handle }) => name.toLowerCase().includes(low) || handle.startsWith(low),
  );
  return found.length === 0 ? null : { from: caret - begun.length, people: found.slice(0, offered) };
}

/** The words with this person named, and where the caret then stands. */
export function named(
  text: string,
  caret: number,
  { from }: Offer,
  person: Person,
  people: readonly Person[],
): { text: string; caret: number } {
  const words = `${mentionOf(person, people)} `;
  return { text: text.slice(0, from) + words + text.slice(caret), caret: from + words.length };
}

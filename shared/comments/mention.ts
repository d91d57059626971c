/** Whom the words of a comment name with @: by their name where only one has it, or by their handle. */

interface Named {
  id: string;
  handle: string;
  name: string;
}

/** What somebody is named by: the name, or the handle where another has the same name. */
export const mentionOf = (person: Named, people: readonly Named[]): string =>
  people.some(({ id, name }) => name === person.name && id !== person.id) ? person.handle : person.name;

const latin = /[A-Za-z0-9_]/;

/** Ids of those named, each once, in the order of the words. The longest name at a place is meant; an @ after a letter
 * or a digit belongs to an address. */
export function mentionedIn(text: string, people: readonly Named[]): string[] {
  const called = people
    .flatMap((person) => [
      { id: person.id, words: person.handle },
      { id: person.id, words: mentionOf(person, people) },
    ])
    .sort((a, b) => b.words.length - a.words.length);
  const found = new Set<string>();
  for (const { index } of text.matchAll(/[@＠]/g)) {
    if (index > 0 && latin.test(text.charAt(index - 1))) continue;
    const rest = text.slice(index + 1);
    const one = called.find(
      ({ words }) =>
        rest.startsWith(words) && !(latin.test(words.at(-1) ?? '') && latin.test(rest.charAt(words.length))),
    );
    if (one) found.add(one.id);
  }
  return [...found];
}

/** One change accepted alone: read from its own paragraphs, it is the same as accepting it in a copy. */
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { limitTidying } from '../manuscript/tidying.ts';
import { answerSuggestions } from './answer.ts';
import { readAsIf, withChange } from './as-if.ts';
import { describeSuggestions } from './describe.ts';
import { readOriginal, readStoryAs } from './read.ts';
import { act, mint, newServer, openWriter, randomFrom } from './trial.ts';

const copyOf = (doc: Y.Doc) => {
  const copy = limitTidying(new Y.Doc());
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
};

/** Two people's suggestions, one after the other's. */
function suggested(seed: number): Y.Doc {
  const random = randomFrom(seed);
  const fresh = mint();
  const server = newServer(random, fresh);
  for (const client of [7, 8]) {
    const writer = openWriter(client, server, true, random);
    for (let i = 0; i < 6; i++) act(writer, random, fresh);
    for (const update of writer.outgoing) Y.applyUpdate(server, update);
    writer.close();
  }
  return server;
}

test('a change alone reads as if all others were rejected and it were accepted, over 60 seeds', () => {
  let changes = 0;
  for (let seed = 1; seed <= 60; seed++) {
    const doc = suggested(seed);
    const ids = describeSuggestions(doc).map(({ id }) => id);
    const original = readOriginal('a', doc).paragraphs;
    const everything = readAsIf(doc, [ids])[0];
    if (ids.length > 0)
      expect(withChange(original, everything!), `seed ${seed}, all`).toEqual(
        readStoryAs('a', doc, 'accepted').paragraphs,
      );
    const groups = [...ids.map((id) => [id]), ids.slice(0, 2)];
    const read = readAsIf(doc, groups);
    for (const [i, group] of groups.entries()) {
      const asIf = read[i];
      if (!asIf) {
        expect(group).toEqual([]);
        continue;
      }
      const copy = copyOf(doc);
      answerSuggestions(
        copy,
        ids.filter((id) => !group.includes(id)),
        'reject',
      );
      answerSuggestions(copy, group, 'accept');
      expect(withChange(original, asIf), `seed ${seed}, ${group}`).toEqual(
        readOriginal('a', copy).paragraphs,
      );
      changes += 1;
    }
  }
  expect(changes).toBeGreaterThan(200);
});

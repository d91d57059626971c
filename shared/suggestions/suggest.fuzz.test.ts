/** Several people suggest, undo and redo, a late network, answers meanwhile: reject-all gives the original,
 * accept-all what everybody meant, all agree. */
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { readStory } from '../manuscript/flat.ts';
import { limitTidying } from '../manuscript/tidying.ts';
import { answerSuggestions } from './answer.ts';
import { readEntries } from './entry.ts';
import { readStoryAs, suggestionsOf } from './read.ts';
import { acceptedUnits, act, answerSome, mint, newServer, openWriter, randomFrom, stateOf } from './trial.ts';

const seeds = Number(process.env.FUZZ_SEEDS ?? 200);
const first = Number(process.env.FUZZ_FIRST ?? 1);

const copyOf = (doc: Y.Doc) => {
  const copy = limitTidying(new Y.Doc());
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
};
const original = (doc: Y.Doc) => readStoryAs('a', doc, 'original').paragraphs;
const accepted = (doc: Y.Doc) => readStoryAs('a', doc, 'accepted').paragraphs;
const textOf = (doc: Y.Doc) =>
  acceptedUnits(doc)
    .map(({ what }) => what)
    .join('');

function allAnswered(doc: Y.Doc, answer: 'accept' | 'reject') {
  const copy = copyOf(doc);
  answerSuggestions(copy, [...readEntries(suggestionsOf(copy)).keys()], answer);
  expect(readEntries(suggestionsOf(copy)).size).toBe(0);
  return copy;
}

export function run(seed: number): { answers: number; suggestions: number } {
  const random = randomFrom(seed);
  const fresh = mint();
  const server = newServer(random, fresh);
  const start = stateOf(server);
  const answers = random(2) === 0;
  // In some runs the third writes plainly beside the others.
  const plain = random(3) === 0;
  const writers = [0, 1, 2].map((i) => openWriter(1000 + seed * 10 + i, server, !(plain && i === 2), random));
  const down: Uint8Array[][] = writers.map(() => []);
  server.on('update', (update: Uint8Array, origin: unknown) => {
    for (const [i, waiting] of down.entries()) if (i !== origin) waiting.push(update);
  });
  const deliver = (i: number, most: number) => {
    for (const update of writers[i]!.outgoing.splice(0, most)) Y.applyUpdate(server, update, i);
    for (const update of down[i]!.splice(0, most)) Y.applyUpdate(writers[i]!.hand.doc, update, 'net');
  };
  let apart = 0;
  let answered = 0;
  for (let step = 0; step < 50; step++) {
    const name = `seed ${seed}, step ${step}`;
    if (random(10) === 0) apart = random(5);
    for (let i = 0; i < 3; i++) {
      if (apart !== 4 && apart !== i + 1 && random(2) === 0) deliver(i, 1 + random(4));
    }
    if (answers && random(12) === 0) {
      const [was, meant] = [original(server), accepted(server)];
      const { answer, ids } = answerSome(server, random);
      answered += ids.length;
      if (answer === 'reject') expect(original(server), `${name}: rejected`).toEqual(was);
      else expect(words(accepted(server)), `${name}: accepted`).toEqual(words(meant));
    }
    const writer = writers[random(3)]!;
    const was = original(writer.hand.doc);
    const expected = act(writer, random, fresh);
    if (writer.suggests) expect(original(writer.hand.doc), `${name}: the original`).toEqual(was);
    if (expected !== null) expect(textOf(writer.hand.doc), `${name}: what is meant`).toBe(expected);
  }
  while (writers.some(({ outgoing }, i) => outgoing.length + down[i]!.length > 0)) {
    for (let i = 0; i < 3; i++) deliver(i, 99);
  }
  for (const { hand } of writers)
    expect(stateOf(hand.doc), `seed ${seed}: converged`).toEqual(stateOf(server));
  const suggestions = readEntries(suggestionsOf(server)).size;
  const yes = allAnswered(server, 'accept');
  expect(readStory('a', yes).paragraphs, `seed ${seed}: all accepted`).toEqual(accepted(server));
  const no = allAnswered(server, 'reject');
  expect(readStory('a', no).paragraphs, `seed ${seed}: all rejected`).toEqual(original(server));
  if (!plain && answered === 0) expect(stateOf(no), `seed ${seed}: the original`).toEqual(start);
  for (const writer of writers) writer.close();
  return { answers: answered, suggestions };
}

const words = (paragraphs: readonly { text: string }[]) => paragraphs.map(({ text }) => text);

test(
  `${seeds} seeds: reject-all gives the original, accept-all what was meant, replicas agree`,
  () => {
    let answers = 0;
    let suggestions = 0;
    for (let seed = first; seed < first + seeds; seed++) {
      const result = run(seed);
      answers += result.answers;
      suggestions += result.suggestions;
    }
    if (process.env.FUZZ_SEEDS) {
      process.stdout.write(
        `${seeds} seeds, ${answers} answered on the way, ${suggestions} open at the end\n`,
      );
    }
    expect(answers).toBeGreaterThan(0);
    expect(suggestions).toBeGreaterThan(0);
  },
  60 * 60_000,
);

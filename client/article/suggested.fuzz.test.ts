/** An editor that only suggests: the original stays as it was, and what is accepted is what was meant. */
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { fillManuscript, manuscriptOf } from '../../shared/manuscript/flat.ts';
import { limitTidying } from '../../shared/manuscript/tidying.ts';
import { answerSuggestions } from '../../shared/suggestions/answer.ts';
import { readEntries } from '../../shared/suggestions/entry.ts';
import { readStoryAs, suggestionsOf } from '../../shared/suggestions/read.ts';
import { idFrom } from '../../shared/suggestions/trial.ts';
import { type Desk, openDesk, plainly, reopened } from './headless.ts';
import { checkDesk, edit, mint, randomFrom } from './random-edits.ts';

const seeds = Number(process.env.FUZZ_SEEDS ?? 60);
const first = Number(process.env.FUZZ_FIRST ?? 1);

const wordsOf = (desk: Desk) => desk.state.doc.textContent;
const read = (doc: Y.Doc, reading: 'original' | 'accepted') => readStoryAs('a', doc, reading).paragraphs;
const acceptedWords = (doc: Y.Doc) =>
  read(doc, 'accepted')
    .map(({ text }) => text)
    .join('');

function newServer(random: (below: number) => number, fresh: (length: number) => string): Y.Doc {
  const server = limitTidying(new Y.Doc());
  server.clientID = 90;
  fillManuscript(
    server,
    Array.from({ length: 3 + random(3) }, (_, i) => {
      const bold = fresh(2);
      return {
        style: i === 0 ? ('headline' as const) : i === 2 ? ('figure' as const) : ('body' as const),
        text: bold + fresh(1 + random(6)),
        marks: random(2) ? [{ from: 0, to: bold.length, type: 'bold' as const }] : [],
      };
    }),
  );
  return server;
}

/** What stays of an editor's words when what was struck before is left out. */
function meant(desk: Desk, struck: ReadonlySet<string>): string {
  return [...wordsOf(desk)].filter((char) => !struck.has(char)).join('');
}

function run(seed: number): { surprises: number } {
  const random = randomFrom(seed);
  const fresh = mint();
  const server = newServer(random, fresh);
  const newId = idFrom(randomFrom(~seed));
  const desks = [1, 2].map((client) => openDesk(client, server, { newId }));
  const up: Uint8Array[][] = [[], []];
  const down: Uint8Array[][] = [[], []];
  desks.forEach(({ doc }, i) => {
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'net') up[i]!.push(update);
    });
  });
  server.on('update', (update: Uint8Array, origin: unknown) => {
    for (let i = 0; i < 2; i++) if (origin !== i) down[i]!.push(update);
  });
  const deliver = (i: number, most: number) => {
    for (const update of up[i]!.splice(0, most)) Y.applyUpdate(server, update, i);
    for (const update of down[i]!.splice(0, most)) Y.applyUpdate(desks[i]!.doc, update, 'net');
  };
  const original = read(server, 'original');
  for (let step = 0; step < 40; step++) {
    for (let i = 0; i < 2; i++) if (random(2) === 0) deliver(i, 1 + random(4));
    const desk = desks[random(2)]!;
    const at = `seed ${seed}, step ${step}`;
    const kind = random(8);
    if (kind === 0) {
      desk.binding.takeBack('undo');
    } else if (kind === 1) {
      desk.binding.takeBack('redo');
    } else {
      const accepted = new Set(acceptedWords(desk.doc));
      const struck = new Set([...wordsOf(desk)].filter((char) => !accepted.has(char)));
      desk.binding.defer(true);
      edit(desk, random, fresh);
      const expected = meant(desk, struck);
      desk.binding.defer(false);
      expect(acceptedWords(desk.doc), `${at}: accepted`).toBe(expected);
    }
    if (random(3) > 0) desk.binding.undo.close();
    checkDesk(desk, seed, `step ${step}`);
    expect(read(desk.doc, 'original'), `${at}: original`).toEqual(original);
  }
  while ([...up, ...down].some((waiting) => waiting.length > 0)) for (let i = 0; i < 2; i++) deliver(i, 99);
  const all = plainly(reopened(manuscriptOf(server)));
  for (const desk of desks) {
    checkDesk(desk, seed, 'at the end');
    expect(plainly(desk.state.doc), `seed ${seed}: converged`).toEqual(all);
  }
  expect(read(server, 'original'), `seed ${seed}: original`).toEqual(original);
  const copy = limitTidying(new Y.Doc());
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(server));
  const accepted = read(server, 'accepted');
  answerSuggestions(copy, readEntries(suggestionsOf(copy)).keys(), 'accept');
  expect(read(copy, 'original'), `seed ${seed}: accept all`).toEqual(accepted);
  answerSuggestions(server, readEntries(suggestionsOf(server)).keys(), 'reject');
  expect(read(server, 'original'), `seed ${seed}: reject all`).toEqual(original);
  const surprises = desks.reduce((sum, desk) => sum + desk.binding.surprises(), 0);
  for (const desk of desks) desk.close();
  return { surprises };
}

test(
  `${seeds} seeds: what two only suggest leaves the original, and is accepted as it was meant`,
  () => {
    let surprises = 0;
    for (let seed = first; seed < first + seeds; seed++) {
      const one = run(seed).surprises;
      if (one > 0) process.stdout.write(`seed ${seed}: ${one}\n`);
      surprises += one;
    }
    expect(surprises, 'every event was followed step by step').toBe(0);
  },
  60 * 60_000,
);

test('one edit of a story without suggestions is accepted as it would have been written', () => {
  let differ = 0;
  for (let seed = first; seed < first + seeds * 5; seed++) {
    const fresh = mint();
    const server = newServer(randomFrom(seed), fresh);
    const suggesting = openDesk(1, server, { newId: idFrom(randomFrom(~seed)) });
    const writing = openDesk(1, server);
    const edits = [suggesting, writing].map((desk) => {
      edit(desk, randomFrom(seed * 7), mint(100));
      return desk;
    });
    const [suggested, written] = edits.map(({ doc }) => read(doc, 'accepted'));
    if (JSON.stringify(suggested) !== JSON.stringify(written)) {
      differ += 1;
      if (process.env.FUZZ_SEEDS)
        process.stdout.write(`${seed}\n${JSON.stringify(suggested)}\n${JSON.stringify(written)}\n`);
    }
    for (const desk of edits) desk.close();
  }
  expect(differ).toBe(0);
});

/** Marks of suggestions that follow each edit: what is drawn is what would be drawn if the editor were opened now. */
import { EditorState } from '@tiptap/pm/state';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { fillManuscript } from '../../shared/manuscript/flat.ts';
import { answerSuggestions } from '../../shared/suggestions/answer.ts';
import { readEntries } from '../../shared/suggestions/entry.ts';
import { suggestionsOf } from '../../shared/suggestions/read.ts';
import { idFrom } from '../../shared/suggestions/trial.ts';
import { type Desk, openDesk } from '../article/headless.ts';
import { edit, mint, randomFrom } from '../article/random-edits.ts';
import { drawMarks, drawnMarks, type ShownSuggestions, suggestionsPlugin } from './extension.ts';

const seeds = Number(process.env.FUZZ_SEEDS ?? 60);

const shownBy = (name: string, active: string | null): ShownSuggestions => ({
  toldOf: (id) => ({ name: id < 'V' ? name : '程建政', color: id.length % 8, at: '' }),
  active,
  onPick: () => undefined,
});

/** Draws what is new, and holds it against all that is drawn in an editor that was just opened. */
function check(desk: Desk, shown: ShownSuggestions | undefined, at: string): number {
  const tr = drawMarks(desk.state, shown);
  if (tr) desk.dispatch(tr);
  const fresh = EditorState.create({ doc: desk.state.doc, plugins: [suggestionsPlugin(desk.doc)] });
  const said = shown && drawMarks(fresh, shown);
  const drawn = marksOf(desk.state);
  expect(drawn, at).toEqual(marksOf(said ? fresh.apply(said) : fresh));
  expect(drawMarks(desk.state), `${at}: nothing is left to draw`).toBeNull();
  return drawn.length;
}

function marksOf(state: EditorState): string[] {
  return drawnMarks(state)
    .map(({ from, to, spec, ...one }) => {
      const { attrs = null } = (one as unknown as { type: { attrs?: object } }).type;
      return JSON.stringify([from, to, attrs, spec]);
    })
    .sort();
}

function run(seed: number): number {
  const random = randomFrom(seed);
  const fresh = mint();
  const server = new Y.Doc();
  server.clientID = 90;
  fillManuscript(
    server,
    Array.from({ length: 5 }, (_, i) => ({
      style: i === 2 ? ('figure' as const) : ('body' as const),
      text: fresh(3 + random(6)),
      marks: [],
    })),
  );
  const newId = idFrom(randomFrom(~seed));
  const desks = [1, 2].map((client) =>
    openDesk(client, server, { newId }, (doc) => [suggestionsPlugin(doc)]),
  );
  desks.forEach(({ doc }, i) => {
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'net') Y.applyUpdate(server, update, i);
    });
  });
  server.on('update', (update: Uint8Array, origin: unknown) => {
    desks.forEach(({ doc }, i) => {
      if (origin !== i) Y.applyUpdate(doc, update, 'net');
    });
  });
  const shown: (ShownSuggestions | undefined)[] = [undefined, undefined];
  let marks = 0;
  for (let step = 0; step < 40; step++) {
    const at = random(2);
    const desk = desks[at]!;
    const ids = [...readEntries(suggestionsOf(server)).keys()];
    const kind = random(10);
    if (kind === 0) desk.binding.takeBack('undo');
    else if (kind === 1) desk.binding.takeBack('redo');
    else if (kind === 2 && ids.length > 0)
      answerSuggestions(server, [ids[random(ids.length)]!], random(2) ? 'accept' : 'reject');
    else if (kind === 3)
      shown[at] = shownBy(random(2) ? '责任编辑' : '部主任', ids[random(ids.length)] ?? null);
    else edit(desk, random, fresh);
    if (random(2) === 0) marks += check(desk, shown[at], `seed ${seed}, step ${step}`);
  }
  desks.forEach((desk, i) => {
    marks += check(desk, shown[i], `seed ${seed}, at the end`);
  });
  for (const desk of desks) desk.close();
  return marks;
}

test(`${seeds} seeds: marks that follow edits, answers and others are those of an editor just opened`, () => {
  let marks = 0;
  for (let seed = 1; seed <= seeds; seed++) marks += run(seed);
  expect(marks).toBeGreaterThan(seeds * 10);
}, 600_000);

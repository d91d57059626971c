/** Three clients and a server, partitions, every kind of edit: what the flat manuscript promises, seed by seed. */
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { fillManuscript, manuscriptOf, readParagraphs } from '../../shared/manuscript/flat.ts';
import { createInbound } from '../live/inbound.ts';
import { type Desk, openDesk, plainly, reopened } from './headless.ts';
import { checkDesk, edit, mint, randomFrom } from './random-edits.ts';

const seeds = Number(process.env.FUZZ_SEEDS ?? 300);
const first = Number(process.env.FUZZ_FIRST ?? 1);

function tally(words: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const char of words) counts.set(char, (counts.get(char) ?? 0) + 1);
  return counts;
}

interface Ledger {
  born: Set<string>;
  deleted: Set<string>;
  /** Who brought a character back by undo or redo. */
  restored: Map<string, Set<number>>;
}

const wordsOf = (desk: Desk) => desk.state.doc.textContent;

/** Does one thing and notes which characters it took away and which it brought. */
function note(desk: Desk, who: number, ledger: Ledger, act: () => void): void {
  const before = tally(wordsOf(desk));
  act();
  const after = tally(wordsOf(desk));
  for (const [char, count] of before) if ((after.get(char) ?? 0) < count) ledger.deleted.add(char);
  for (const [char, count] of after) {
    if ((before.get(char) ?? 0) >= count) continue;
    if (!ledger.born.has(char)) {
      ledger.born.add(char);
    } else {
      const by = ledger.restored.get(char) ?? new Set();
      ledger.restored.set(char, by.add(who));
    }
  }
}

/** With `frames` what arrives waits for one, which comes at any moment between two edits, and for the end of a
 * composition. */
function run(seed: number, frames: boolean): { doubles: number; surprises: number } {
  const random = randomFrom(seed);
  const chance = randomFrom(~seed);
  const fresh = mint();
  const server = new Y.Doc();
  server.clientID = 90;
  const opening = Array.from({ length: 3 + random(3) }, (_, i) => ({
    style: i === 0 ? ('headline' as const) : i === 2 ? ('figure' as const) : ('body' as const),
    text: fresh(3 + random(6)),
    marks: [],
  }));
  fillManuscript(server, opening);
  readParagraphs(manuscriptOf(server))[1]?.map?.set('later', { kept: true });
  const desks = [1, 2, 3].map((client) => openDesk(client, server));
  // A star, as in the product: what a client sends reaches the server in its order, and the others from there.
  const up: Uint8Array[][] = [[], [], []];
  const down: Uint8Array[][] = [[], [], []];
  desks.forEach(({ doc }, i) => {
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'net') up[i]!.push(update);
    });
  });
  server.on('update', (update: Uint8Array, origin: unknown) => {
    for (let i = 0; i < 3; i++) if (origin !== i) down[i]!.push(update);
  });
  const drawn: ((() => void) | null)[] = desks.map(() => null);
  const composing = desks.map(() => false);
  const inbound = desks.map(({ doc }, i) =>
    createInbound(
      doc,
      () => 'net',
      (draw) => {
        drawn[i] = draw;
        return () => {
          drawn[i] = null;
        };
      },
    ),
  );
  const deliver = (i: number, most: number) => {
    for (const update of up[i]!.splice(0, most)) Y.applyUpdate(server, update, i);
    for (const update of down[i]!.splice(0, most)) {
      const take = () => Y.applyUpdate(desks[i]!.doc, update, 'net');
      if (frames) inbound[i]!.take(take);
      else take();
    }
  };
  const compose = (i: number, on: boolean) => {
    if (composing[i] === on) return;
    composing[i] = on;
    if (on) inbound[i]!.hold();
    desks[i]!.binding.defer(on);
    if (!on) inbound[i]!.release();
  };
  const ledger: Ledger = { born: new Set(), deleted: new Set(), restored: new Map() };
  for (const { text } of opening) for (const char of text) ledger.born.add(char);
  let apart = 0;
  let marked = 0;
  for (let step = 0; step < 60; step++) {
    // 0: all connected; 1–3: that client is cut off; 4: everybody is.
    if (random(10) === 0) apart = random(5);
    for (let i = 0; i < 3; i++) {
      if (apart !== 4 && apart !== i + 1 && random(2) === 0) deliver(i, 1 + random(4));
    }
    if (random(15) === 0) {
      const text = manuscriptOf(server);
      const [paragraph] = readParagraphs(text).filter((p) => p.end - p.start > 1);
      if (paragraph)
        text.format(paragraph.start, paragraph.end - paragraph.start, { [`c:t${marked++}`]: true });
    }
    const who = random(3);
    const desk = desks[who]!;
    if (frames) {
      for (let i = 0; i < 3; i++) if (chance(2) === 0) drawn[i]?.();
      if (chance(6) === 0) compose(who, !composing[who]);
    }
    note(desk, who, ledger, () => {
      const kind = random(8);
      if (composing[who]) desk.dispatch(desk.state.tr.insertText(fresh(1)));
      else if (kind === 0) desk.binding.takeBack('undo');
      else if (kind === 1) desk.binding.takeBack('redo');
      else edit(desk, random, fresh);
    });
    if (random(3) > 0) desk.binding.undo.close();
    if (!composing[who]) checkDesk(desk, seed, `step ${step}`);
  }
  for (let i = 0; i < 3; i++) compose(i, false);
  while ([...up, ...down].some((waiting) => waiting.length > 0)) {
    for (let i = 0; i < 3; i++) deliver(i, 99);
  }
  for (const draw of drawn) draw?.();
  let doubles = 0;
  const all = plainly(reopened(manuscriptOf(server)));
  for (const desk of desks) {
    checkDesk(desk, seed, 'at the end');
    expect(plainly(desk.state.doc), `seed ${seed}: converged`).toEqual(all);
  }
  const end = tally(wordsOf(desks[0]!));
  for (const char of ledger.born) {
    const count = end.get(char) ?? 0;
    const by = ledger.restored.get(char)?.size ?? 0;
    const name = `seed ${seed}: ${char}`;
    if (count === 0) expect(ledger.deleted.has(char), `${name} was lost`).toBe(true);
    if (count > 0 && by === 0) expect(ledger.deleted.has(char), `${name} came back`).toBe(false);
    if (count > 1) {
      doubles += 1;
      expect(by, `${name} is there ${count} times`).toBeGreaterThan(1);
    }
  }
  for (const { values } of readParagraphs(desks[0]!.text)) {
    expect(values.style, `seed ${seed}: an end without a style`).toBeTypeOf('string');
  }
  const surprises = desks.reduce((sum, desk) => sum + desk.binding.surprises(), 0);
  for (const desk of desks) desk.close();
  return { doubles, surprises };
}

for (const frames of [false, true]) {
  const when = frames ? ', taken in at frames and held by compositions' : '';
  test(
    `M2 M3 M4 M6 M10 ${seeds} seeds${when}: converged, editor equals document, nothing lost, nothing doubled but what two restored`,
    () => {
      let doubled = 0;
      let surprises = 0;
      for (let seed = first; seed < first + seeds; seed++) {
        const result = run(seed, frames);
        if (result.doubles > 0) doubled += 1;
        surprises += result.surprises;
      }
      if (process.env.FUZZ_SEEDS) {
        process.stdout.write(
          `${seeds} seeds${when}, ${doubled} with a double that two restorers explain, ${surprises} surprises\n`,
        );
      }
      expect(surprises, 'every event was followed step by step').toBe(0);
    },
    60 * 60_000,
  );
}

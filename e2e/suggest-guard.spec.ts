/** The editor that only suggests against the server's guard (S7): whatever is done in it gets in, and what it writes
 * changes nothing of the original. Neither knows the other; only here do they meet without a socket. */
import { expect, test } from '@playwright/test';
import * as Y from 'yjs';
import { openDesk } from '../client/article/headless.ts';
import { edit, mint, randomFrom } from '../client/article/random-edits.ts';
import { Guard } from '../server/sync/guard.ts';
import { readUpdate } from '../server/sync/update.ts';
import { fillManuscript } from '../shared/manuscript/flat.ts';
import { limitTidying } from '../shared/manuscript/tidying.ts';
import { readOriginal } from '../shared/suggestions/read.ts';
import { idFrom } from '../shared/suggestions/trial.ts';

const seeds = Number(process.env.FUZZ_SEEDS ?? 60);
const first = Number(process.env.FUZZ_FIRST ?? 1);

test(`S7 all that an editor writes as suggestions gets in, over ${seeds} seeds`, () => {
  test.setTimeout(60 * 60_000);
  let judged = 0;
  for (let seed = first; seed < first + seeds; seed++) {
    const random = randomFrom(seed);
    const fresh = mint();
    const server = limitTidying(new Y.Doc());
    server.clientID = 90;
    fillManuscript(server, [
      { style: 'headline', text: fresh(4), marks: [] },
      { style: 'figure', text: fresh(3), marks: [] },
      { style: 'body', text: fresh(8), marks: [] },
    ]);
    const guard = new Guard(server, new Map([[90, null]]));
    const newId = idFrom(randomFrom(~seed));
    const desks = [1, 2].map((client) => openDesk(client + seed * 10, server, { newId }));
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
    const original = readOriginal('a', server);
    const deliver = (i: number, most: number) => {
      for (const bytes of up[i]!.splice(0, most)) {
        const verdict = guard.judge(readUpdate(bytes), `m${i}`, true, true);
        judged += 1;
        if (verdict.kind === 'refuse') throw new Error(`seed ${seed}: ${verdict.reason} ${verdict.detail}`);
        if (verdict.kind === 'accept' && verdict.bytes) Y.applyUpdate(server, verdict.bytes, i);
        guard.applied();
      }
      for (const update of down[i]!.splice(0, most)) Y.applyUpdate(desks[i]!.doc, update, 'net');
    };
    for (let step = 0; step < 40; step++) {
      for (let i = 0; i < 2; i++) if (random(2) === 0) deliver(i, 1 + random(4));
      const desk = desks[random(2)]!;
      const kind = random(8);
      if (kind === 0) desk.binding.takeBack('undo');
      else if (kind === 1) desk.binding.takeBack('redo');
      else edit(desk, random, fresh);
      if (random(3) > 0) desk.binding.undo.close();
    }
    while ([...up, ...down].some((waiting) => waiting.length > 0)) for (let i = 0; i < 2; i++) deliver(i, 99);
    expect(readOriginal('a', server), `seed ${seed}`).toEqual(original);
    for (const desk of desks) desk.close();
  }
  if (process.env.FUZZ_SEEDS) process.stdout.write(`${seeds} seeds, ${judged} updates judged\n`);
  expect(judged).toBeGreaterThan(seeds);
});

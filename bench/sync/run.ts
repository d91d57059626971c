/** Runs this server, Hocuspocus with SQLite and @y/websocket-server one after another through the same loads, round
 * after round, and prints what each needed and ours beside the best of the others. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import type { Told } from './client.ts';
import { type Kind, kinds } from './dialects.ts';
import { quiet } from './measure.ts';
import { makeTemplate } from './newsroom.ts';
import { type Perform, rowsOf } from './rows.ts';
import { peerFolder, serve } from './servers.ts';
import { type Rounds, tableOf } from './table.ts';

const usage = `node bench/sync/run.ts [options]

  --rows 1,2,3,4,4n,5,6,7   which rows
  --rounds 3                how often each server takes each row; the table has the medians
  --seconds 10              how long rows 1 to 3 are measured
  --patience 0              seconds that each run waits for the machine to have nothing else to do
  --only ${kinds.join(',')}
  --tree <folder>           another copy of the product to run in place of this one
  --profiles <folder>       processor profiles of the servers go there (they cost time themselves)`;

const { values: flags } = parseArgs({
  options: {
    rows: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '10' },
    patience: { type: 'string', default: '0' },
    only: { type: 'string', default: kinds.join(',') },
    tree: { type: 'string', default: path.join(import.meta.dirname, '../..') },
    profiles: { type: 'string' },
    help: { type: 'boolean' },
  },
});
if (flags.help) {
  console.log(usage);
  process.exit(0);
}
const rows = rowsOf(Number(flags.seconds));
const numbers = flags.rows?.split(',') ?? Object.keys(rows);
const rounds = Number(flags.rounds);
const only = kinds.filter((kind) => flags.only.split(',').includes(kind));
const missing = only.filter(
  (kind) => kind !== 'tonggao' && !existsSync(path.join(peerFolder(kind), 'node_modules')),
);
const unknown = numbers.filter((number) => !(number in rows));
if (missing.length > 0 || unknown.length > 0 || only.length === 0) {
  for (const kind of missing)
    console.error(`${kind} is not installed: npm ci --prefix bench/sync/peers/${kind}`);
  console.error(usage);
  process.exit(1);
}

const perform: Perform = async (served, job) => {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'client.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify({ job, target: served.target() }));
  const told = await text(child.stdout);
  if (told === '') throw new Error(`${served.target().kind}: the clients failed at ${job.name}`);
  return JSON.parse(told) as Told;
};

const template = only.includes('tonggao') ? await makeTemplate(flags.tree) : null;
try {
  for (const number of numbers) {
    const row = rows[number]!;
    const seen: Rounds = new Map(only.map((kind): [Kind, Told[]] => [kind, []]));
    for (let round = 0; round < rounds; round++) {
      // Each begins as often as the others, so that what a round leaves behind hits all alike.
      const order = only.map((_, index) => only[(index + round) % only.length]!);
      for (const kind of order) {
        await quiet(Number(flags.patience));
        const served = await serve(kind, { template, tree: flags.tree, profiles: flags.profiles ?? null });
        try {
          seen.get(kind)!.push(await row.measure(served, perform));
        } catch (error) {
          console.error(error instanceof Error ? error.message : error);
          seen.get(kind)!.push({ finished: 0 });
        } finally {
          await served.end();
        }
      }
    }
    console.log(`${tableOf(number, row, seen)}\n`);
  }
} finally {
  if (template) await rm(template.folder, { recursive: true, force: true });
}

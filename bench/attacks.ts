/** What the attacks that brought stock Yjs servers down do to this one: each beside somebody who types 50 characters a
 * second and a second reader, on a server of its own. `node bench/attacks.ts [part of a row's name …]` prints the
 * table; TIMES=5 says how often each attack comes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { loadavg } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import * as Y from 'yjs';
import { type Field, type Outcome, type Row, rows } from './attacks/rows.ts';
import { handIn, SuggestingTypist } from './attacks/suggesting.ts';
import { Line, type Target } from './sync/line.ts';
import { memoryOf, percentile } from './sync/measure.ts';
import { makeTemplate, type Template } from './sync/newsroom.ts';
import { serve } from './sync/servers.ts';
import { readDocument, writeStory } from './sync/stories.ts';
import { spotsOf, Typist } from './sync/typing.ts';

const times = Number(process.env.TIMES ?? 5);
/** A folder for processor profiles of the server, which cost time themselves. */
const profiles = process.env.PROFILES ?? null;
const tree = path.join(import.meta.dirname, '..');
const every = 20;
/** Seconds: until the server is warm, of quiet, after each attack, until what it left is collected. */
const spans = { warm: 4, quiet: 6, after: 1, settle: 6 };
/** Seconds until what was typed and not heard counts as lost. */
const patience = 15;

/** Somebody who types, or suggests, and somebody beside who hears it. */
async function typeBeside(target: Target, suggests: boolean) {
  const { text } = await writeStory(target, 0, 190, 100);
  const client = 1 + Math.floor(Math.random() * 0xffff_fff0);
  const typist = suggests
    ? new SuggestingTypist(client, await handIn(target))
    : new Typist(client, spotsOf(text)[95]!);
  const stride = typist instanceof SuggestingTypist ? typist.stride : 1;
  const { line: reader } = await Line.open(target, 0, 1);
  const { line } = await Line.open(target, 0, 0);
  const sentAt: number[] = [];
  const heardAt: number[] = [];
  reader.onUpdate = (update) => {
    const now = performance.now();
    for (const { id, length } of Y.decodeUpdate(update).structs) {
      if (id.client !== typist.client) continue;
      for (let clock = id.clock; clock < id.clock + length; clock++)
        if (clock % stride === 0) heardAt[clock / stride] = now;
    }
  };
  const from = performance.now();
  const timer = setInterval(() => {
    while (from + sentAt.length * every <= performance.now()) {
      sentAt.push(performance.now());
      line.say(typist.type());
    }
  }, 2);
  const heardAll = () => heardAt.length === sentAt.length && !heardAt.includes(undefined as never);
  return {
    typist,
    /** Milliseconds until the reader had what was typed between two moments; for ever when it never had. */
    latencies: (start: number, end: number) =>
      sentAt.flatMap((at, key) =>
        at >= start && at < end ? [(heardAt[key] ?? Number.POSITIVE_INFINITY) - at] : [],
      ),
    /** Stops and says what was lost, in words; null when nothing was. `alone` when nobody deletes the typist's. */
    async end(alone: boolean): Promise<string | null> {
      clearInterval(timer);
      const end = performance.now() + patience * 1000;
      while (!(heardAll() && line.allSaved) && performance.now() < end && line.wire.closed === null)
        await sleep(20);
      if (line.wire.closed !== null) return `the typist was closed with ${line.wire.closed}`;
      if (!line.allSaved) return `${line.sent - line.saved} messages of the typist are not saved`;
      if (!heardAll()) return `${sentAt.length - heardAt.filter(Boolean).length} characters were never heard`;
      const { doc, text: read, line: newcomer } = await readDocument(target, 0);
      let kept = 0;
      for (const item of doc.store.clients.get(typist.client) ?? []) {
        const isKey = stride === 1 || (item instanceof Y.Item && item.parent === read);
        if (isKey && (!alone || !item.deleted)) kept += item.length;
      }
      for (const { wire } of [newcomer, line, reader]) await wire.close();
      return kept === sentAt.length ? null : `${sentAt.length - kept} of ${sentAt.length} characters`;
    },
  };
}

/** The attacker, ready to be let loose. */
async function startAttacker(row: Row, field: Field) {
  const child = spawn(
    process.execPath,
    [path.join(import.meta.dirname, 'attacks/attacker.ts'), JSON.stringify([row.name, field])],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const lines = createInterface(child.stdout);
  await once(lines, 'line');
  return {
    async attack(): Promise<Outcome> {
      child.stdin.write('go\n');
      const [line] = await Promise.race([once(lines, 'line'), once(child, 'exit').then(() => ['null'])]);
      return (JSON.parse(line as string) as Outcome | null) ?? { did: 'the attacker failed', bytes: 0 };
    },
    async end() {
      child.stdin.end();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const mb = (bytes: number) => (bytes / 1e6).toFixed(0);
const size = (bytes: number) =>
  bytes < 1000
    ? `${bytes} B`
    : bytes < 1e6
      ? `${(bytes / 1e3).toFixed(0)} KB`
      : `${(bytes / 1e6).toFixed(1)} MB`;
const share = (values: number[]) =>
  `${percentile(values, 0.5).toFixed(1)} / ${percentile(values, 0.99).toFixed(0)}`;

/** One line of the table. */
async function measure(row: Row, template: Template): Promise<string> {
  const served = await serve('tonggao', { template, tree, profiles });
  try {
    const target = served.target();
    const beside = await typeBeside(target, row.suggests ?? false);
    const attacker = await startAttacker(row, { target, typist: beside.typist.client });
    await sleep(spans.warm * 1000);
    const calm = performance.now();
    await sleep(spans.quiet * 1000);
    const first = performance.now();

    const before = memoryOf(target.pid);
    let peak = before;
    const watch = setInterval(() => {
      if (isAlive(target.pid)) peak = Math.max(peak, memoryOf(target.pid));
    }, 20);
    const did = new Set<string>();
    let bytes = 0;
    const windows: [number, number][] = [];
    for (let time = 0; time < (row.once ? 1 : times); time++) {
      const from = performance.now();
      const outcome = await attacker.attack();
      await sleep(spans.after * 1000);
      windows.push([from, performance.now()]);
      did.add(outcome.did);
      bytes = outcome.bytes;
    }
    await attacker.end();
    await sleep(spans.settle * 1000);
    clearInterval(watch);
    const lives = isAlive(target.pid);
    const after = lives ? memoryOf(target.pid) : Number.NaN;
    const lost = await beside.end(!row.deletes);
    const quiet = beside.latencies(calm, first);
    const during = windows.flatMap(([from, to]) => beside.latencies(from, to));
    return [
      '',
      row.name,
      size(bytes),
      [...did].join('; '),
      share(quiet),
      share(during),
      `${mb(after - before)} (${mb(peak - before)})`,
      lives ? 'lives' : 'died',
      lost ?? 'nothing',
      '',
    ]
      .join(' | ')
      .trim();
  } finally {
    await served.end();
  }
}

const wanted = process.argv.slice(2);
const chosen = rows.filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
const template = await makeTemplate(tree, 1);
const [load] = loadavg();
console.log(
  `load ${load!.toFixed(1)} at the beginning; each attack ${times} times; ms are p50 / p99, memory MB (peak)\n`,
);
console.log('| attack | sent | the server | typist, quiet | typist, attacked | memory | process | lost |');
console.log('|---|---|---|---|---|---|---|---|');
try {
  for (const row of chosen) {
    // A server that goes down in an attack is a figure too.
    const line = await measure(row, template).catch((error: Error) => `| ${row.name} | ${error.message} |`);
    console.log(line);
  }
} finally {
  await rm(template.folder, { recursive: true, force: true });
}
console.log(`\nload ${loadavg()[0]!.toFixed(1)} at the end`);

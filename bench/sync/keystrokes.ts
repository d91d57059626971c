/** Rows 1 to 3: everybody types a character every 200 ms; how long until another has it, and what it cost. */
import { setTimeout as sleep } from 'node:timers/promises';
import * as Y from 'yjs';
import { manuscriptOf } from '../../shared/manuscript/flat.ts';
import { Line, type Target } from './line.ts';
import { memoryOf, percentile, stopwatch } from './measure.ts';
import { readDocument, writeStory } from './stories.ts';
import { spotsOf, Typist } from './typing.ts';

export interface Keystrokes {
  documents: number;
  /** For each document. */
  writers: number;
  /** Of the measured part; what is typed before and after is not counted. */
  seconds: number;
}

interface Writer {
  line: Line;
  typist: Typist;
  /** When each of its characters went out. */
  sentAt: number[];
}

const every = 200;
const warmUp = 3;
/** Seconds until what was not heard counts as never heard; and until it counts as unfinished. */
const patience = 60;
const prompt = 5;

async function connect(target: Target, { documents, writers }: Keystrokes): Promise<Writer[]> {
  const all: Writer[] = [];
  for (let document = 0; document < documents; document++) {
    const { text } = await writeStory(target, document, writers, 20);
    const spots = spotsOf(text);
    for (let at = 0; at < writers; at += 10) {
      const group = Array.from({ length: Math.min(10, writers - at) }, async (_, index) => {
        const { line } = await Line.open(target, document, at + index);
        const typist = new Typist(1 + Math.floor(Math.random() * 0xffff_fff0), spots[at + index]!);
        return { line, typist, sentAt: [] };
      });
      all.push(...(await Promise.all(group)));
    }
  }
  return all;
}

/** Types until told to stop, each writer every 200 ms, the writers spread over that time. */
function typeAll(writers: readonly Writer[], late: number[]) {
  const from = performance.now();
  const gap = every / writers.length;
  let next = 0;
  let stopped = false;
  const done = (async () => {
    while (!stopped) {
      const now = performance.now();
      for (; from + next * gap <= now; next++) {
        // Neighbours in the list share a document; a stride spreads them.
        const { line, typist, sentAt } = writers[(next * 7919) % writers.length]!;
        const update = typist.type();
        const at = performance.now();
        sentAt.push(at);
        late.push(at - (from + next * gap));
        line.say(update);
      }
      await sleep(1);
    }
  })();
  return () => {
    stopped = true;
    return done;
  };
}

export async function keystrokes(target: Target, asked: Keystrokes) {
  const writers = await connect(target, asked);
  const byClient = new Map(writers.map((writer) => [writer.typist.client, writer]));
  const latencies: number[] = [];
  let heardAll = 0;
  let window = { from: Number.POSITIVE_INFINITY, to: Number.POSITIVE_INFINITY };

  const observers = writers.filter((_, index) => index % asked.writers === 0 || asked.writers === 2);
  for (const { line, typist } of writers) {
    if (!observers.some((observer) => observer.line === line)) {
      line.deafen();
      continue;
    }
    line.onUpdate = (update) => {
      const now = performance.now();
      for (const { id, length } of Y.decodeUpdate(update).structs) {
        const author = byClient.get(id.client);
        if (!author || author.typist === typist) continue;
        for (let clock = id.clock; clock < id.clock + length; clock++) {
          const at = author.sentAt[clock]!;
          heardAll += 1;
          if (at >= window.from && at < window.to) latencies.push(now - at);
        }
      }
    };
  }

  const late: number[] = [];
  const stop = typeAll(writers, late);
  await sleep(warmUp * 1000);
  window = { ...window, from: performance.now() };
  late.length = 0;
  const watch = stopwatch(target.pid);
  const received = () => writers.reduce((sum, { line }) => sum + line.wire.received, 0);
  const before = received();
  await sleep(asked.seconds * 1000);
  await stop();
  window.to = performance.now();
  const typed = (window.to - window.from) / 1000;

  // Each keystroke is awaited by the observers of its document other than its author.
  const typedBy = (some: readonly Writer[]) => some.reduce((sum, { sentAt }) => sum + sentAt.length, 0);
  const awaited =
    asked.writers === 2 ? typedBy(writers) : typedBy(writers.filter((writer) => !observers.includes(writer)));
  const end = window.to + patience * 1000;
  while (heardAll < awaited && performance.now() < end && writers.every(({ line }) => !line.wire.closed)) {
    await sleep(10);
  }
  const drained = (performance.now() - window.to) / 1000;
  const { cpu, busy, others, seconds } = watch();
  const traffic = (received() - before) / writers.length / seconds;
  const memory = memoryOf(target.pid);

  let whole = heardAll >= awaited && drained < prompt;
  for (let document = 0; whole && document < asked.documents; document += 50) {
    whole = await holdsAll(target, document, writers.slice(document * asked.writers).slice(0, asked.writers));
  }
  for (const { line } of writers) line.wire.destroy();
  return {
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    worst: percentile(latencies, 1),
    /** Processor seconds of the server for each minute that people typed. */
    cpu: (cpu / typed) * 60,
    memory: memory / 1e6,
    traffic: traffic / 1000,
    heard: (heardAll / awaited) * 100,
    finished: Number(whole),
    busy,
    others,
    late: percentile(late, 0.99),
  };
}

/** Whether every character of these writers is in the document, as a newcomer gets it. */
async function holdsAll(target: Target, document: number, writers: readonly Writer[]): Promise<boolean> {
  // Where a document has no room for one more, a writer makes room.
  writers[0]?.line.wire.destroy();
  await sleep(100);
  const { doc, line } = await readDocument(target, document);
  await line.wire.close();
  manuscriptOf(doc);
  return writers.every(({ typist }) => Y.getState(doc.store, typist.client) === typist.clock);
}

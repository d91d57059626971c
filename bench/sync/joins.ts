/** Row 4: everybody comes to one document again, as after a restart of the server or of the office's network. */
import * as Y from 'yjs';
import { Line, type Target } from './line.ts';
import { percentile, stopwatch } from './measure.ts';
import { readDocument, writeStory } from './stories.ts';

export interface Joins {
  count: number;
  /** Whether they have the document from before (a browser that reconnects), or nothing of it. */
  know: boolean;
}

/** Sockets at a time: fewer than a document of ours may have. */
const atOnce = 150;

export async function joins(target: Target, { count, know }: Joins) {
  await writeStory(target, 0, 210, 100);
  // Somebody stays, so that no server puts the document away meanwhile.
  const { line: holder, bytes } = await readDocument(target, 0);
  holder.deafen();
  const known = Uint8Array.of(0);
  const { line: first, answer } = await Line.open(target, 0, 1, known);
  await first.wire.close();
  const vector = know ? Y.encodeStateVectorFromUpdate(answer) : known;

  const times: number[] = [];
  let next = 0;
  let failed = 0;
  let received = 0;
  const watch = stopwatch(target.pid);
  async function comeAndGo() {
    while (next < count) {
      const member = next++;
      const from = performance.now();
      try {
        const { line } = await Line.open(target, 0, member, vector);
        times.push(performance.now() - from);
        received += line.wire.received;
        await line.wire.close();
      } catch {
        failed += 1;
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, comeAndGo));
  const { seconds, cpu, busy, others } = watch();
  holder.wire.destroy();
  return {
    size: bytes / 1000,
    seconds,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    cpu,
    traffic: received / Math.max(1, times.length) / 1000,
    finished: Number(failed === 0),
    busy,
    others,
  };
}

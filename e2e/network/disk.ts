/** A simulated log: durable when it says so, and sometimes when it had no time to say it. */
import type { Log, NewRow } from '../../server/sync/log.ts';
import type { Random } from './random.ts';

interface Kept {
  rows: { bytes: Uint8Array; member: string | null }[];
  clients: Map<number, string | null>;
}

/** What is on the disk; it outlives servers. */
export class Disk {
  readonly documents = new Map<string, Kept>();
  /** How many of the next appends fail. */
  failing = 0;

  of(document: string): Kept {
    let kept = this.documents.get(document);
    if (!kept) {
      kept = { rows: [], clients: new Map() };
      this.documents.set(document, kept);
    }
    return kept;
  }

  write(document: string, after: number, rows: readonly NewRow[]): number {
    const kept = this.of(document);
    if (kept.rows.length !== after) throw new Error(`at ${kept.rows.length}, not at ${after}`);
    for (const { bytes, member, newClients } of rows) {
      kept.rows.push({ bytes: bytes.slice(), member });
      for (const client of newClients) {
        if (kept.clients.has(client)) throw new Error('a client id is bound twice');
        kept.clients.set(client, member);
      }
    }
    return kept.rows.length;
  }
}

/** One server's hold on the disk. `die` cuts it off: what was under way is written or not, and nobody hears. */
export function openDisk(disk: Disk, random: Random): Log & { die(): void } {
  let dead = false;
  const underWay = new Set<() => void>();
  const pace = 1 + random(40);
  const wait = () => new Promise((resolve) => setTimeout(resolve, random(pace)));
  const never = () => new Promise<never>(() => undefined);
  async function answer<T>(value: () => T): Promise<T> {
    await wait();
    return dead ? never() : value();
  }
  return {
    epoch: 'simulated',
    async append(document, after, rows) {
      const write = () => disk.write(document, after, rows);
      underWay.add(write);
      await wait();
      if (dead) return never();
      underWay.delete(write);
      if (disk.failing > 0) {
        disk.failing -= 1;
        throw new Error('no space left on the device');
      }
      const reached = write();
      return answer(() => reached);
    },
    load: (document) =>
      answer(() => {
        const { rows, clients } = disk.of(document);
        const updates = rows.map(({ bytes }) => bytes);
        return { seq: rows.length, updates, sinceSnapshot: rows.length, clients: [...clients] };
      }),
    written: (document, after, upTo) => answer(() => disk.of(document).rows.slice(after, upTo)),
    loadAt: (document, seq) =>
      answer(() =>
        disk
          .of(document)
          .rows.slice(0, seq)
          .map(({ bytes }) => bytes),
      ),
    changes: () => answer(() => []),
    snapshot: () => answer(() => true),
    compact: () => answer(() => ({ merged: 0, next: null })),
    check: () => answer(() => undefined),
    close: async () => undefined,
    die() {
      dead = true;
      for (const write of underWay) if (random(2) === 0) write();
    },
  };
}

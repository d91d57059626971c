/** Heads of the record, noted where whoever changes newsroom.db would have to change something else too: in the log, and
 * in a file beside the backups. What was noted tells later whether the record's last rows are still there. */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type Database from 'better-sqlite3';
import type { Logger } from '../log.ts';

export interface Head {
  /** ISO 8601. */
  at: string;
  /** The log's name, which a restored backup changes; '' where it is not known. */
  epoch: string;
  rows: number;
  /** SHA-256 of the last of these rows. */
  head: string;
}

export const headsFile = (backups: string) => path.join(backups, 'record-heads.txt');

/** The line in the log. */
const message = 'the head of the record';
/** Milliseconds from one note to the next. */
const hour = 3_600_000;

const line = /^(\S+) (\S+) (\d+) ([0-9a-f]{64})$/;

const headOf = (at: string, epoch: string, rows: number, head: string): Head => ({ at, epoch, rows, head });

/** How many rows the record has, and the hash of its last; null of one without rows, or of a newsroom without one. */
export function newestHead(newsroom: Database.Database): Pick<Head, 'rows' | 'head'> | null {
  if (!newsroom.prepare("select 1 from sqlite_schema where name = 'record'").get()) return null;
  const last = newsroom.prepare<[], Pick<Head, 'rows' | 'head'>>(
    'select seq as rows, hash as head from record order by seq desc limit 1',
  );
  return last.get() ?? null;
}

/** Whether the record still has the row that was its last then. */
export function isStillThere(
  newsroom: Database.Database,
  { rows, head }: Pick<Head, 'rows' | 'head'>,
): boolean {
  return newsroom.prepare('select 1 from record where seq = ? and hash = ?').get(rows, head) !== undefined;
}

/** Heads in a text, the oldest first: lines of the file, or lines of the log. */
export function readHeads(text: string): Head[] {
  return text.split('\n').flatMap((one) => {
    const [, at, epoch, rows, head] = line.exec(one.trim()) ?? [];
    if (at && epoch && rows && head) return headOf(at, epoch, Number(rows), head);
    if (!one.includes(message)) return [];
    try {
      const said: Record<string, unknown> = JSON.parse(one.slice(one.indexOf('{')));
      const { time, epoch, rows, head } = said;
      if (typeof rows !== 'number' || typeof head !== 'string') return [];
      return headOf(String(time), String(epoch ?? ''), rows, head);
    } catch {
      // A line of the journal that was cut off tells nothing.
      return [];
    }
  });
}

export function headsIn(file: string): Head[] {
  return existsSync(file) ? readHeads(readFileSync(file, 'utf8')) : [];
}

/** Notes a head in the file, unless the last line says the same. */
export function noteHead(file: string, { at, epoch, rows, head }: Head): void {
  const last = headsIn(file).at(-1);
  if (last?.head === head && last.epoch === epoch) return;
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  appendFileSync(file, `${at} ${epoch} ${rows} ${head}\n`, { mode: 0o600, flush: true });
}

interface Deps {
  newsroom: Database.Database;
  epoch: string;
  /** The folder of backups. */
  backups: string;
  logger: Logger;
  now: () => Date;
  every?: number;
}

/** Notes the head now, then every hour, and when it is closed. A file that cannot be written is logged; the log's own
 * line is there then. Says so when a head that was noted earlier is gone. */
export function keepHeads({ newsroom, epoch, backups, logger, now, every = hour }: Deps): { close(): void } {
  const file = headsFile(backups);
  let last = '';

  function note() {
    try {
      const newest = newestHead(newsroom);
      if (!newest || newest.head === last) return;
      last = newest.head;
      logger.info({ ...newest, epoch }, message);
      noteHead(file, { at: now().toISOString(), epoch, ...newest });
    } catch (error) {
      logger.error({ err: error }, 'the head of the record could not be noted beside the backups');
    }
  }

  function look() {
    try {
      const gone = headsIn(file).find((one) => one.epoch === epoch && !isStillThere(newsroom, one));
      if (gone)
        logger.error({ ...gone }, 'the record no longer has a row that was its last: npm run verify-record');
    } catch (error) {
      logger.error({ err: error }, 'the heads beside the backups cannot be read');
    }
  }

  look();
  note();
  const timer = setInterval(note, every).unref();
  return {
    close() {
      clearInterval(timer);
      note();
    },
  };
}

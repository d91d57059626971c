/** The log's tables, brought up to date step by step; an older file is first copied beside itself. */
import type Database from 'better-sqlite3';
import { keepCopy } from '../storage/keep-copy.ts';

/** Each is run once; `user_version` counts those that were. */
const steps: readonly string[] = [
  `create table updates (
    document text not null, seq integer not null, bytes blob not null,
    member text, client integer, at integer not null,
    primary key (document, seq)) without rowid;
  create table snapshots (
    document text not null, seq integer not null, bytes blob not null, at integer not null,
    primary key (document, seq)) without rowid;
  create table clients (
    document text not null, client integer not null, member text,
    primary key (document, client)) without rowid;
  create table health (id integer primary key check (id = 1), at integer not null);`,
  'create table if not exists meta (key text primary key, value text not null) without rowid;',
];

/** Runs what is missing, all or nothing. Throws when the file is of a newer version, and when a step fails. */
export function bringUpToDate(db: Database.Database, file: string, upTo = steps): void {
  const version = () => db.pragma('user_version', { simple: true }) as number;
  const found = version();
  if (found > upTo.length) throw new Error(`the log was written by a newer version (${found})`);
  if (found === upTo.length) return;
  let copy: string | null = null;
  try {
    db.transaction(() => {
      const reached = version();
      if (reached > 0) copy = keepCopy(file, `v${upTo.length}`);
      for (const step of upTo.slice(reached)) db.exec(step);
      db.pragma(`user_version = ${upTo.length}`);
    }).immediate();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const kept = copy === null ? '' : ` A copy from before stands at ${copy}.`;
    throw new Error(`the log's tables could not be changed (${why}); it is as it was.${kept}`, {
      cause: error,
    });
  }
}

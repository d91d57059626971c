/** `npm run verify-record [-- <head>] [-- --log <file>]`: follows the record from its first row, and compares it with
 * every head that was noted: beside the backups, in them, in the server's log (a file, or - for what comes in), and the
 * one that is given. Ends with 1 when something was changed, removed, put in between or cut off. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';
import { readConfig } from '../config.ts';
import { readManifest } from '../operations/manifest.ts';
import { dataFolder } from '../storage/data-folder.ts';
import { openNewsroomReader } from '../storage/newsroom.ts';
import { type Link, verifyChain } from './chain.ts';
import { type Head, headsFile, headsIn, isStillThere, readHeads } from './heads.ts';

type Row = Link & { seq: number; before: string; hash: string };

interface Verdict {
  ok: boolean;
  words: string[];
}

/** What the manifests of the backups say. A folder that is no whole backup says nothing. */
function headsOfBackups(folder: string): Head[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    try {
      const { madeAt, epoch, record } = readManifest(path.join(folder, name));
      return record ? { at: madeAt, epoch: epoch ?? '', ...record } : [];
    } catch {
      return [];
    }
  });
}

function epochOf(log: string): string | null {
  if (!existsSync(log)) return null;
  const db = new Database(log, { readonly: true, fileMustExist: true });
  try {
    return db.prepare<[], string>("select value from meta where key = 'epoch'").pluck().get() ?? null;
  } finally {
    db.close();
  }
}

/** What the noted heads say of the record. */
function compareHeads(newsroom: Database.Database, heads: readonly Head[], epoch: string | null): Verdict {
  const own = heads.filter((one) => one.epoch === epoch).sort((a, b) => (a.at < b.at ? -1 : 1));
  const gone = own.find((one) => !isStillThere(newsroom, one));
  if (gone)
    return {
      ok: false,
      words: [
        `${gone.at} 记下的末条（第 ${gone.rows} 条）已不在档案里：之后有记录被删。` +
          `Row ${gone.rows}, noted as the last at ${gone.at}, is gone: rows were cut off.`,
        gone.head,
      ],
    };
  const words: string[] = [];
  const newest = own.at(-1);
  words.push(
    newest
      ? `与记下的 ${own.length} 个末条都相符，最近的在 ${newest.at}（第 ${newest.rows} 条）。` +
          `It agrees with all ${own.length} heads that were noted, the newest at ${newest.at} (row ${newest.rows}).`
      : '没有找到记下的末条，看不出末尾的记录是否被删。' +
          'No noted head was found: rows that were cut off at its end would not be seen.',
  );
  const before = heads.filter((one) => one.epoch !== epoch && !isStillThere(newsroom, one)).at(-1);
  if (before)
    words.push(
      `另一份日志（恢复备份之前）在 ${before.at} 记到第 ${before.rows} 条，与此不同。` +
        `Under another name of the log, before a backup was restored or of another newsroom, row ${before.rows} at ${before.at} was another.`,
    );
  return { ok: true, words };
}

interface Asked {
  head: string | undefined;
  /** Lines of the server's log. */
  log: string | undefined;
}

function verify({ head, log }: Asked): Verdict {
  const reading = readConfig([], process.env);
  if (reading.kind !== 'config')
    return { ok: false, words: [reading.kind === 'wrong' ? reading.message : ''] };
  const { dataDir, backups } = reading.config;
  const files = dataFolder(dataDir);
  if (!existsSync(files.newsroom))
    return { ok: false, words: [`${dataDir} 里没有编辑部。There is no newsroom there.`] };
  // Before the record, which a running server makes longer meanwhile.
  const heads = [
    ...headsOfBackups(backups.folder),
    ...headsIn(headsFile(backups.folder)),
    ...(log === undefined ? [] : readHeads(readFileSync(log === '-' ? 0 : log, 'utf8'))),
  ];
  const epoch = epochOf(files.log);
  const reader = openNewsroomReader(files.newsroom);
  try {
    const verified = verifyChain(reader.prepare<[], Row>('select * from record order by seq').iterate());
    if (!verified.ok) {
      const { seq, why } = verified.broken;
      const words =
        why === 'row'
          ? `档案第 ${seq} 条被改过。Row ${seq} says something else than when it was written.`
          : `档案第 ${seq} 条之前有记录被删或被换。Before row ${seq} something is gone or another.`;
      return { ok: false, words: [words] };
    }
    const known = reader.prepare('select 1 from record where hash = ?');
    if (head !== undefined && known.get(head) === undefined)
      return {
        ok: false,
        words: ['首尾相连，但不含所给的校验值。The chain holds, and that head is not in it.'],
      };
    const { ok, words } = compareHeads(reader, heads, epoch);
    if (!ok) return { ok, words };
    return {
      ok,
      words: [`档案首尾相连 The record’s chain is whole: ${verified.rows}`, ...words, verified.head],
    };
  } finally {
    reader.close();
  }
}

/** What was asked for; null in other words than there are. */
function readWords(): Asked | null {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { log: { type: 'string' } },
    });
    return positionals.length > 1 ? null : { head: positionals[0], log: values.log };
  } catch {
    return null;
  }
}

const asked = readWords();
if (asked) {
  const { ok, words } = verify(asked);
  process.stdout.write(`${words.join('\n')}\n`);
  process.exitCode = ok ? 0 : 1;
} else {
  process.stderr.write('npm run verify-record -- [<head>] [--log <file>]\n');
  process.exitCode = 1;
}

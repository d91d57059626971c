/** For tests: commits rows, of the size and by the statement of the log's, one after another, each marked in the
 * journal once it is committed. Arguments: the file, `synchronous`, how many. The log itself can only be FULL. */
import { openSync, writeSync } from 'node:fs';
import Database from 'better-sqlite3';
import { must } from '../../../shared/base/must.ts';

const [file = '', synchronous = '', count = '0'] = process.argv.slice(2);
const marks = openSync(must(process.env.CALLS_MARKS, 'where marks go'), 'w');
const db = new Database(file);
db.pragma('journal_mode = WAL');
db.pragma(`synchronous = ${synchronous}`);
db.exec(`create table updates (document text not null, seq integer not null, bytes blob not null,
  member text, client integer, at integer not null, primary key (document, seq)) without rowid`);
const insert = db.prepare('insert into updates values (?, ?, ?, ?, ?, ?)');
const commit = db.transaction((seq: number) =>
  insert.run('a', seq, Buffer.alloc(30, seq), 'm', 7, seq),
).immediate;
for (let seq = 1; seq <= Number(count); seq++) {
  commit(seq);
  writeSync(marks, String(seq));
}
db.close();

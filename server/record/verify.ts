/** `npm run verify-record [-- <head>]`: follows the record from its first row, and says whether a head that was noted
 * down earlier is in it. Ends with 1 when something was changed, removed or put in between. */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { dataFolder } from '../storage/data-folder.ts';
import { openNewsroomReader } from '../storage/newsroom.ts';
import { type Link, verifyChain } from './chain.ts';

type Row = Link & { seq: number; before: string; hash: string };

/** What is to be told, and whether all is well. */
function verify(head: string | undefined): { ok: boolean; words: string } {
  const reading = readConfig([], process.env);
  if (reading.kind !== 'config') return { ok: false, words: reading.kind === 'wrong' ? reading.message : '' };
  const file = dataFolder(reading.config.dataDir).newsroom;
  if (!existsSync(file))
    return { ok: false, words: `${reading.config.dataDir} 里没有编辑部。There is no newsroom there.` };
  const reader = openNewsroomReader(file);
  try {
    const verified = verifyChain(reader.prepare<[], Row>('select * from record order by seq').iterate());
    if (!verified.ok) {
      const { seq, why } = verified.broken;
      const words =
        why === 'row'
          ? `档案第 ${seq} 条被改过。Row ${seq} says something else than when it was written.`
          : `档案第 ${seq} 条之前有记录被删或被换。Before row ${seq} something is gone or another.`;
      return { ok: false, words };
    }
    const known = reader.prepare('select 1 from record where hash = ?');
    if (head !== undefined && known.get(head) === undefined)
      return {
        ok: false,
        words: '首尾相连，但不含所给的校验值。The chain holds, and that head is not in it.',
      };
    return { ok: true, words: `档案完整 The record is whole: ${verified.rows}\n${verified.head}` };
  } finally {
    reader.close();
  }
}

const { positionals } = parseArgs({ allowPositionals: true });
const { ok, words } = verify(positionals[0]);
process.stdout.write(`${words}\n`);
process.exitCode = ok ? 0 : 1;

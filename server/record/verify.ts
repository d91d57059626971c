/** `npm run verify-record [-- --head <hash>]`: follows the record from its first row, and says whether a head that was
 * noted down earlier is in it. Ends with 1 when something was changed, removed or put in between. */
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { dataFolder } from '../storage/data-folder.ts';
import { openNewsroomReader } from '../storage/newsroom.ts';
import { type Link, verifyChain } from './chain.ts';

type Row = Link & { seq: number; before: string; hash: string };

const { values } = parseArgs({ options: { head: { type: 'string' } } });
const reading = readConfig([], process.env);
if (reading.kind !== 'config') throw new Error('message' in reading ? reading.message : reading.kind);

const reader = openNewsroomReader(dataFolder(reading.config.dataDir).newsroom);
const rows = reader.prepare<[], Row>('select * from record order by seq');
const verified = verifyChain(rows.iterate());
const noted =
  values.head === undefined ||
  reader.prepare('select 1 from record where hash = ?').get(values.head) !== undefined;
reader.close();

if (!verified.ok) {
  const { seq, why } = verified.broken;
  console.log(`档案被改动过：第 ${seq} 条${why === 'row' ? '内容与原来不同' : '之前有记录被删、被换'}。`);
  console.log(
    `The record was tampered with at row ${seq}: ${why === 'row' ? 'it says something else now' : 'what stood before it is gone or another'}.`,
  );
} else if (!noted) {
  console.log('档案首尾相连，但不含所给的校验值：后面的记录被删去或整条换过。');
  console.log('The chain holds, but that head is not in it: its end was cut off, or all of it replaced.');
} else {
  console.log(`档案完整：${verified.rows} 条，末条校验值 ${verified.head}`);
  console.log(`The record is whole: ${verified.rows} rows; note the head down to check against later.`);
}
process.exitCode = verified.ok && noted ? 0 : 1;

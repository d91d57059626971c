/** The attacker's process, so that what it costs to attack is not the typist's time: reads the field and the row from
 * its command line, attacks at each line of its standard input, and prints what became of it. */
import { createInterface } from 'node:readline';
import { type Field, rows } from './rows.ts';

const [name, field] = JSON.parse(process.argv[2] ?? '') as [string, Field];
const row = rows.find((one) => one.name === name);
if (!row) throw new Error(`no such attack: ${name}`);
const attack = row.prepare(field);
console.log('ready');
for await (const _ of createInterface(process.stdin)) console.log(JSON.stringify(await attack()));

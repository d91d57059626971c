/** The others in an article, as a process of their own, so that what they cost is not the measured browsers' time:
 * each types a character every 200 ms at the end of a paragraph and shows a caret behind it, until standard input
 * ends. Reads { target, count } from its command line. */
import * as encoding from 'lib0/encoding';
import { messageType } from '../shared/sync/protocol.ts';
import { Line, type Target } from './sync/line.ts';
import { readDocument } from './sync/stories.ts';
import { spotsOf, Typist } from './sync/typing.ts';

const every = 200;

/** A presence message with the caret behind what this client typed last, as the editor says it. */
function caret(client: number, clock: number): Uint8Array {
  const at = { type: null, tname: null, item: { client, clock: clock - 1 }, assoc: -1 };
  const inner = encoding.createEncoder();
  for (const number of [1, client, clock]) encoding.writeVarUint(inner, number);
  encoding.writeVarString(inner, JSON.stringify({ caret: { anchor: at, head: at } }));
  const whole = encoding.createEncoder();
  encoding.writeVarUint(whole, messageType.awareness);
  encoding.writeVarUint8Array(whole, encoding.toUint8Array(inner));
  return encoding.toUint8Array(whole);
}

const { target, count } = JSON.parse(process.argv[2] ?? '') as { target: Target; count: number };
const { text, line: visitor } = await readDocument(target, 0);
await visitor.wire.close();
const spots = spotsOf(text);
const writers: { line: Line; typist: Typist }[] = [];
for (let index = 0; index < count; index++) {
  const { line } = await Line.open(target, 0, index);
  line.deafen();
  const client = 1 + Math.floor(Math.random() * 0xffff_fff0);
  writers.push({ line, typist: new Typist(client, spots[index % spots.length]!) });
}

let turn = 0;
const from = performance.now();
setInterval(() => {
  // One after another, so that they do not type in step.
  for (; from + (turn * every) / count <= performance.now(); turn++) {
    const { line, typist } = writers[turn % count]!;
    line.say(typist.type());
    line.wire.send(caret(typist.client, typist.clock));
  }
}, 2);
console.log('typing');
process.stdin.resume().on('end', () => {
  const gone = writers.filter(({ line }) => line.wire.closed !== null);
  console.log(JSON.stringify({ typed: turn, seconds: (performance.now() - from) / 1000, gone: gone.length }));
  process.exit(0);
});

/** Row 7: edits that the server said were safe, and the server killed at that moment. */
import { setTimeout as sleep } from 'node:timers/promises';
import * as Y from 'yjs';
import { Line, type Target } from './line.ts';
import { readDocument, until, writeStory } from './stories.ts';
import { spotsOf, Typist } from './typing.ts';

const edits = 200;
/** Milliseconds after which the story itself is stored by every server that stores: longer than the debounce. */
const rest = 3_500;

/** Types 200 characters at once, waits until the server says they are saved (or, where it never says, until
 * another has them), and kills it. */
export async function burst(target: Target) {
  const { text } = await writeStory(target, 0, 1, 20);
  const { line: other } = await Line.open(target, 0, 1);
  const { line } = await Line.open(target, 0, 0);
  await sleep(rest);
  const typist = new Typist(1 + Math.floor(Math.random() * 0xffff_fff0), spotsOf(text)[0]!);
  let relayed = 0;
  other.onUpdate = (update) => {
    for (const { id, length } of Y.decodeUpdate(update).structs) {
      if (id.client === typist.client) relayed += length;
    }
  };
  await until(() => target.kind === 'y-websocket' || line.allSaved, 10, 'quiet');
  const from = performance.now();
  const safe = new Promise<void>((resolve) => {
    line.onSaved = () => line.allSaved && resolve();
  });
  for (let typed = 0; typed < edits; typed++) line.say(typist.type());
  if (target.kind === 'y-websocket') await until(() => relayed >= edits, 10, 'a burst to be relayed');
  else await safe;
  process.kill(target.pid, 'SIGKILL');
  return { client: typist.client, acknowledged: edits, waited: performance.now() - from };
}

/** How many of this client's characters a newcomer gets now. */
export async function countKept(target: Target, client: number) {
  const { doc, line } = await readDocument(target, 0);
  await line.wire.close();
  return { kept: Y.getState(doc.store, client) };
}

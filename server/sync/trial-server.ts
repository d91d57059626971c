/** For tests that kill or besiege: a sync server as a process of its own, which prints where it is. Whoever's name
 * begins with `suggester` may only suggest. At each line that it hears it collects its garbage and prints one. */
import { createInterface } from 'node:readline';
import { Trial } from './trial.ts';

const trial = await Trial.start(['¤'], {
  authorize: (member) => (member.startsWith('suggester') ? 'suggest' : 'write'),
});
const { url, pagesUrl, folder, file } = trial;
process.stdout.write(`${JSON.stringify({ url, pagesUrl, folder, file })}\n`);
for await (const _ of createInterface(process.stdin)) {
  // Any other keeps the pages that it emptied.
  globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  process.stdout.write('collected\n');
}

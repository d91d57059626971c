/** For tests that kill: a sync server as a process of its own, which prints where it is. */
import { Trial } from './trial.ts';

const trial = await Trial.start(['¤']);
process.stdout.write(`${JSON.stringify({ url: trial.url, folder: trial.folder, file: trial.file })}\n`);

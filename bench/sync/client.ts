/** The clients' process: reads one job from its standard input, does it, prints what it saw as JSON. */
import { text } from 'node:stream/consumers';
import { burst, countKept } from './burst.ts';
import { openHistory, writeHistory } from './history.ts';
import { holdMany, writeMany } from './holding.ts';
import { type Joins, joins } from './joins.ts';
import { type Keystrokes, keystrokes } from './keystrokes.ts';
import type { Target } from './line.ts';

export type Job =
  | { name: 'keystrokes'; asked: Keystrokes }
  | { name: 'joins'; asked: Joins }
  | { name: 'writeHistory' }
  | { name: 'openHistory' }
  | { name: 'writeMany' }
  | { name: 'holdMany'; fill: boolean }
  | { name: 'burst' }
  | { name: 'countKept'; client: number };

/** What a job tells: figures by name. */
export type Told = Record<string, number>;

const { job, target } = JSON.parse(await text(process.stdin)) as { job: Job; target: Target };

function perform(): Promise<Told> {
  switch (job.name) {
    case 'keystrokes':
      return keystrokes(target, job.asked);
    case 'joins':
      return joins(target, job.asked);
    case 'writeHistory':
      return writeHistory(target);
    case 'openHistory':
      return openHistory(target);
    case 'writeMany':
      return writeMany(target);
    case 'holdMany':
      return holdMany(target, job.fill);
    case 'burst':
      return burst(target);
    case 'countKept':
      return countKept(target, job.client);
  }
}

process.stdout.write(`${JSON.stringify(await perform())}\n`);
process.exit(0);

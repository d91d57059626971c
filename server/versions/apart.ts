/** Compares beside the server's own thread, within bounds: a long story with many changes takes the processor. */
import type { ActedFor } from '../../shared/versions/attribution.ts';
import type { Comparison } from '../../shared/versions/calls.ts';
import { askThread } from '../export/apart.ts';
import { createTurnstile } from '../turnstile.ts';

/** Two states as updates, and what the log knows of those between them. */
export interface Comparing {
  /** Null: nothing, so that every word is one that was added. */
  older: Uint8Array | null;
  newer: Uint8Array;
  owners: readonly (readonly [number, string | null])[];
  written: readonly { bytes: Uint8Array; member: string | null }[];
  /** Restored states, newest first. */
  restored: readonly Uint8Array[];
  actedFor: readonly ActedFor[];
}

/** Milliseconds after which a comparison is given up. */
const timeBound = 20_000;
/** Comparisons in line behind the one at work. */
const inLine = 32;

const oneByOne = createTurnstile(1, inLine);
const ask = askThread<Comparing, Comparison>(new URL('./compare-worker.ts', import.meta.url));

/** Throws `tooLarge` when it takes too long, `tooMany` when too many are waiting. */
export const compareApart = (comparing: Comparing): Promise<Comparison> =>
  oneByOne(() =>
    ask(comparing, {
      time: timeBound,
      tooLong: 'too long to compare',
      hear: (answer) => ({ done: true, answer }),
    }),
  );

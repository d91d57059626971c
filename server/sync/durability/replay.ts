/** For tests: cuts the power after every acknowledgement of a journal, and between, and looks at what may be left. */
import { readFileSync } from 'node:fs';
import { chance } from './chance.ts';
import { Disk, everything, nothing, type Pick } from './disk.ts';
import { readJournal } from './journal.ts';

export interface Replay {
  acknowledgements: number;
  /** Moments at which the power was cut. */
  cuts: number;
  /** Sets of files that were looked at. */
  images: number;
  /** What was wrong, a line for each set of files. */
  wrong: string[];
}

export interface Replaying {
  /** The journal's path. */
  journal: string;
  /** Takes in what was acknowledged; says what is wrong with files that a power cut left, null for nothing. */
  acknowledged: (mark: string) => void;
  look: (files: ReadonlyMap<string, Buffer>) => string | null;
  /** How many of the sets at each cut are drawn, beside the one with nothing and the one with everything. */
  drawn: number;
  /** The power is cut also after each so many calls, and after each of a process's first ones. */
  every: number;
  first: number;
}

export function replay({ journal, acknowledged, look, drawn, every, first }: Replaying): Replay {
  const disk = new Disk();
  const seen: Replay = { acknowledgements: 0, cuts: 0, images: 0, wrong: [] };

  function cut(calls: number) {
    seen.cuts += 1;
    const picks: Pick[] = [nothing, everything];
    for (let n = 0; n < drawn; n++) {
      const random = chance(`cut ${calls} ${n}`);
      picks.push((last) => (last === 0 ? 0 : random(last + 1)));
    }
    for (const [n, pick] of picks.entries()) {
      seen.images += 1;
      const wrong = attempt(() => look(disk.afterPowerCut(pick)));
      if (wrong) seen.wrong.push(`after call ${calls}, set ${n}: ${wrong}`);
    }
  }

  let calls = 0;
  let ofProcess = 0;
  let due = false;
  for (const call of readJournal(readFileSync(journal))) {
    if (call.what === 'mark') {
      // What is acknowledged together is cut together.
      seen.acknowledgements += 1;
      acknowledged(call.text);
      due = true;
      continue;
    }
    if (call.what === 'run') ofProcess = 0;
    if (due || calls % every === 0 || ofProcess < first) cut(calls);
    due = false;
    disk.apply(call);
    calls += 1;
    ofProcess += 1;
  }
  cut(calls);
  return seen;
}

function attempt(look: () => string | null): string | null {
  try {
    return look();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What stands on a proof: which proof of what, when, for whom, and of which state of the words. */
import { createHash } from 'node:crypto';
import type { Proof } from '../../shared/layout/proof.ts';
import type { Stage } from '../../shared/people/can.ts';

/** Whether a story of this stage is signed off 签发, so that nothing need be said across it. */
export const signedOff = (stage: Stage): boolean => stage === 'signed';

export interface ProofOf {
  kind: '大样' | '小样';
  /** The page's number; '' for a galley. */
  number: string;
  at: Date;
  /** Of the paper: Asia/Shanghai. */
  timeZone: string;
  /** The person who asks for it. */
  person: string;
  /** Everything that shows on it: two proofs of the same state have the same version. */
  state: unknown;
  stages: readonly { article: string; stage: Stage }[];
}

/** 2026年11月23日 14:05 */
function moment(at: Date, timeZone: string): string {
  const form = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const said = new Map(form.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${said.get('year')}年${said.get('month')}月${said.get('day')}日 ${said.get('hour')}:${said.get('minute')}`;
}

const versionOf = (state: unknown) =>
  createHash('sha256').update(JSON.stringify(state)).digest('hex').slice(0, 6);

export function proofOf({ kind, number, at, timeZone, person, state, stages }: ProofOf): Proof {
  const unsigned = stages.filter(({ stage }) => !signedOff(stage)).map(({ article }) => article);
  const page = number === '' ? [] : [`第${number}版`];
  const slug = [kind, ...page, moment(at, timeZone), person, `版本${versionOf(state)}`].join('　');
  // A galley says 小样 at its head, and is one column of words: a mark across it would hide what is to be read.
  return { words: kind === '大样' ? kind : '', slug, unsigned };
}

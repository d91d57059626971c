/** A timeline tells every act once: as the version that was kept for it, or as a row that points at one. */
import { expect, test } from 'vitest';
import type { Version, VersionAct } from '../../shared/versions/calls.ts';
import { rowsOf } from './rows.ts';

const version = (id: string, at: string, why: Version['why'], name = ''): Version => ({
  id,
  at,
  why,
  name,
  member: null,
  characters: 1,
  hash: id,
  work: [],
});
const act = (what: VersionAct['what'], at: string, of: string | null): VersionAct => ({
  what,
  at,
  version: of,
  member: 'm',
  before: 'first',
  reason: '',
  change: null,
});

test('acts stand among the versions by their time, and a version kept for one is that one', () => {
  const versions = [
    version('corrected', '15', 'correction'),
    version('submitted', '08', 'stage', ''),
    version('named', '05', 'stage', '初稿'),
    version('early', '02', 'stage'),
  ];
  const acts = [
    act('correct', '14', 'corrected'),
    act('ask', '13', 'submitted'),
    act('sign', '12', 'submitted'),
    act('pass', '10', 'gone'),
    act('submit', '07', 'submitted'),
    act('return', '04', 'named'),
    act('submit', '03', 'early'),
  ];
  const rows = rowsOf({ versions, acts, now: { characters: 1, work: [] } });
  expect(
    rows.map((row) => {
      if (row.kind === 'now') return 'now';
      if (row.kind === 'version') return `${row.version.id} ${row.act?.what ?? ''}`;
      return `${row.act.what} → ${row.isKept ? row.act.version : ''}`;
    }),
  ).toEqual([
    'now',
    'corrected correct',
    'ask → submitted',
    'sign → submitted',
    'pass → ',
    'submitted submit',
    'named ',
    'return → named',
    'submit → early',
    'early ',
  ]);
});

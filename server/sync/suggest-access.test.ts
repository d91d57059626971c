/** S7 over real sockets: whoever may only suggest is heard when they suggest, and closed when they write plainly. */
import { afterEach, expect, test } from 'vitest';
import { suggestWords } from '../../shared/suggestions/suggest.ts';
import { closeCodes } from '../../shared/sync/protocol.ts';
import { permit } from './messages.ts';
import { Trial, until } from './trial.ts';

let trial: Trial;
afterEach(() => trial.end());

test('S7 suggestions get in and are told to the others; plain words close the socket', async () => {
  trial = await Trial.start(['同稿']);
  trial.access.set('s', 'suggest');
  const [reader, one] = await Promise.all([trial.join('w'), trial.join('s')]);
  const { doc, text } = one;
  await until(() => text.length > 0);
  const hand = { doc, mine: (client: number) => client === doc.clientID, newId: () => 'A'.repeat(22) };
  suggestWords(hand, 1, '建议');
  await until(async () => (await trial.logged()).includes('同建议稿'));
  await until(() => reader.text.length === text.length);
  expect(one.closes).toEqual([]);
  text.insert(1, '偷');
  await until(() => one.closes.length > 0);
  expect(one.closes).toEqual([closeCodes.notAllowed]);
  expect(await trial.logged()).not.toContain('偷');
  expect(permit('suggest', false)).toBe(2);
});

/** Members who may only suggest against a running server: what they suggest is theirs, and nothing else gets in. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as Y from 'yjs';
import type { Article } from '../../shared/api.ts';
import { manuscriptOf } from '../../shared/manuscript/flat.ts';
import type { Suggestion } from '../../shared/suggestions/calls.ts';
import { readEntries } from '../../shared/suggestions/entry.ts';
import { suggestionsOf } from '../../shared/suggestions/read.ts';
import { suggestWords } from '../../shared/suggestions/suggest.ts';
import { closeCodes } from '../../shared/sync/protocol.ts';
import { TrialHouse } from '../trial-house.ts';
import { handOf, sendEdit } from '../trial-socket.ts';

let trial: TrialHouse;
let address: string;
beforeAll(async () => {
  trial = await TrialHouse.open({ LOG_LEVEL: 'silent' });
  address = (await trial.house.listen()).local.replace('http', 'ws');
});
afterAll(() => trial.close());

const editors = 77;
const words = (said: string) => (doc: Y.Doc) => suggestWords(handOf(doc), 0, said);
/** The first entry that another made, as it stands. */
const another = (doc: Y.Doc) => [...readEntries(suggestionsOf(doc))][0]!;

const attacks: Record<string, (doc: Y.Doc) => void> = {
  'plain words': (doc) => manuscriptOf(doc).insert(0, '直接'),
  'a plain deletion': (doc) => manuscriptOf(doc).delete(1, 1),
  'a look': (doc) => manuscriptOf(doc).format(0, 1, { bold: true }),
  'words and an entry that covers fewer': (doc) => {
    words('只盖一半')(doc);
    const text = manuscriptOf(doc);
    text.insert(2, '没盖');
  },
  'a claim on another’s words': (doc) => {
    const [, entry] = another(doc);
    suggestionsOf(doc).set('claimclaimclaimclaim00', { kind: 'insert', ranges: entry.ranges });
  },
  'a claim on words of the text': (doc) => {
    const item = manuscriptOf(doc)._start!;
    suggestionsOf(doc).set('claimclaimclaimclaim01', {
      kind: 'insert',
      ranges: [[item.id.client, item.id.clock, 1]],
    });
  },
  'another’s entry widened': (doc) => {
    const [id, entry] = another(doc);
    const [[client, clock, length] = [0, 0, 0]] = entry.ranges;
    suggestionsOf(doc).set(id, { ...entry, ranges: [[client, clock, length + 1]] });
  },
  'another’s entry withdrawn': (doc) => suggestionsOf(doc).delete(another(doc)[0]),
  'an entry with an author in it': (doc) => {
    words('署他人')(doc);
    const [id, entry] = [...readEntries(suggestionsOf(doc))].at(-1)!;
    suggestionsOf(doc).set(id, { ...entry, member: trial.idOf('editor') });
  },
  'the server’s own record of what was accepted': (doc) => {
    const [, entry] = another(doc);
    suggestionsOf(doc).set('accepted:0', { kind: 'accepted', ranges: entry.ranges });
  },
};

test('a suggestion is its sender’s, by the log; nothing that is forged gets in', async () => {
  const { id } = await trial.get<Article>('zhangxiaoyan', 'POST', '/api/articles', {
    paragraphs: [{ style: 'body', text: '原来的一段话。', marks: [] }],
  });
  await trial.house.newsroom.updateTable('articles').set({ stage: 'first' }).where('id', '=', id).execute();
  const send = (handle: string, act: (doc: Y.Doc) => void, client?: number) =>
    sendEdit(trial, address, { handle, article: id, ...(client === undefined ? {} : { client }) }, act);
  const list = () => trial.get<Suggestion[]>('editor', 'GET', `/api/articles/${id}/suggestions`);
  expect(await send('editor', words('编辑加的'), editors)).toBe('in');

  const refusals: unknown[] = [closeCodes.notAllowed, closeCodes.badMessage];
  for (const [name, attack] of Object.entries(attacks))
    expect(refusals, name).toContain(await send('zhangxiaoyan', attack));
  expect(await send('zhangxiaoyan', words('冒名'), editors)).not.toBe('in');
  const story = await trial.get<{ paragraphs: { text: string }[] }>(
    'editor',
    'GET',
    `/api/articles/${id}/story`,
  );
  expect(story.paragraphs.map(({ text }) => text)).toEqual(['原来的一段话。']);
  expect((await list()).map(({ text, member }) => [text, member])).toEqual([
    ['编辑加的', trial.idOf('editor')],
  ]);

  expect(await send('zhangxiaoyan', words('记者加的'))).toBe('in');
  expect((await list()).map(({ text, member }) => [text, member])).toEqual([
    ['记者加的', trial.idOf('zhangxiaoyan')],
    ['编辑加的', trial.idOf('editor')],
  ]);
  const which = { member: trial.idOf('zhangxiaoyan') };
  await trial.get('editor', 'POST', `/api/articles/${id}/suggestions/answers`, { answer: 'accept', which });
  expect((await list()).map(({ text }) => text)).toEqual(['编辑加的']);
  const kept = trial.house.newsroom.selectFrom('suggestion_answers').selectAll().where('article', '=', id);
  expect(await kept.execute()).toMatchObject([
    { text: '记者加的', author: which.member, member: trial.idOf('editor') },
  ]);
});

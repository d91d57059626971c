/** Every duty × stage over the live document's socket: plain words and suggestions get in exactly where the table says. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as Y from 'yjs';
import type { Article } from '../../shared/api.ts';
import { manuscriptOf } from '../../shared/manuscript/flat.ts';
import { type ArticleFacts, canOnArticle } from '../../shared/people/can.ts';
import { roles } from '../../shared/people/person.ts';
import { storyStages } from '../../shared/review/stages.ts';
import { suggestWords } from '../../shared/suggestions/suggest.ts';
import { closeCodes } from '../../shared/sync/protocol.ts';
import { TrialHouse } from '../trial-house.ts';
import { handOf, sendEdit } from '../trial-socket.ts';

let trial: TrialHouse;
let address: string;
beforeAll(async () => {
  trial = await TrialHouse.open({ LOG_LEVEL: 'silent' });
  for (const role of roles) await trial.add(`one${role.toLowerCase()}`, role);
  address = (await trial.house.listen()).local.replace('http', 'ws');
});
afterAll(() => trial.close());

const plain = (doc: Y.Doc) => manuscriptOf(doc).insert(0, '字');
const suggested = (doc: Y.Doc) => suggestWords(handOf(doc), 0, '议');
const send = (handle: string, article: string, act: (doc: Y.Doc) => void) =>
  sendEdit(trial, address, { handle, article }, act);

test('every duty × stage: who writes, who only suggests, and who neither', async () => {
  const { id } = await trial.get<Article>('zhangxiaoyan', 'POST', '/api/articles', {
    paragraphs: [{ style: 'headline', text: '一稿', marks: [] }],
  });
  await trial.get('zhangxiaoyan', 'PUT', `/api/articles/${id}/people/${trial.idOf('chengjianzheng')}`);
  const people = ['zhangxiaoyan', 'chengjianzheng'].map((handle) => trial.idOf(handle));
  const callers = ['zhangxiaoyan', 'chengjianzheng', ...roles.map((role) => `one${role.toLowerCase()}`)];
  let tried = 0;
  for (const stage of storyStages) {
    await trial.house.newsroom.updateTable('articles').set({ stage }).where('id', '=', id).execute();
    const facts: ArticleFacts = { stage, section: '', people };
    for (const handle of callers) {
      const { member } = trial.of(handle);
      const may = (action: 'read' | 'write' | 'suggest') => canOnArticle(member, action, facts);
      const no = may('read') ? closeCodes.notAllowed : closeCodes.notFound;
      const wanted = [may('write') ? 'in' : no, may('write') || may('suggest') ? 'in' : no];
      const came = [await send(handle, id, plain), await send(handle, id, suggested)];
      expect([stage, handle, ...came]).toEqual([stage, handle, ...wanted]);
      tried += came.length;
    }
  }
  expect(tried).toBe(storyStages.length * callers.length * 2);
});

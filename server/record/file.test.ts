/** The story's file over HTTP: everything on record about a story, for those who may read it, with nothing that runs. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Article } from '../../shared/api.ts';
import { manuscriptOf } from '../../shared/manuscript/flat.ts';
import {
  suggestDeletion,
  suggestEnd,
  suggestFormat,
  suggestWords,
} from '../../shared/suggestions/suggest.ts';
import type { Comparison, Version } from '../../shared/versions/calls.ts';
import { TrialHouse } from '../trial-house.ts';
import { handOf, sendEdit } from '../trial-socket.ts';

let trial: TrialHouse;
beforeAll(async () => {
  trial = await TrialHouse.open({ LOG_LEVEL: 'silent' });
});
afterAll(() => trial.close());

const paragraphs = [
  { style: 'headline', text: '泺口<b>双转型', marks: [] },
  { style: 'body', text: '服装城的地理位制很好。', marks: [] },
];

test('has who wrote, every decision with its reason, what changed, the signature, and corrections with the rate', async () => {
  const { id } = await trial.get<Article>('zhangxiaoyan', 'POST', '/api/articles', { paragraphs });
  const act = (handle: string, body: object) =>
    trial.get<{ hash: string }>(handle, 'POST', `/api/articles/${id}/acts`, body);
  await act('zhangxiaoyan', { action: 'submit' });
  await act('editor', { action: 'return', reason: '核对<地点>' });
  await trial.house.manuscripts.edit(id, (doc) => manuscriptOf(doc).insert(20, '今年'));
  await act('zhangxiaoyan', { action: 'submit' });
  await act('editor', { action: 'pass' });
  await act('deskhead', { action: 'pass' });
  const { hash } = await act('chief', { action: 'sign' });
  const file = async (handle: string, language = 'zh') =>
    trial.ask(trial.of(handle).token, 'GET', `/api/articles/${id}/file?language=${language}`);
  expect((await file('chief')).text).toContain('现在的文字与签发时一致');
  const asked = { paragraph: 1, start: 0, quote: '位制', wanted: '位置' };
  const { id: correction } = await trial.get<{ id: string }>(
    'zhangxiaoyan',
    'POST',
    `/api/articles/${id}/corrections`,
    asked,
  );
  await trial.get('editor', 'POST', `/api/articles/${id}/corrections/${correction}`, {
    answer: 'apply',
    stated: true,
  });

  const { text, headers } = await file('zhangxiaoyan');
  expect(headers['content-security-policy']).toContain("sandbox; default-src 'none'");
  for (const words of [
    '张晓燕（记者）',
    '核对&lt;地点&gt;',
    '泺口&lt;b&gt;双转型',
    '二审 → 三审',
    '送审的第一稿，19 字',
    '加 2 字，删 0 字',
    '此后只作了下列经确认的更正，现在的文字与更正后一致',
    hash.slice(0, 16),
    '<del>位制</del> <ins>位置</ins>',
    '签发后更正 1 处，计 1 个错，每万字 476.19 个；万分之三为合格线：不合格',
    '<td>确认更正</td>',
  ])
    expect(text).toContain(words);
  expect(text).not.toMatch(/<script|https?:\/\//);
  const english = (await file('chief', 'en')).text;
  for (const words of ['Second review → Third review', '张晓燕 (reporter)', 'Characters by each: '])
    expect(english).toContain(words);
  const settings = await trial.get<object>('chief', 'GET', '/api/review');
  await trial.get('admin', 'PUT', '/api/review', { ...settings, roleNames: { editor: '值班编辑<甲>' } });
  expect((await file('chief')).text).toContain('值班编辑&lt;甲&gt;');
  for (const [handle, status] of [
    ['zongzhaoyang', 403],
    ['proof1', 403],
    ['designer', 403],
    ['admin', 200],
    ['chengjianzheng', 404],
  ] as const)
    expect([handle, (await file(handle)).status]).toEqual([handle, status]);
});

test('what an editor suggested is theirs once accepted, a correction whoever’s asked for it, and the file says each in words', async () => {
  const address = (await trial.house.listen()).local.replace('http', 'ws');
  const { id } = await trial.get<Article>('zhangxiaoyan', 'POST', '/api/articles', { paragraphs });
  const act = (handle: string, body: object) => trial.get(handle, 'POST', `/api/articles/${id}/acts`, body);
  const edit = (client: number, change: Parameters<typeof sendEdit>[3]) =>
    sendEdit(trial, address, { handle: 'editor', article: id, client }, change);
  await act('zhangxiaoyan', { action: 'submit' });
  // 泺口<b>双转型 and its end, then 服装城的地理位制很好。
  expect(await edit(501, (doc) => void suggestDeletion(handOf(doc), 12, 14))).toBe('in');
  expect(await edit(502, (doc) => suggestWords(handOf(doc), 18, '真'))).toBe('in');
  expect(
    await edit(503, (doc) => suggestEnd(handOf(doc), manuscriptOf(doc).length - 1, { style: 'lead' })),
  ).toBe('in');
  expect(await edit(504, (doc) => suggestFormat(handOf(doc), 9, 12, { bold: true }))).toBe('in');
  await trial.get('editor', 'POST', `/api/articles/${id}/suggestions/answers`, {
    answer: 'accept',
    which: { all: true },
  });
  await act('editor', { action: 'pass' });
  await act('deskhead', { action: 'pass' });
  await act('chief', { action: 'sign' });
  const asked = { paragraph: 1, start: 0, quote: '位制', wanted: '位置' };
  const { id: correction } = await trial.get<{ id: string }>(
    'zhangxiaoyan',
    'POST',
    `/api/articles/${id}/corrections`,
    asked,
  );
  await trial.get('editor', 'POST', `/api/articles/${id}/corrections/${correction}`, {
    answer: 'apply',
    stated: true,
  });

  const { versions } = await trial.get<{ versions: Version[] }>(
    'editor',
    'GET',
    `/api/articles/${id}/versions`,
  );
  const compared = await trial.get<Comparison>(
    'editor',
    'GET',
    `/api/articles/${id}/versions/${versions.at(-1)?.id}/compare`,
  );
  expect(compared.work).toEqual([
    { member: trial.idOf('editor'), added: 1, removed: 2 },
    { member: trial.idOf('zhangxiaoyan'), added: 1, removed: 1 },
  ]);
  const { text } = await trial.ask(trial.of('editor').token, 'GET', `/api/articles/${id}/file`);
  const editor = trial.of('editor').member.name;
  for (const words of [
    `${editor}：加 1 字，删 2 字`,
    '<span class="small">删</span> <del>的地</del>',
    '<span class="small">加</span> <ins>真</ins>',
    '<span class="small">正文 改为 导语</span>',
    '<span class="small">加粗</span> ',
    `<span class="who">${editor}</span> <span class="who">采纳</span>`,
  ])
    expect(text).toContain(words);
  expect(text).not.toContain('同稿：');
  expect(text).not.toContain('接受');
});

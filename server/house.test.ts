/** The whole house on a real data folder: every call of shared/api.ts against every duty, and the newsroom's
 * own rules. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Article, api, type Member } from '../shared/api.ts';
import type { Call } from '../shared/base/call.ts';
import { must } from '../shared/base/must.ts';
import { plainStyles } from '../shared/pages/styles.ts';
import {
  type ArticleAction,
  canInNewsroom,
  canOnArticle,
  type NewsroomAction,
} from '../shared/people/can.ts';
import type { Role } from '../shared/people/person.ts';
import { readConfig } from './config.ts';
import { type House, openHouse } from './house.ts';
import { openLogger } from './log.ts';
import { addMember } from './people/members.ts';
import { addToken } from './people/tokens.ts';
import { readSampleStories } from './sample/stories.ts';
import type { Newsroom } from './storage/newsroom.ts';

let folder: string;
let house: House;
let newsroom: Newsroom;
const members = new Map<string, Member>();
const tokens = new Map<string, string>();

function configOf(dataDir: string) {
  const reading = readConfig([], { DATA_DIR: dataDir, LOG_LEVEL: 'warn', PORT: '0' });
  if (reading.kind !== 'config') throw new Error(reading.kind);
  return reading.config;
}

async function join(member: Member) {
  members.set(member.handle, member);
  tokens.set(member.handle, (await addToken(newsroom, member.id, 'test', new Date())).token);
}

/** Calls as a member, or as nobody. */
async function ask(handle: string | null, method: Call['method'], url: string, body?: object) {
  const answer = await house.app.inject({
    method,
    url,
    headers: handle === null ? {} : { authorization: `Bearer ${must(tokens.get(handle), handle)}` },
    ...(body ? { payload: body } : {}),
  });
  return {
    status: answer.statusCode,
    text: answer.body,
    json: <T>() => answer.json() as T,
    headers: answer.headers,
  };
}

const idOf = (handle: string) => must(members.get(handle), handle).id;
const nowhere = '0'.repeat(22);

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'tonggao-house-'));
  house = await openHouse(configOf(folder), openLogger('warn'));
  ({ newsroom } = house);
  for (const member of house.made) await join(member);
  for (const [handle, role] of [
    ['stranger', 'correspondent'],
    ['colleague', 'reporter'],
    ['passerby', 'reporter'],
  ] as const) {
    const added = { handle, name: handle, role };
    await join(await newsroom.transaction().execute((one) => addMember(one, added, new Date())));
  }
});

afterAll(async () => {
  await house.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the sample newsroom', () => {
  test('has its members, both stories as the structure reads, and one page that holds both', async () => {
    expect(house.made.map(({ handle, name, role, color }) => [handle, name, role, color])).toEqual([
      ['zongzhaoyang', '宗兆洋', 'reporter', 2],
      ['zhangxiaoyan', '张晓燕', 'reporter', 0],
      ['chengjianzheng', '程建政', 'correspondent', 1],
      ['editor', '责编', 'editor', 5],
      ['deskhead', '部主任', 'deskHead', 4],
      ['chief', '值班总编', 'chief', 3],
      ['proof1', '校对甲', 'proofreader', 7],
      ['proof2', '校对乙', 'proofreader', 7],
      ['proof3', '校对丙', 'proofreader', 7],
      ['designer', '美编', 'designer', 6],
      ['admin', '管理员', 'administrator', 7],
    ]);
    const articles = (await ask('editor', 'GET', '/api/articles')).json<Article[]>();
    const right = readSampleStories();
    for (const [words, story, people] of [
      ['党建', right.a, ['zongzhaoyang']],
      ['泺口', right.b, ['zhangxiaoyan', 'chengjianzheng']],
    ] as const) {
      const article = must(
        articles.find(({ headline }) => headline.includes(words)),
        words,
      );
      const told = (await ask('editor', 'GET', `/api/articles/${article.id}/story`)).json<{
        paragraphs: unknown;
      }>();
      const photograph = { image: expect.any(String), width: 1800, height: 1200, credit: '同稿制图' };
      expect(told.paragraphs).toEqual(
        story.map((one) => (one.style === 'figure' ? { ...one, ...photograph, alt: one.text } : one)),
      );
      expect(article.people.map(({ member }) => member)).toEqual(people.map(idOf));
      expect(article.characters).toBe(
        story.reduce((sum, { text }) => sum + [...text.replace(/\s/gu, '')].length, 0),
      );
      expect(article.pages).toMatchObject([{ number: 'A03', section: '要闻' }]);
    }
  });
});

interface Rule {
  /** What the caller must be allowed; a function for what no table says. */
  needs:
    | 'signed'
    | 'public'
    | { article: ArticleAction }
    | { newsroom: NewsroomAction }
    | 'own'
    /** One's own account, which no program changes. */
    | 'session'
    /** By the story's stage: every one of them is tried in server/review/review.test.ts. */
    | 'act';
  body?: object;
  /** What anybody gets for such a body where it is not that the secret is spent. */
  gives?: number;
}

/** What each call needs; a call that is missing here does not compile. */
const rules: Record<keyof typeof api, Rule> = {
  signInWays: { needs: 'public', gives: 200 },
  readSignInLink: { needs: 'public', body: { token: 'x' } },
  signIn: { needs: 'public', body: { token: 'x' } },
  signInByPassword: { needs: 'public', body: { handle: 'admin', password: 'x' }, gives: 401 },
  signInSecond: { needs: 'public', body: { code: '000000' } },
  passkeyQuestion: { needs: 'public', gives: 200 },
  signInByPasskey: { needs: 'public', body: { response: {} } },
  signOut: { needs: 'signed' },
  readInvitation: { needs: 'public', body: { token: 'x' } },
  acceptInvitation: { needs: 'public', body: { token: 'x', handle: 'xx', name: 'x' } },
  invitations: { needs: 'signed' },
  addInvitation: { needs: { newsroom: 'members.manage' }, body: { name: 'x', role: 'reporter' } },
  removeInvitation: { needs: 'own' },
  me: { needs: 'signed' },
  people: { needs: 'signed' },
  members: { needs: { newsroom: 'members.manage' } },
  addMember: { needs: { newsroom: 'members.manage' }, body: { handle: 'editor', name: 'x', role: 'editor' } },
  changeMember: { needs: { newsroom: 'members.manage' }, body: { name: 'colleague' } },
  memberLink: { needs: { newsroom: 'members.manage' } },
  endMemberSessions: { needs: { newsroom: 'members.manage' } },
  resetMember: { needs: { newsroom: 'members.manage' } },
  account: { needs: 'signed' },
  setPassword: { needs: 'session', body: { password: '春江潮水连海平海上明月共潮生' } },
  removePassword: { needs: 'session', body: { current: 'x' } },
  passkeyOffer: { needs: 'session' },
  addPasskey: { needs: 'session', body: { name: 'x', response: {} } },
  removePasskey: { needs: 'session' },
  offerSecondFactor: { needs: 'session' },
  confirmSecondFactor: { needs: 'session', body: { code: '000000' } },
  proofQuestion: { needs: 'session' },
  prove: { needs: 'session', body: { by: 'code', code: '000000' } },
  renewRecoveryCodes: { needs: 'session', body: { code: '000000' } },
  removeSecondFactor: { needs: 'session', body: { code: '000000' } },
  endSession: { needs: 'session' },
  endOtherSessions: { needs: 'session' },
  tokens: { needs: 'signed' },
  addToken: { needs: 'session', body: { name: 'x' } },
  removeToken: { needs: 'own' },
  articles: { needs: 'signed' },
  article: { needs: { article: 'read' } },
  addArticle: { needs: { newsroom: 'article.create' }, body: {} },
  renameArticle: { needs: { article: 'rename' }, body: { title: '题' } },
  review: { needs: { article: 'read' } },
  changedSince: { needs: { article: 'read' } },
  actOnArticle: { needs: 'act', body: { action: 'spike', reason: '重复' } },
  addCorrection: { needs: 'act', body: { paragraph: 0, start: 0, quote: '的', wanted: '地' } },
  answerCorrection: { needs: 'act', body: { answer: 'apply' } },
  suggestions: { needs: { article: 'read' } },
  answerSuggestions: { needs: { article: 'answer' }, body: { answer: 'accept', which: { all: true } } },
  notices: { needs: 'signed' },
  openNotices: { needs: 'signed' },
  mail: { needs: 'signed' },
  changeMail: { needs: 'signed', body: { pace: 'soon', dailyAt: '08:30', quiet: null, language: 'zh' } },
  tryMail: { needs: 'signed', body: { language: 'zh' }, gives: 409 },
  seeNotice: { needs: 'own' },
  doneNotice: { needs: 'own' },
  seeStoryNotices: { needs: { article: 'read' } },
  seeAllNotices: { needs: 'signed' },
  reviewSettings: { needs: 'signed' },
  changeReviewSettings: {
    needs: { newsroom: 'review.change' },
    body: { steps: { first: true, second: true, proof1: true, proof2: true }, roleNames: {} },
  },
  invite: { needs: { article: 'invite' } },
  uninvite: { needs: { article: 'invite' } },
  story: { needs: { article: 'read' } },
  changes: { needs: { newsroom: 'article.recover' } },
  recover: { needs: { newsroom: 'article.recover' }, body: { seq: 1 } },
  versions: { needs: { article: 'read' } },
  addVersion: { needs: { article: 'suggest' }, body: { name: '送审前' } },
  renameVersion: { needs: { article: 'suggest' }, body: { name: '定稿' } },
  compareVersions: { needs: { article: 'read' } },
  restoreVersion: { needs: { article: 'write' } },
  findLost: { needs: { article: 'suggest' } },
  authors: { needs: { article: 'read' } },
  articleFile: { needs: { article: 'file' } },
  comments: { needs: { article: 'read' } },
  addThread: { needs: { article: 'comment' }, body: { quote: '正文', text: '核。' } },
  reply: { needs: { article: 'comment' }, body: { text: '好。' } },
  editComment: { needs: 'own', body: { text: '改。' } },
  removeComment: { needs: 'own' },
  commentHistory: { needs: { article: 'read' } },
  react: { needs: { article: 'comment' }, body: { reaction: 'agree', on: true } },
  assignThread: { needs: { article: 'comment' }, body: { member: nowhere } },
  unassignThread: { needs: { article: 'comment' } },
  talkFile: { needs: { article: 'read' } },
  resolveThread: { needs: { article: 'comment' } },
  reopenThread: { needs: { article: 'comment' } },
  readThread: { needs: { article: 'read' } },
  addPicture: { needs: { article: 'suggest' } },
  picture: { needs: { article: 'read' } },
  addPagePicture: { needs: { newsroom: 'page.lay' } },
  // Whoever sees pages whole may also take them as files.
  pagePicture: { needs: { newsroom: 'page.export' } },
  editions: { needs: 'signed' },
  addEdition: { needs: { newsroom: 'page.lay' }, body: { date: '2027-01-01' } },
  changeEdition: { needs: { newsroom: 'page.lay' }, body: { issue: '7' } },
  removeEdition: { needs: { newsroom: 'page.lay' } },
  exportEdition: { needs: { newsroom: 'page.export' } },
  addPage: { needs: { newsroom: 'page.lay' }, body: { edition: nowhere, number: 'A09' } },
  changePage: { needs: { newsroom: 'page.lay' }, body: { section: '要闻' } },
  removePage: { needs: { newsroom: 'page.lay' } },
  press: { needs: 'signed' },
  changePress: { needs: { newsroom: 'press.change' } },
  removePress: { needs: { newsroom: 'press.change' } },
  styles: { needs: 'signed' },
  changeStyles: { needs: { newsroom: 'styles.change' }, body: plainStyles },
  pages: { needs: 'signed' },
  page: { needs: 'signed' },
  drawing: { needs: 'signed' },
  pageReview: { needs: 'act' },
  actOnPage: { needs: 'act', body: { action: 'sign' } },
  addMark: { needs: 'act', body: { kind: 'layout', note: '线断了' } },
  answerMark: { needs: 'act', body: { answer: 'apply' } },
  removeMark: { needs: 'act' },
  preflight: { needs: { newsroom: 'page.export' } },
  exportPage: { needs: { newsroom: 'page.export' } },
  exportArticle: { needs: { article: 'export' } },
};

const callers = [
  'zhangxiaoyan',
  'colleague',
  'chengjianzheng',
  'stranger',
  'editor',
  'deskhead',
  'chief',
  'proof1',
  'designer',
  'admin',
] as const;

/** A fresh story of 张晓燕 with 程建政, and as far as a path asks for them, a thread of hers on it and a version. */
async function freshStory(path = ':thread :version') {
  const article = (await ask('zhangxiaoyan', 'POST', '/api/articles', { title: '新稿' })).json<Article>().id;
  await ask('zhangxiaoyan', 'PUT', `/api/articles/${article}/people/${idOf('chengjianzheng')}`);
  const said = { quote: '无', text: '问。' };
  const thread = path.includes(':thread')
    ? (await ask('zhangxiaoyan', 'POST', `/api/articles/${article}/comments`, said)).json<{
        id: string;
        comments: { id: string }[];
      }>()
    : { id: nowhere, comments: [{ id: nowhere }] };
  const kept = { article, why: 'named', member: idOf('zhangxiaoyan'), name: '初稿' } as const;
  const version = path.includes(':version') ? must(await house.keepVersion(kept), 'a version').id : nowhere;
  return { article, version, thread: thread.id, comment: must(thread.comments[0], 'the comment').id };
}

const article = (call: Call) => call.path.startsWith('/api/articles/:id');
const page = (call: Call) => call.path.startsWith('/api/pages/:id');

let editions = 0;
/** An edition of a day that no other has, and a page in it. */
async function freshEdition() {
  editions += 1;
  const date = new Date(Date.UTC(2030, 0, editions)).toISOString().slice(0, 10);
  const { id } = (await ask('designer', 'POST', '/api/editions', { date })).json<{ id: string }>();
  const added = await ask('designer', 'POST', '/api/pages', { edition: id, number: 'A01' });
  return { edition: id, page: added.json<{ id: string }>().id };
}

describe('every call against every duty', () => {
  test('security row 7: what is not public refuses nobody-in-particular, and is there', async () => {
    for (const [name, call] of Object.entries(api) as [keyof typeof api, Call][]) {
      const url = call.path.replaceAll(/:\w+/g, nowhere);
      const { status, text } = await ask(null, call.method, url, rules[name].body);
      if (rules[name].needs === 'public') expect([name, status]).toEqual([name, rules[name].gives ?? 410]);
      else expect([name, status, text]).toEqual([name, 401, '{"error":"signInNeeded"}']);
    }
  });

  test('security row 24: what one may not know of answers as what is not there', async () => {
    const { article: secret, version, thread, comment } = await freshStory();
    for (const [name, call] of Object.entries(api) as [keyof typeof api, Call][]) {
      if (!article(call)) continue;
      const at = (id: string) =>
        call.path
          .replace(':id', id)
          .replace(':thread', thread)
          .replace(':comment', comment)
          .replace(':member', idOf('editor'))
          .replace(':image', nowhere)
          .replace(':version', version)
          .replace(':correction', nowhere)
          .replace(':mark', nowhere);
      const [hidden, absent] = [
        await ask('stranger', call.method, at(secret), rules[name].body),
        await ask('stranger', call.method, at(nowhere), rules[name].body),
      ];
      expect([name, hidden.status, hidden.text]).toEqual([name, 404, absent.text]);
      expect(absent.status).toBe(404);
      expect((await ask('admin', call.method, at(nowhere), rules[name].body)).status, name).toBe(404);
    }
  });

  test.each(callers)('%s may do what the table says and nothing else', async (handle) => {
    const actor = must(members.get(handle), handle);
    // The sample's, which everybody on its stories may know of.
    const pages = (await ask('designer', 'GET', '/api/pages'))
      .json<{ id: string; number: string }[]>()
      .filter(({ number }) => number === 'A03');
    for (const [name, call] of Object.entries(api) as [keyof typeof api, Call][]) {
      const { needs, body } = rules[name];
      if (needs === 'public') continue;
      const story = article(call)
        ? await freshStory(call.path)
        : { article: nowhere, version: nowhere, thread: nowhere, comment: nowhere };
      const facts = {
        stage: 'draft' as const,
        section: '',
        people: ['zhangxiaoyan', 'chengjianzheng'].map(idOf),
      };
      let id = article(call) ? story.article : page(call) ? must(pages[0], 'a page').id : idOf('passerby');
      if (name === 'removePage' && handle !== 'stranger' && handle !== 'chengjianzheng')
        id = (await freshEdition()).page;
      else if (call.path.startsWith('/api/editions/:id')) id = (await freshEdition()).edition;
      const url = call.path
        .replace(':id', id)
        .replace(':thread', story.thread)
        .replace(':comment', story.comment)
        .replace(':member', idOf('chengjianzheng'))
        .replace(':image', nowhere)
        .replace(':version', story.version)
        .replace(':correction', nowhere)
        .replace(':mark', nowhere);
      const given = name === 'addPage' ? { ...body, edition: (await freshEdition()).edition } : body;
      const { status, text } = await ask(handle, call.method, url, given);
      const where = `${name} as ${handle}: ${status} ${text.slice(0, 200)}`;
      expect(status, where).not.toBe(500);
      if (article(call) && !canOnArticle(actor, 'read', facts)) {
        expect(status, where).toBe(404);
      } else if (page(call) && handle === 'stranger') {
        expect(status, where).toBe(404);
      } else if (typeof needs === 'object') {
        const may =
          'article' in needs
            ? canOnArticle(actor, needs.article, facts)
            : canInNewsroom(actor, needs.newsroom);
        if (!may) expect(status, where).toBe(403);
        // No picture was sent, so that there is none to see.
        else if (name !== 'picture' && name !== 'pagePicture')
          expect([401, 403, 404], where).not.toContain(status);
      } else if (needs === 'act') {
        expect([200, 403, 404, 409], where).toContain(status);
      } else if (needs === 'session') {
        expect([status, text], where).toEqual([403, expect.stringContaining('notAllowed')]);
      } else if (needs === 'own') {
        const refusal = call.path.startsWith('/api/articles/') ? 403 : 404;
        if (handle !== 'zhangxiaoyan' || refusal === 404) expect(status, where).toBe(refusal);
        else expect([200, 204], where).toContain(status);
      } else {
        expect([rules[name].gives ?? 200, 204], where).toContain(status);
      }
    }
  });

  test.each(callers)(
    '%s invites guests to a story as the table says, and colleagues as it says',
    async (handle) => {
      const actor = must(members.get(handle), handle);
      const { article: id } = await freshStory();
      const facts = {
        stage: 'draft' as const,
        section: '',
        people: ['zhangxiaoyan', 'chengjianzheng'].map(idOf),
      };
      const invite = async (role: Role, story?: string) =>
        (await ask(handle, 'POST', '/api/invitations', { name: '来客', role, article: story })).status;
      const guest = !canOnArticle(actor, 'read', facts)
        ? 404
        : canOnArticle(actor, 'invite', facts)
          ? 200
          : 403;
      expect(await invite('correspondent', id)).toBe(guest);
      expect(await invite('chief', id)).toBe(guest === 200 ? 400 : guest);
      expect(await invite('chief')).toBe(canInNewsroom(actor, 'members.manage') ? 200 : 403);
    },
  );

  test('a guest who comes by an invitation sees that story and no other', async () => {
    const { article: id } = await freshStory();
    const body = { name: '来客', role: 'correspondent', article: id };
    const { link } = (await ask('zhangxiaoyan', 'POST', '/api/invitations', body)).json<{ link: string }>();
    const came = await house.app.inject({
      method: 'POST',
      url: '/api/invitations/accept',
      payload: { token: link.split('#')[1], handle: 'laike', name: '来客' },
    });
    const cookie = String(came.headers['set-cookie']).split(';')[0] ?? '';
    const look = async (url: string) => house.app.inject({ url, headers: { cookie } });
    const listed = (await look('/api/articles')).json() as Article[];
    expect(listed.map((one) => [one.id, one.may.write, one.may.invite])).toEqual([[id, true, false]]);
    const { article: other } = await freshStory();
    expect((await look(`/api/articles/${other}/story`)).statusCode).toBe(404);
    expect((await look(`/api/articles/${id}/story`)).statusCode).toBe(200);
  });

  test('a correspondent’s list holds their invitations alone', async () => {
    const { article: id } = await freshStory();
    const ids = (await ask('chengjianzheng', 'GET', '/api/articles')).json<Article[]>().map((one) => one.id);
    expect(ids).toContain(id);
    for (const handle of ['chengjianzheng', 'stranger']) {
      const listed = (await ask(handle, 'GET', '/api/articles')).json<Article[]>();
      for (const { people } of listed) expect(people.map(({ member }) => member)).toContain(idOf(handle));
    }
  });
});

describe('articles', () => {
  test('making one lists its maker; the part is that of the duty; inviting twice is inviting once', async () => {
    const made = (await ask('chengjianzheng', 'POST', '/api/articles')).json<Article>();
    expect(made).toMatchObject({
      title: '',
      headline: '',
      stage: 'draft',
      characters: 0,
      people: [{ member: idOf('chengjianzheng'), part: 'correspondent' }],
      may: { write: true, invite: false },
    });
    const story = (await ask('chengjianzheng', 'GET', `/api/articles/${made.id}/story`)).json<{
      paragraphs: object[];
    }>();
    expect(story.paragraphs).toMatchObject([{ style: 'headline' }, { style: 'body' }]);
    for (let n = 0; n < 2; n++) {
      const invited = await ask('editor', 'PUT', `/api/articles/${made.id}/people/${idOf('colleague')}`);
      expect(invited.json<Article>().people).toEqual([
        { member: idOf('chengjianzheng'), part: 'correspondent' },
        { member: idOf('colleague'), part: 'reporter' },
      ]);
    }
    expect((await ask('editor', 'PUT', `/api/articles/${made.id}/people/${nowhere}`)).status).toBe(404);
    const renamed = await ask('colleague', 'PATCH', `/api/articles/${made.id}`, { title: ' 夜市 ' });
    expect(renamed.json()).toMatchObject({ title: '夜市', headline: '夜市' });
  });

  test('the last reporter stays, and so does the only person', async () => {
    const { article: id } = await freshStory();
    const remove = (handle: string) => ask('editor', 'DELETE', `/api/articles/${id}/people/${idOf(handle)}`);
    expect((await remove('zhangxiaoyan')).json()).toMatchObject({ error: 'conflict' });
    await ask('editor', 'PUT', `/api/articles/${id}/people/${idOf('colleague')}`);
    expect((await remove('zhangxiaoyan')).status).toBe(200);
    expect((await remove('colleague')).status).toBe(409);
    expect((await remove('chengjianzheng')).status).toBe(200);
    expect((await remove('chengjianzheng')).status).toBe(404);
    expect((await ask('chengjianzheng', 'GET', `/api/articles/${id}`)).status).toBe(404);
  });

  test('a spiked story is read and talked about, not written, and its author brings a draft back', async () => {
    const { article: id } = await freshStory();
    const act = (action: string) =>
      ask('zhangxiaoyan', 'POST', `/api/articles/${id}/acts`, { action, reason: '重复' });
    const told = async () => (await ask('zhangxiaoyan', 'GET', `/api/articles/${id}`)).json<Article>();
    expect((await act('spike')).json()).toMatchObject({ stage: 'spiked' });
    expect(await told()).toMatchObject({
      stage: 'spiked',
      may: { write: false, comment: true, acts: ['restore'] },
    });
    expect((await ask('zhangxiaoyan', 'PATCH', `/api/articles/${id}`, { title: 'x' })).status).toBe(403);
    expect((await act('spike')).status).toBe(409);
    expect((await act('restore')).status).toBe(200);
    expect(await told()).toMatchObject({ stage: 'draft' });
  });
});

test('a lead with sections leads the stories of those and of none, from the moment it is said', async () => {
  const { article: id } = await freshStory();
  const may = async () => (await ask('editor', 'GET', `/api/articles/${id}`)).json<Article>().may;
  const sections = (names: string[]) =>
    ask('admin', 'PATCH', `/api/members/${idOf('editor')}`, { sections: names });
  const section = async (name: string) =>
    (await ask('zhangxiaoyan', 'PATCH', `/api/articles/${id}`, { section: name })).json<Article>();
  expect((await sections(['要闻', '经济'])).status).toBe(200);
  expect(await may()).toMatchObject({ invite: true, acts: ['spike'] });
  expect(await section(' 体育 ')).toMatchObject({ section: '体育', title: '新稿' });
  expect(await may()).toMatchObject({ invite: false, acts: [], comment: true });
  const put = () => ask('editor', 'PUT', `/api/articles/${id}/people/${idOf('colleague')}`);
  expect((await put()).status).toBe(403);
  await section('经济');
  expect((await put()).status).toBe(200);
  await section('体育');
  await sections([]);
  expect(await may()).toMatchObject({ invite: true });
  const change = async (handle: string, body: object) =>
    (await ask(handle, 'PATCH', `/api/articles/${id}`, body)).status;
  expect([await change('editor', { section: '经济' }), await change('editor', { title: '题' })]).toEqual([
    200, 403,
  ]);
  await ask('zhangxiaoyan', 'PUT', `/api/articles/${id}/people/${idOf('chengjianzheng')}`);
  const guest = 'chengjianzheng';
  expect([await change(guest, { title: '题' }), await change(guest, { section: '体育' })], 'a guest').toEqual(
    [200, 403],
  );
  expect(await change(guest, { title: '题', section: '体育' })).toBe(403);
  expect(
    (await ask('zhangxiaoyan', 'PATCH', `/api/articles/${id}`, { section: 'x'.repeat(21) })).status,
  ).toBe(400);
});

test('a role decides at once, a removal too', async () => {
  const temp = { handle: 'temp1', name: '临时', role: 'correspondent' as Role };
  await join(await newsroom.transaction().execute((one) => addMember(one, temp, new Date())));
  const { article: id } = await freshStory();
  const look = async () => (await ask('temp1', 'GET', `/api/articles/${id}/story`)).status;
  expect(await look()).toBe(404);
  await ask('admin', 'PATCH', `/api/members/${idOf('temp1')}`, { role: 'reporter' });
  expect(await look()).toBe(200);
  await ask('admin', 'PATCH', `/api/members/${idOf('temp1')}`, { active: false });
  expect(await look()).toBe(401);
  expect((await ask('editor', 'PUT', `/api/articles/${id}/people/${idOf('temp1')}`)).status).toBe(404);
});

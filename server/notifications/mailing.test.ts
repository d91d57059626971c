/** Notices by e-mail, handed to a real SMTP server on this machine. */
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Article } from '../../shared/api.ts';
import { must } from '../../shared/base/must.ts';
import { openFacts } from '../article/facts.ts';
import { openLogger } from '../log.ts';
import { openNewsroomReader } from '../storage/newsroom.ts';
import { TrialHouse } from '../trial-house.ts';
import { letterOf } from './letter.ts';
import { openMailer } from './mailer.ts';
import { type Mailing, openMailing } from './mailing.ts';

const home = 'https://news.example';
const paragraphs = [
  { style: 'headline', text: '泺口服装城双转型', marks: [] },
  { style: 'body', text: '张晓燕在泺口采访。', marks: [] },
];

let trial: TrialHouse;
let reader: ReturnType<typeof openNewsroomReader>;
let smtp: SMTPServer;
let mailing: Mailing;
let clock: Date;
let outcomes: string[] = [];
let log: string[] = [];
/** What the SMTP server took: to whom, and the message. */
let taken: { to: string[]; message: string }[] = [];
/** What it answers to a recipient. */
let answer: (to: string) => number | null;

/** The parts of a message, read as a mail program does. */
function read(message: string) {
  const decoded = (part: string) =>
    /transfer-encoding: base64/i.test(part)
      ? Buffer.from(part.slice(part.indexOf('\r\n\r\n')), 'base64').toString()
      : part
          .slice(part.indexOf('\r\n\r\n'))
          .replace(/=\r\n/g, '')
          .replace(/(?:=[0-9A-F]{2})+/g, (bytes) => Buffer.from(bytes.replace(/=/g, ''), 'hex').toString());
  const head = message.slice(0, message.indexOf('\r\n\r\n')).replace(/\r\n\s+/g, ' ');
  const subject = (/^Subject: (.*)$/m.exec(head)?.[1] ?? '').replace(
    /=\?UTF-8\?([BQ])\?(.*?)\?=\s*/gi,
    (_, how: string, words: string) =>
      how.toUpperCase() === 'B'
        ? Buffer.from(words, 'base64').toString()
        : decodeURIComponent(words.replace(/_/g, ' ').replace(/=/g, '%')),
  );
  const boundary = must(/boundary="(.*?)"/.exec(message)?.[1], 'a boundary');
  const parts = message.split(`--${boundary}`).slice(1, -1);
  return { head, subject, text: decoded(parts[0] ?? ''), html: decoded(parts[1] ?? '') };
}

beforeAll(async () => {
  trial = await TrialHouse.open({ LOG_LEVEL: 'silent' });
  reader = openNewsroomReader(path.join(trial.folder, 'newsroom.db'));
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo({ address }, _session, done) {
      const code = answer(address);
      done(code === null ? undefined : Object.assign(new Error('no'), { responseCode: code }));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const message = Buffer.concat(chunks).toString();
        taken.push({ to: session.envelope.rcptTo.map(({ address }) => address), message });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  const { port } = smtp.server.address() as AddressInfo;
  const facts = openFacts(reader);
  mailing = openMailing({
    newsroom: trial.house.newsroom,
    mailer: openMailer({ url: `smtp://127.0.0.1:${port}`, from: '同稿日报 <notices@news.example>', home }),
    mayKnow: (member, { article }) => article === null || facts.may(member, 'read', article),
    url: home,
    timeZone: 'Asia/Shanghai',
    now: () => clock,
    sent: (outcome) => outcomes.push(outcome),
    logger: openLogger('warn', { write: (line) => log.push(line) }),
  });
});
afterAll(async () => {
  await mailing.close();
  await new Promise<void>((resolve) => smtp.close(() => resolve()));
  reader.close();
  await trial.close();
});
beforeEach(async () => {
  answer = () => null;
  clock = new Date(Date.now() + 11 * 60_000);
  await trial.house.newsroom.deleteFrom('notices').execute();
  for (const handle of ['editor', 'chengjianzheng'])
    await trial.get('admin', 'PATCH', `/api/members/${trial.idOf(handle)}`, {
      email: `${handle}@paper.example`,
    });
  for (const handle of ['editor', 'chengjianzheng']) await wish(handle, {});
  // How the members came to their tokens is told by mail as well (account-mails.ts).
  await mailing.round();
  [taken, outcomes, log] = [[], [], []];
});

const wish = (handle: string, more: object) =>
  trial.get(handle, 'PUT', '/api/mail', {
    ...{ pace: 'soon', dailyAt: '08:30', quiet: null, language: 'zh' },
    ...more,
  });

/** 程建政 is on it; the editor is told that it was handed in, and he too. */
async function handedIn(): Promise<string> {
  const { id } = await trial.get<Article>('zhangxiaoyan', 'POST', '/api/articles', { paragraphs });
  await trial.get('zhangxiaoyan', 'PUT', `/api/articles/${id}/people/${trial.idOf('chengjianzheng')}`);
  await trial.get('zhangxiaoyan', 'POST', `/api/articles/${id}/acts`, { action: 'submit' });
  // A mail names the story by its headline, which follows its words a moment later.
  await expect
    .poll(async () => (await trial.get<Article>('zhangxiaoyan', 'GET', `/api/articles/${id}`)).headline)
    .toBe(paragraphs[0]?.text);
  return id;
}
const to = () => taken.flatMap((one) => one.to).sort();

test('what nobody looked at is mailed once, with the very place, after some minutes; what was seen is not', async () => {
  const id = await handedIn();
  await trial.get('chengjianzheng', 'POST', '/api/notices/seen');
  clock = new Date();
  await mailing.round();
  expect(to()).toEqual([]);
  clock = new Date(Date.now() + 11 * 60_000);
  await mailing.round();
  await mailing.round();
  expect(to()).toEqual(['editor@paper.example']);
  const { head, subject, text, html } = read(must(taken[0], 'a mail').message);
  expect(subject).toBe('[同稿日报] 张晓燕交来稿件，请审：泺口服装城双转型');
  expect(head).toMatch(/^Auto-Submitted: auto-generated$/m);
  expect(head).toMatch(/^List-Unsubscribe: <https:\/\/news\.example\/settings#mail>$/m);
  for (const part of [text, html]) expect(part).toContain(`${home}/articles/${id}`);
  expect(outcomes).toEqual(['sent']);
});

test('a headline puts no header into a mail', async () => {
  const told = { kind: 'signed', who: '值班总编', article: 'a', page: null, thread: null, text: '' } as const;
  const paper = { name: '同稿日报', url: home, timeZone: 'Asia/Shanghai' };
  const { subject } = letterOf([{ ...told, headline: '题\r\nBcc: all@x.example', due: null }], 'zh', paper);
  expect(subject).toBe('[同稿日报] 值班总编签发了：题 Bcc: all@x.example');
});

test('several come as one, in its reader’s language; a given thread says until when, and words are escaped', async () => {
  const id = await handedIn();
  await wish('editor', { language: 'en' });
  const talk = `/api/articles/${id}/comments`;
  const { id: thread } = await trial.get<{ id: string }>('zhangxiaoyan', 'POST', talk, {
    about: 'story',
    text: '<img src=x>请定',
  });
  const due = '2027-01-01T10:00:00.000Z';
  await trial.get('zhangxiaoyan', 'PUT', `${talk}/${thread}/assignee`, { member: trial.idOf('editor'), due });
  await mailing.round();
  const { subject, text, html } = read(
    must(
      taken.find((one) => one.to[0]?.startsWith('editor')),
      'a mail',
    ).message,
  );
  expect(subject).toBe('[同稿日报] 2 notices');
  expect(text).toContain('to be done by 2027-01-01 18:00');
  expect(text).toContain(`${home}/articles/${id}#thread=${thread}`);
  expect(html).toContain('&lt;img src=x&gt;请定');
});

test('nobody is mailed what they may read no more, nor whoever wants none, has no address or was removed', async () => {
  const id = await handedIn();
  await trial.house.newsroom.deleteFrom('article_people').where('article', '=', id).execute();
  await wish('editor', { pace: 'off' });
  await mailing.round();
  expect(to()).toEqual([]);
  await wish('editor', {});
  await trial.get('admin', 'PATCH', `/api/members/${trial.idOf('editor')}`, { email: null });
  await mailing.round();
  expect(to()).toEqual([]);
});

test('an SMTP server that cannot take it now is asked again; an address that it refuses for good is not', async () => {
  await handedIn();
  answer = () => 451;
  await mailing.round();
  expect([to(), outcomes]).toEqual([[], ['failed']]);
  answer = (address) => (address.startsWith('editor') ? 550 : null);
  await mailing.round();
  expect(to()).toEqual(['chengjianzheng@paper.example']);
  answer = () => null;
  await mailing.round();
  expect(to()).toEqual(['chengjianzheng@paper.example']);
  expect(log.join()).toContain('does not take a member');
});

test('wishes are each one’s own; without an SMTP server the page says so and a trial is refused', async () => {
  const quiet = { from: '22:00', to: '07:00' };
  await wish('editor', { pace: 'daily', dailyAt: '19:00', quiet, language: 'en' });
  const mine = await trial.get<object>('editor', 'GET', '/api/mail');
  expect(mine).toMatchObject({ sends: false, address: 'editor@paper.example', timeZone: 'Asia/Shanghai' });
  expect(mine).toMatchObject({ wishes: { pace: 'daily', dailyAt: '19:00', quiet, language: 'en' } });
  expect(await trial.get('chengjianzheng', 'GET', '/api/mail')).toMatchObject({ wishes: { pace: 'soon' } });
  const { token } = trial.of('editor');
  for (const wrong of [{ dailyAt: '25:00' }, { pace: 'always' }, { quiet: { from: '7', to: '8' } }]) {
    const body = { pace: 'soon', dailyAt: '08:30', quiet: null, language: 'zh', ...wrong };
    expect((await trial.ask(token, 'PUT', '/api/mail', body)).status).toBe(400);
  }
  expect((await trial.ask(token, 'POST', '/api/mail/trial', { language: 'zh' })).status).toBe(409);
  await mailing.trial(trial.idOf('editor'), 'zh');
  expect(read(must(taken[0], 'a mail').message).text).toContain('邮件寄到了');
});

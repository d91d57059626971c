/** Members are told by mail what became of their ways to sign in, once, whatever they wish about notices. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Member } from '../../shared/api.ts';
import { must } from '../../shared/base/must.ts';
import { recordKinds } from '../../shared/record/kinds.ts';
import { type Browser, openTrial, type TrialPeople } from '../people/trial.ts';
import { addRecord } from '../record/record.ts';
import { toldKinds } from './account-letter.ts';
import type { Mail } from './mailer.ts';
import { type Mailing, openMailing } from './mailing.ts';

const home = 'https://news.example';
const password = '春江潮水连海平，海上明月共潮生';

let trial: TrialPeople;
let zhang: Member;
let admin: Member;
let chief: Browser;
let mails: Mail[];
let outcomes: string[];
let mailing: Mailing;
/** What the SMTP server does with a mail to this address. */
let answer: (to: string) => boolean | Error;

const open = () =>
  openMailing({
    newsroom: trial.newsroom,
    mailer: {
      async send(mail) {
        const went = answer(mail.to);
        if (went instanceof Error) throw went;
        if (went) mails.push(mail);
        return went;
      },
      close: () => undefined,
    },
    mayKnow: () => true,
    url: home,
    timeZone: 'Asia/Shanghai',
    now: () => trial.clock,
    sent: (outcome) => outcomes.push(outcome),
    logger: trial.http.app.log as Parameters<typeof openMailing>[0]['logger'],
  });

beforeEach(async () => {
  trial = await openTrial();
  admin = await trial.member('admin', 'administrator', { name: '管理员老李' });
  zhang = await trial.member('zhangxiaoyan', 'reporter', { name: '张晓燕', email: 'zhang@paper.example' });
  [mails, outcomes] = [[], []];
  answer = () => true;
  chief = await trial.signedIn('admin');
  mailing = open();
});
afterEach(async () => {
  await mailing.close();
  await trial.close();
});

const makeLink = (member = zhang) => chief.ask('POST', `/api/members/${member.id}/sign-in-link`);
const only = (): Mail => {
  expect(mails).toHaveLength(1);
  return must(mails[0], 'a mail');
};

test('of a link that an administrator made: who and when, and no link that signs in', async () => {
  const secret = new URL((await makeLink()).json.link).hash.slice(1);
  await mailing.round();
  const { to, subject, text, html, mayEnd } = only();
  expect([to, subject, mayEnd]).toEqual(['zhang@paper.example', '[同稿日报] 你登录的办法有变动', false]);
  for (const part of [text, html]) {
    expect(part).toContain('2026-11-22 16:00  管理员老李给你做了一个登录链接');
    expect(part).not.toContain(secret);
    expect(part).not.toContain('/sign-in');
  }
  expect(text).toContain(`${home}/settings`);
  await mailing.round();
  expect(mails).toHaveLength(1);
});

test('of what they did themselves, all of it in one mail, in their language, against their wishes', async () => {
  const own = await trial.signedIn('zhangxiaoyan');
  const wishes = { pace: 'off', daily_at: '08:30', quiet_from: '00:00', quiet_to: '23:59', language: 'en' };
  await trial.newsroom
    .insertInto('mail_wishes')
    .values({ ...wishes, member: zhang.id } as never)
    .execute();
  await own.ask('PUT', '/api/account/password', { password });
  await own.ask('POST', '/api/tokens', { name: '<b>排版机' });
  await mailing.round();
  const { subject, text, html } = only();
  expect(subject).toBe('[同稿日报] Your ways to sign in have changed');
  expect(text).toContain('a password was set');
  expect(text).toContain('the token “<b>排版机” for programs was made');
  expect(html).toContain('&lt;b&gt;排版机');
  expect(text).not.toContain(password);
});

test('an SMTP server that was away is asked again, also by another process; one mailbox holds nobody up', async () => {
  const other = await trial.member('wang', 'editor', { email: 'wang@paper.example' });
  await makeLink();
  await makeLink(other);
  answer = (to) => (to.startsWith('zhang') ? new Error('451') : true);
  await mailing.round();
  expect([mails.map(({ to }) => to), outcomes.toSorted()]).toEqual([
    ['wang@paper.example'],
    ['failed', 'sent'],
  ]);
  await mailing.close();
  answer = () => true;
  mailing = open();
  await mailing.round();
  expect(mails.map(({ to }) => to)).toEqual(['wang@paper.example', 'zhang@paper.example']);
});

test('an address that is refused for good is not asked again', async () => {
  await makeLink();
  answer = () => false;
  await mailing.round();
  answer = () => true;
  await mailing.round();
  expect([mails, outcomes]).toEqual([[], ['failed']]);
});

test('nobody is told who has no address or was removed, nor of what is two days old', async () => {
  await makeLink(admin);
  await makeLink();
  trial.later(48 * 3_600_000);
  await mailing.round();
  const gone = await trial.member('wang', 'editor', { email: 'wang@paper.example' });
  await trial.newsroom.updateTable('members').set({ active: 0 }).where('id', '=', gone.id).execute();
  const detail = { of: gone.id };
  await addRecord(trial.newsroom, { kind: 'member.linkMade', member: null, detail, at: trial.clock });
  await mailing.round();
  expect(mails).toEqual([]);
});

test.each(toldKinds)('%s has its words, in both languages', async (kind) => {
  for (const language of ['zh', 'en'] as const) {
    const row = { pace: 'soon', daily_at: '08:30', quiet_from: null, quiet_to: null, language } as const;
    await trial.newsroom
      .insertInto('mail_wishes')
      .values({ ...row, member: zhang.id })
      .onConflict((one) => one.column('member').doUpdateSet(row))
      .execute();
    const byTerminal = kind.startsWith('member.');
    await addRecord(trial.newsroom, {
      kind,
      member: byTerminal ? null : zhang.id,
      detail: { name: '手机', ...(byTerminal ? { of: zhang.id } : {}) },
      at: trial.clock,
    });
    await mailing.round();
  }
  const [zh, en] = mails.map(({ text }) => text.split('\n\n')[1] ?? '');
  expect(zh).toMatch(/^2026-11-22 16:00 {2}.*\p{Script=Han}/u);
  expect(en).toMatch(/^2026-11-22 16:00 {2}\S.*[a-z]/);
  for (const line of [zh, en]) expect(line).not.toMatch(/[{}]|undefined|null/);
});

test('whatever changes a way in is told; what ends one of many sessions or tokens is not', () => {
  const about = recordKinds.filter((kind) =>
    /^(password|passkey|secondFactor|recoveryCodes|token|directory)\.|^member\.(linkMade|reset)$/.test(kind),
  );
  expect(about.filter((kind) => !(toldKinds as readonly string[]).includes(kind))).toEqual(['token.removed']);
});

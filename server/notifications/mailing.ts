/** Sends members the notices that they have not seen in the product, each by its member's wishes. */
import { defaultWishes, type MailWishes } from '../../shared/notifications/mail.ts';
import type { Logger } from '../log.ts';
import { paperOf } from '../people/paper.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import { openAccountMails } from './account-mails.ts';
import { letterOf, type Paper, trialLetter } from './letter.ts';
import { dueNow } from './mail-time.ts';
import type { Mailer } from './mailer.ts';
import type { MayKnow } from './tell.ts';

/** Milliseconds between two rounds; after a round that failed, the pause doubles up to an hour. */
const pace = { every: 60_000, most: 3_600_000 };

interface Deps {
  newsroom: Newsroom;
  mailer: Mailer;
  mayKnow: MayKnow;
  /** What its people open: https://news.example. */
  url: string;
  timeZone: string;
  now: () => Date;
  sent: (outcome: 'sent' | 'failed') => void;
  logger: Logger;
}

export interface Mailing {
  /** Sends what is due now; one at a time. */
  round(): Promise<void>;
  trial(member: string, language: 'zh' | 'en'): Promise<void>;
  close(): Promise<void>;
}

export async function wishesOf(newsroom: Newsroom, member: string): Promise<MailWishes> {
  const rows = newsroom.selectFrom('mail_wishes').selectAll().where('member', '=', member);
  const row = await rows.executeTakeFirst();
  if (!row) return defaultWishes;
  const { pace, daily_at: dailyAt, quiet_from: from, quiet_to: to, language } = row;
  return { pace, dailyAt, quiet: from !== null && to !== null ? { from, to } : null, language };
}

export function openMailing(deps: Deps): Mailing {
  const { newsroom, mailer, mayKnow, url, timeZone, now, sent, logger } = deps;
  let closed = false;
  let failures = 0;
  let timer: NodeJS.Timeout | null = null;
  let underWay: Promise<void> = Promise.resolve();

  const paper = async (): Promise<Paper> => ({ name: await paperOf(newsroom), url, timeZone });

  async function sendTo(member: string, address: string): Promise<void> {
    const wishes = await wishesOf(newsroom, member);
    if (wishes.pace === 'off') return;
    const rows = await newsroom
      .selectFrom('notices')
      .innerJoin('members', 'members.id', 'notices.by')
      .leftJoin('articles', 'articles.id', 'notices.article')
      .leftJoin('mailed', 'mailed.member', 'notices.member')
      .selectAll('notices')
      .select(['members.name', 'articles.headline', 'articles.title', 'mailed.seq as mailed'])
      .where('notices.member', '=', member)
      .where('seen_at', 'is', null)
      .where('done_at', 'is', null)
      .orderBy('notices.seq')
      .execute();
    const fresh = rows.filter((row) => row.mailed === null || row.seq > row.mailed);
    const due = dueNow(fresh, wishes, { now: now(), timeZone });
    const told = due
      .filter((row) => mayKnow(member, row))
      .map(({ name, headline, title, ...row }) => ({ ...row, who: name, headline: headline || title || '' }));
    const last = due.at(-1)?.seq;
    if (last === undefined) return;
    if (told.length > 0) {
      const letter = letterOf(told, wishes.language, await paper());
      const went = await mailer.send({ ...letter, to: address });
      sent(went ? 'sent' : 'failed');
      if (!went) logger.warn({ member }, 'the SMTP server does not take a member’s address');
    }
    // Noted once it went: what a server that ends in between sends again is better than what nobody gets.
    await newsroom
      .insertInto('mailed')
      .values({ member, seq: last })
      .onConflict((row) => row.column('member').doUpdateSet({ seq: last }))
      .execute();
  }

  const sendAccountMails = openAccountMails({
    newsroom,
    mailer,
    paper,
    isClosed: () => closed,
    languageOf: async (member) => (await wishesOf(newsroom, member)).language,
    now,
    sent,
    logger,
  });

  async function send(): Promise<void> {
    let failed = !(await sendAccountMails());
    const members = await newsroom
      .selectFrom('members')
      .select(['id', 'email'])
      .where('active', '=', 1)
      .where('email', 'is not', null)
      .where('id', 'in', (one) => one.selectFrom('notices').select('member').where('seen_at', 'is', null))
      .execute();
    for (const { id, email } of members) {
      if (closed || email === null) break;
      try {
        await sendTo(id, email);
      } catch (error) {
        failed = true;
        sent('failed');
        logger.warn({ err: error, member: id }, 'a mail could not be sent');
        // No server, or one that will not have us: it is the same for everybody.
        break;
      }
    }
    failures = failed ? failures + 1 : 0;
  }

  const round = () => {
    underWay = underWay.then(send).catch((error: unknown) => {
      failures += 1;
      logger.warn({ err: error }, 'no mail could be sent');
    });
    return underWay;
  };

  const wait = () => {
    if (closed) return;
    const pause = Math.min(pace.most, pace.every * 2 ** Math.min(failures, 10));
    timer = setTimeout(() => void round().then(wait), pause).unref();
  };
  wait();

  return {
    round,
    async trial(member, language) {
      const row = newsroom.selectFrom('members').select('email').where('id', '=', member);
      const { email } = await row.executeTakeFirstOrThrow();
      const letter = trialLetter(language, await paper());
      if (email === null || !(await mailer.send({ ...letter, to: email })))
        throw new Error('the SMTP server does not take this address');
    },
    async close() {
      closed = true;
      if (timer) clearTimeout(timer);
      await underWay;
      mailer.close();
    },
  };
}

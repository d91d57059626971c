/** The calls of notices by e-mail: how their reader wants them, and a trial. */
import { api } from '../../shared/api.ts';
import { AppError } from '../../shared/base/errors.ts';
import type { Route } from '../http.ts';
import type { Logger } from '../log.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import { type Mailing, wishesOf } from './mailing.ts';

interface Deps {
  newsroom: Newsroom;
  /** Null where no SMTP server is configured. */
  mailing: Mailing | null;
  timeZone: string;
  logger: Logger;
}

/** Trial mails a minute of one member. */
const trialsPerMinute = 3;

export function mailRoutes(route: Route, { newsroom, mailing, timeZone, logger }: Deps): void {
  async function addressOf(member: string): Promise<string | null> {
    const row = newsroom.selectFrom('members').select('email').where('id', '=', member);
    return (await row.executeTakeFirstOrThrow()).email;
  }

  route(api.mail, async ({ signed: { member } }) => ({
    sends: mailing !== null,
    address: await addressOf(member.id),
    timeZone,
    wishes: await wishesOf(newsroom, member.id),
  }));

  route(api.changeMail, async ({ signed: { member }, body }) => {
    const { pace, dailyAt, quiet, language } = body;
    const row = {
      pace,
      daily_at: dailyAt,
      quiet_from: quiet?.from ?? null,
      quiet_to: quiet?.to ?? null,
      language,
    };
    await newsroom
      .insertInto('mail_wishes')
      .values({ ...row, member: member.id })
      .onConflict((one) => one.column('member').doUpdateSet(row))
      .execute();
    return body;
  });

  route(
    api.tryMail,
    async ({ signed: { member }, body: { language } }) => {
      if (!mailing || (await addressOf(member.id)) === null) throw new AppError('conflict');
      try {
        await mailing.trial(member.id, language);
      } catch (error) {
        logger.warn({ err: error, member: member.id }, 'a trial mail could not be sent');
        throw new AppError('unavailable', 'the mail did not go');
      }
      return undefined;
    },
    trialsPerMinute,
  );
}

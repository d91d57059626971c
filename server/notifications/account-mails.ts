/** Tells members by mail what became of their ways to sign in, from the rows of the record, whatever they wish about
 * notices: an SMTP server that is away for a while keeps nobody from being told. */
import { z } from 'zod';
import type { Logger } from '../log.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import { type AccountAct, accountLetter, type ToldKind, toldKinds } from './account-letter.ts';
import type { Language, Paper } from './letter.ts';
import type { Mailer } from './mailer.ts';

/** Milliseconds after which nobody is told any more. */
const stale = 48 * 3_600_000;

interface Deps {
  newsroom: Newsroom;
  mailer: Mailer;
  paper: () => Promise<Paper>;
  languageOf: (member: string) => Promise<Language>;
  /** Whether the server stops. */
  isClosed: () => boolean;
  now: () => Date;
  sent: (outcome: 'sent' | 'failed') => void;
  logger: Logger;
}

/** What a row says, of whom if not of who did it. */
const detailSchema = z.object({ of: z.string().optional(), name: z.string().optional() });

/** Makes the round: it sends what nobody was told of yet, one mail a member, and says whether all went that could. */
export function openAccountMails(deps: Deps): () => Promise<boolean> {
  const { newsroom, mailer, paper, languageOf, isClosed, now, sent, logger } = deps;
  /** Everybody was told of this row and those before, or will never be. */
  let settled = 0;

  async function actsSince() {
    const rows = await newsroom
      .selectFrom('record')
      .leftJoin('members', 'members.id', 'record.member')
      .select(['record.seq', 'record.at', 'record.kind', 'record.member', 'record.detail', 'members.name'])
      .where('record.seq', '>', settled)
      .where('record.kind', 'in', toldKinds)
      .where('record.at', '>', new Date(now().getTime() - stale).toISOString())
      .orderBy('record.seq')
      .execute();
    const byMember = new Map<string, (AccountAct & { seq: number })[]>();
    for (const { seq, at, kind, member, detail, name } of rows) {
      const { of, name: what = '' } = detailSchema.parse(JSON.parse(detail));
      const whose = of ?? member;
      if (whose === null) continue;
      const who = member === null ? null : (name ?? undefined);
      byMember.set(whose, [...(byMember.get(whose) ?? []), { seq, at, kind: kind as ToldKind, who, what }]);
    }
    return byMember;
  }

  async function tellOne(member: string, acts: readonly (AccountAct & { seq: number })[]) {
    const row = await newsroom
      .selectFrom('members')
      .leftJoin('account_mails', 'account_mails.member', 'members.id')
      .select(['members.name', 'members.handle', 'members.email', 'account_mails.seq'])
      .where('members.id', '=', member)
      .where('members.active', '=', 1)
      .executeTakeFirst();
    const fresh = acts.filter(({ seq }) => seq > (row?.seq ?? 0));
    const last = fresh.at(-1)?.seq;
    if (!row || row.email === null || last === undefined) return;
    const letter = accountLetter(row, fresh, await languageOf(member), await paper());
    const went = await mailer.send({ ...letter, to: row.email });
    sent(went ? 'sent' : 'failed');
    if (!went) logger.warn({ member }, 'the SMTP server does not take a member’s address');
    await newsroom
      .insertInto('account_mails')
      .values({ member, seq: last })
      .onConflict((one) => one.column('member').doUpdateSet({ seq: last }))
      .execute();
  }

  return async function sendAccountMails() {
    const newest = await newsroom
      .selectFrom('record')
      .select('seq')
      .orderBy('seq', 'desc')
      .executeTakeFirst();
    let allWent = true;
    for (const [member, acts] of await actsSince()) {
      if (isClosed()) return false;
      try {
        await tellOne(member, acts);
      } catch (error) {
        // Somebody whose mailbox is not there for the moment keeps nobody else from being told.
        allWent = false;
        sent('failed');
        logger.warn({ err: error, member }, 'a mail about an account could not be sent');
      }
    }
    if (allWent) settled = newest?.seq ?? 0;
    return allWent;
  };
}

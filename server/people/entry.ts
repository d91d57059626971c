/** The last part of every way in: the second factor when the member has one, then a session of its own. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../shared/base/errors.ts';
import type { Person } from '../../shared/people/person.ts';
import { addRecord } from '../record/record.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import { personOf } from './members.ts';
import type { SecondFactor } from './second-factor.ts';
import { hashSecret, newSecret } from './secret.ts';
import { cameFrom, endSession, openSession, sessionCookie } from './sessions.ts';
import { beginStep, stepCookie, takeStep, tryStep } from './steps.ts';
import { countTries, triesSpan } from './tries.ts';

interface Deps {
  newsroom: Newsroom;
  secure: boolean;
  now: () => Date;
  refresh: () => void;
  secondFactor: SecondFactor;
}

/** The call by which somebody comes in. */
export interface Visit {
  request: FastifyRequest;
  reply: FastifyReply;
}

export type Entered = { kind: 'in'; person: Person } | { kind: 'secondFactor' };

export interface Entry {
  /** Lets an active member in who has shown one factor, or asks for the second. */
  afterOne(visit: Visit, member: string): Promise<Entered>;
  /** Takes the second. Not begun, run out, or wrong too often is `spent`. */
  second(visit: Visit, code: string): Promise<Entered>;
  /** Lets in whoever has shown enough. */
  letIn(visit: Visit, member: string): Promise<Person>;
}

/** Wrong codes for one account in a quarter of an hour, over however many sign-ins. */
const codeTries = 10;

export function openEntry({ newsroom, secure, now, refresh, secondFactor }: Deps): Entry {
  const sessions = sessionCookie(secure);
  const seconds = stepCookie('secondFactor', secure);
  const codes = countTries(codeTries, triesSpan, now);

  async function letIn({ request, reply }: Visit, member: string): Promise<Person> {
    const row = await newsroom
      .selectFrom('members')
      .selectAll()
      .where('id', '=', member)
      .where('active', '=', 1)
      .executeTakeFirst();
    if (!row) throw new AppError('spent');
    // A new session at every sign-in; the one that the browser brought ends.
    const brought = sessions.read(request.headers);
    const from = cameFrom(request);
    const at = now();
    const { ended, secret } = await newsroom.transaction().execute(async (one) => {
      const ended = brought !== null && (await endSession(one, brought, 'signedInAnew', at));
      const secret = await openSession(one, { member, ...from }, at);
      await addRecord(one, { kind: 'member.signedIn', member, detail: { address: from.address }, at });
      return { ended, secret };
    });
    reply.header('set-cookie', sessions.set(secret));
    if (ended) refresh();
    return personOf(row);
  }

  return {
    letIn,

    async afterOne(visit, member) {
      if (!(await secondFactor.has(member))) return { kind: 'in', person: await letIn(visit, member) };
      const secret = newSecret();
      await beginStep(newsroom, { hash: hashSecret(secret), kind: 'secondFactor', member, value: '' }, now());
      visit.reply.header('set-cookie', seconds.set(secret));
      return { kind: 'secondFactor' };
    },

    async second(visit, code) {
      const secret = seconds.read(visit.request.headers);
      if (secret === null) throw new AppError('spent');
      const hash = hashSecret(secret);
      const { member } = await tryStep(newsroom, hash, 'secondFactor', now());
      if (member === null) throw new AppError('spent');
      codes.begin(member);
      await secondFactor.spend(member, code);
      codes.right(member);
      await takeStep(newsroom, hash, 'secondFactor', now());
      visit.reply.header('set-cookie', seconds.end());
      return { kind: 'in', person: await letIn(visit, member) };
    },
  };
}

/** The second factor: codes of an authenticator (RFC 6238), and ten recovery codes for a lost telephone; each
 * is good once. */
import { randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { AppError } from '../../shared/base/errors.ts';
import type { Signed } from '../http.ts';
import { addRecord } from '../record/record.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import type { Seal } from './seal.ts';
import { hashSecret } from './secret.ts';
import { beginStep, takeStep, tryStep } from './steps.ts';

interface Deps {
  newsroom: Newsroom;
  seal: Seal;
  now: () => Date;
}

export interface SecondFactor {
  /** A secret for an authenticator, good once it is confirmed. `conflict` when one is confirmed already. */
  offer(signed: Signed, paper: string): Promise<{ secret: string; address: string }>;
  /** Takes up the secret that was offered; gives the recovery codes, which are kept nowhere. */
  confirm(signed: Signed, code: string): Promise<string[]>;
  has(member: string): Promise<boolean>;
  /** What its member is told of it; null without one. */
  told(member: string): Promise<{ since: string; recoveryCodes: number } | null>;
  /** Takes an authenticator's code or a recovery code, and spends it; `wrong` when it is none. */
  spend(member: string, code: string): Promise<void>;
  /** New recovery codes in place of those that are left; `notFound` without a second factor. */
  renew(member: string): Promise<string[]>;
  remove(member: string): Promise<void>;
}

/** Seconds of one code. */
const period = 30;
/** How many codes before and after the present one are taken, for clocks that differ. */
const window = 1;
const recoveryCodes = 10;
const groups = 4;
const groupLength = 4;
/** Without the letters and digits that are read for one another: 5 bits a character. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz123456789';

const freshRecoveryCode = () =>
  Array.from({ length: groups }, () =>
    Array.from({ length: groupLength }, () => alphabet[randomInt(alphabet.length)]).join(''),
  ).join('-');

const freshRecoveryCodes = () => Array.from({ length: recoveryCodes }, freshRecoveryCode);

/** What is kept of a recovery code, however it was typed. 80 random bits need no slow hash. */
const hashRecovery = (member: string, code: string) =>
  hashSecret(`${member} ${code.toLowerCase().replaceAll(/[^a-z0-9]/g, '')}`);

const totpOf = (secret: string, named: { issuer?: string; label?: string } = {}) =>
  new TOTP({ ...named, secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period });

/** The half-minute that this code belongs to; null when it is wrong now. */
function stepOf(secret: string, code: string, now: Date): number | null {
  const timestamp = now.getTime();
  const delta = totpOf(secret).validate({ token: code, timestamp, window });
  return delta === null ? null : Math.floor(timestamp / 1000 / period) + delta;
}

const isDigits = (code: string) => /^\d{6}$/.test(code);

export function openSecondFactor({ newsroom, seal, now }: Deps): SecondFactor {
  const rowOf = (member: string) =>
    newsroom.selectFrom('second_factors').selectAll().where('member', '=', member).executeTakeFirst();

  async function spendCode(member: string, code: string): Promise<boolean> {
    const row = await rowOf(member);
    const step = row ? stepOf(seal.open(row.sealed, member), code, now()) : null;
    if (step === null) return false;
    const { numUpdatedRows } = await newsroom
      .updateTable('second_factors')
      .set({ last_step: step })
      .where('member', '=', member)
      .where('last_step', '<', step)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }

  async function spendRecoveryCode(member: string, code: string): Promise<boolean> {
    const { numDeletedRows } = await newsroom
      .deleteFrom('recovery_codes')
      .where('hash', '=', hashRecovery(member, code))
      .where('member', '=', member)
      .executeTakeFirstOrThrow();
    return numDeletedRows > 0n;
  }

  async function keepRecovery(one: Newsroom, member: string, codes: readonly string[]) {
    const rows = codes.map((recovery) => ({ hash: hashRecovery(member, recovery), member }));
    await one.deleteFrom('recovery_codes').where('member', '=', member).execute();
    await one.insertInto('recovery_codes').values(rows).execute();
  }

  return {
    async offer({ member, session }, paper) {
      if (await rowOf(member.id)) throw new AppError('conflict', 'there is a second factor already');
      const { base32: secret } = new Secret({ size: 20 });
      const value = seal.seal(secret, member.id);
      await beginStep(
        newsroom,
        { hash: session, kind: 'secondFactorOffer', member: member.id, value },
        now(),
      );
      const address = totpOf(secret, { issuer: paper, label: member.handle }).toString();
      return { secret, address };
    },

    async confirm({ member: { id: member }, session }, code) {
      const { value } = await tryStep(newsroom, session, 'secondFactorOffer', now());
      const step = stepOf(seal.open(value, member), code, now());
      if (step === null) throw new AppError('wrong');
      await takeStep(newsroom, session, 'secondFactorOffer', now());
      const codes = freshRecoveryCodes();
      await newsroom.transaction().execute(async (one) => {
        const { numInsertedOrUpdatedRows } = await one
          .insertInto('second_factors')
          .values({ member, sealed: value, since: now().toISOString(), last_step: step })
          .onConflict((conflict) => conflict.column('member').doNothing())
          .executeTakeFirstOrThrow();
        if (!numInsertedOrUpdatedRows) throw new AppError('conflict', 'there is a second factor already');
        await keepRecovery(one, member, codes);
        await addRecord(one, { kind: 'secondFactor.added', member, detail: {}, at: now() });
      });
      return codes;
    },

    has: async (member) => (await rowOf(member)) !== undefined,

    async told(member) {
      const row = await rowOf(member);
      if (!row) return null;
      const left = await newsroom
        .selectFrom('recovery_codes')
        .select('hash')
        .where('member', '=', member)
        .execute();
      return { since: row.since, recoveryCodes: left.length };
    },

    async spend(member, code) {
      const right = isDigits(code) ? await spendCode(member, code) : await spendRecoveryCode(member, code);
      if (!right) throw new AppError('wrong');
    },

    async renew(member) {
      const codes = freshRecoveryCodes();
      await newsroom.transaction().execute(async (one) => {
        const factor = one.selectFrom('second_factors').select('member').where('member', '=', member);
        if (!(await factor.executeTakeFirst())) throw new AppError('notFound');
        await keepRecovery(one, member, codes);
        await addRecord(one, { kind: 'recoveryCodes.renewed', member, detail: {}, at: now() });
      });
      return codes;
    },

    async remove(member) {
      await newsroom.transaction().execute(async (one) => {
        const { numDeletedRows } = await one
          .deleteFrom('second_factors')
          .where('member', '=', member)
          .executeTakeFirstOrThrow();
        await one.deleteFrom('recovery_codes').where('member', '=', member).execute();
        if (numDeletedRows > 0n)
          await addRecord(one, { kind: 'secondFactor.removed', member, detail: {}, at: now() });
      });
    },
  };
}

/** Proof at an open session, asked for before a way in changes: whoever sits down at a computer that somebody left
 * must not make themselves a way to come back by. */
import { AppError } from '../../shared/base/errors.ts';
import { proofLife } from '../../shared/people/calls.ts';
import type { Signed } from '../http.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import type { Passwords } from './passwords.ts';
import type { SecondFactor } from './second-factor.ts';
import { countTries, triesSpan } from './tries.ts';

interface Deps {
  newsroom: Newsroom;
  passwords: Passwords;
  secondFactor: SecondFactor;
  now: () => Date;
}

export interface Proof {
  /** Refuses a session whose last proof is too old. A program's token is no session and proves itself each time. */
  require(signed: Signed): Promise<void>;
  /** Each is `wrong` for what does not fit and for a factor that the member does not have. */
  byPassword(signed: Signed, password: string | undefined): Promise<void>;
  /** Spends the code. */
  byCode(signed: Signed, code: string): Promise<void>;
  /** Notes a proof that was just given otherwise. */
  note(signed: Signed): Promise<void>;
}

/** Wrong passwords, and wrong codes, in a quarter of an hour by whoever sits at a member's sessions; as at sign-in. */
const passwordTries = 5;
const codeTries = 10;

export function openProof({ newsroom, passwords, secondFactor, now }: Deps): Proof {
  const typed = countTries(passwordTries, triesSpan, now);
  const codes = countTries(codeTries, triesSpan, now);

  async function note({ session }: Signed) {
    const at = now().toISOString();
    await newsroom.updateTable('sessions').set({ proved_at: at }).where('hash', '=', session).execute();
  }

  return {
    note,

    async require({ sessionKind, session }) {
      if (sessionKind === 'token') return;
      const row = await newsroom
        .selectFrom('sessions')
        .select('proved_at')
        .where('hash', '=', session)
        .executeTakeFirst();
      if (!row) throw new AppError('signInNeeded');
      if (row.proved_at <= new Date(now().getTime() - proofLife).toISOString())
        throw new AppError('proofNeeded');
    },

    async byPassword(signed, password) {
      const { id } = signed.member;
      typed.begin(id);
      const kept = await newsroom
        .selectFrom('passwords')
        .select('phc')
        .where('member', '=', id)
        .executeTakeFirst();
      if (!kept || password === undefined || (await passwords.check(kept.phc, password)) === 'wrong')
        throw new AppError('wrong');
      typed.right(id);
      await note(signed);
    },

    async byCode(signed, code) {
      const { id } = signed.member;
      codes.begin(id);
      await secondFactor.spend(id, code);
      codes.right(id);
      await note(signed);
    },
  };
}

/** The calls by which a member looks after their own account. */
import { api } from '../../shared/api.ts';
import { AppError } from '../../shared/base/errors.ts';
import type { Person } from '../../shared/people/person.ts';
import type { Route, Signed } from '../http.ts';
import { addRecord } from '../record/record.ts';
import { joinedSince } from './directory-members.ts';
import { memberById } from './members.ts';
import { paperOf } from './paper.ts';
import {
  addPasskey,
  answerPasskey,
  askPasskey,
  listPasskeys,
  offerPasskey,
  removePasskey,
} from './passkeys.ts';
import type { PeopleDeps } from './ports.ts';
import type { Proof } from './proof.ts';
import { relyingParty } from './relying-party.ts';
import type { SecondFactor } from './second-factor.ts';
import { endOwnSession, endSessions, listSessions, sessionCookie } from './sessions.ts';
import { listTokens, makeToken, removeToken } from './tokens.ts';
import { refuseWeak } from './weak-password.ts';

interface Factors {
  secondFactor: SecondFactor;
  proof: Proof;
}

/** A program reads the account of its member and changes nothing of it. */
function requireSession({ sessionKind }: Signed) {
  if (sessionKind !== 'cookie') throw new AppError('notAllowed', 'only a browser’s session may');
}

export function accountRoutes(route: Route, deps: PeopleDeps, { secondFactor, proof }: Factors): void {
  proofRoutes(route, deps, proof);
  passwordRoutes(route, deps, proof);
  passkeyRoutes(route, deps, proof);
  secondFactorRoutes(route, deps, { secondFactor, proof });
  sessionRoutes(route, deps);
  tokenRoutes(route, deps, proof);
  const { newsroom, now } = deps;

  route(api.account, async ({ signed: { member, session } }) => ({
    email: (await memberById(newsroom, member.id)).email,
    passwordSetAt: (await passwordOf(deps, member))?.set_at ?? null,
    passkeys: await listPasskeys(newsroom, member.id),
    secondFactor: await secondFactor.told(member.id),
    directorySince: await joinedSince(newsroom, member.id),
    sessions: await listSessions(newsroom, member.id, session, now()),
  }));
}

function passwordOf({ newsroom }: PeopleDeps, { id }: Person) {
  return newsroom.selectFrom('passwords').selectAll().where('member', '=', id).executeTakeFirst();
}

function proofRoutes(route: Route, { newsroom, publicUrl, now }: PeopleDeps, proof: Proof) {
  route(api.proofQuestion, async ({ signed, request }) => {
    requireSession(signed);
    const { member, session } = signed;
    const party = relyingParty(request.headers, publicUrl);
    if (!party) throw new AppError('notFound', 'no passkeys at this address');
    return { options: { ...(await askPasskey(newsroom, session, party, now(), member.id)) } };
  });

  route(api.prove, async ({ signed, body, request }) => {
    requireSession(signed);
    if (body.by === 'password') return proof.byPassword(signed, body.password);
    if (body.by === 'code') return proof.byCode(signed, body.code);
    const party = relyingParty(request.headers, publicUrl);
    if (!party) throw new AppError('spent');
    const member = await answerPasskey(newsroom, signed.session, party, body.response, now());
    if (member !== signed.member.id) throw new AppError('wrong');
    await proof.note(signed);
  });
}

function passwordRoutes(route: Route, deps: PeopleDeps, proof: Proof) {
  const { newsroom, passwords, now, refresh } = deps;

  route(api.setPassword, async ({ signed, body }) => {
    requireSession(signed);
    const { member, session } = signed;
    const kept = await passwordOf(deps, member);
    if (kept) await proof.byPassword(signed, body.current);
    else await proof.require(signed);
    const { email } = await memberById(newsroom, member.id);
    refuseWeak(body.password, [member.handle, member.name, email, await paperOf(newsroom)]);
    const row = {
      member: member.id,
      phc: await passwords.hash(body.password),
      set_at: now().toISOString(),
    };
    await newsroom.transaction().execute(async (one) => {
      await one
        .insertInto('passwords')
        .values(row)
        .onConflict((conflict) => conflict.column('member').doUpdateSet(row))
        .execute();
      const detail = { sessionsEnded: await endSessions(one, member.id, session) };
      const kind = kept ? 'password.changed' : 'password.set';
      await addRecord(one, { kind, member: member.id, detail, at: now() });
    });
    refresh();
  });

  route(api.removePassword, async ({ signed, body }) => {
    requireSession(signed);
    const kept = await passwordOf(deps, signed.member);
    if (!kept) throw new AppError('notFound');
    await proof.byPassword(signed, body.current);
    await newsroom.transaction().execute(async (one) => {
      const { id: member } = signed.member;
      await one.deleteFrom('passwords').where('member', '=', member).execute();
      await addRecord(one, { kind: 'password.removed', member, detail: {}, at: now() });
    });
  });
}

function passkeyRoutes(route: Route, { newsroom, publicUrl, now }: PeopleDeps, proof: Proof) {
  // Whoever had an offer has shown a proof, minutes ago at most: `addPasskey` asks for none.
  route(api.passkeyOffer, async ({ signed, request }) => {
    requireSession(signed);
    await proof.require(signed);
    const party = relyingParty(request.headers, publicUrl);
    if (!party) throw new AppError('notFound', 'no passkeys at this address');
    const options = await offerPasskey(newsroom, signed, party, await paperOf(newsroom), now());
    return { options: { ...options } };
  });

  route(api.addPasskey, async ({ signed, body, request }) => {
    requireSession(signed);
    const party = relyingParty(request.headers, publicUrl);
    if (!party) throw new AppError('spent');
    return addPasskey(newsroom, signed, party, body, now());
  });

  route(api.removePasskey, async ({ signed, params }) => {
    requireSession(signed);
    await proof.require(signed);
    await removePasskey(newsroom, signed.member.id, params.id, now());
  });
}

function secondFactorRoutes(route: Route, { newsroom }: PeopleDeps, { secondFactor, proof }: Factors) {
  route(api.offerSecondFactor, async ({ signed }) => {
    requireSession(signed);
    await proof.require(signed);
    return secondFactor.offer(signed, await paperOf(newsroom));
  });

  route(api.confirmSecondFactor, async ({ signed, body }) => {
    requireSession(signed);
    return { recoveryCodes: await secondFactor.confirm(signed, body.code) };
  });

  route(api.renewRecoveryCodes, async ({ signed, body }) => {
    requireSession(signed);
    await proof.byCode(signed, body.code);
    return { recoveryCodes: await secondFactor.renew(signed.member.id) };
  });

  route(api.removeSecondFactor, async ({ signed, body }) => {
    requireSession(signed);
    await proof.byCode(signed, body.code);
    await secondFactor.remove(signed.member.id);
  });
}

function sessionRoutes(route: Route, { newsroom, secure, now, refresh }: PeopleDeps) {
  route(api.endSession, async ({ signed, params, reply }) => {
    requireSession(signed);
    const asking = { member: signed.member.id, session: signed.session };
    const own = await newsroom.transaction().execute((one) => endOwnSession(one, asking, params.id, now()));
    if (own) reply.header('set-cookie', sessionCookie(secure).end());
    refresh();
  });

  route(api.endOtherSessions, async ({ signed }) => {
    requireSession(signed);
    await newsroom.transaction().execute(async (one) => {
      const { id: member } = signed.member;
      const sessions = await endSessions(one, member, signed.session);
      if (sessions === 0) return;
      await addRecord(one, { kind: 'session.ended', member, detail: { sessions, how: 'others' }, at: now() });
    });
    refresh();
  });
}

function tokenRoutes(route: Route, { newsroom, now, refresh }: PeopleDeps, proof: Proof) {
  route(api.tokens, async ({ signed }) => listTokens(newsroom, signed.member.id));

  route(api.addToken, async ({ signed, body }) => {
    // One that a program made would outlive the removal of its own.
    requireSession(signed);
    await proof.require(signed);
    const { id } = signed.member;
    return makeToken(newsroom, id, body.name, { by: id, now: now() });
  });

  route(api.removeToken, async ({ signed, params }) => {
    await removeToken(newsroom, signed.member.id, params.id, now());
    refresh();
  });
}

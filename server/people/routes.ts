/** The calls about people: signing in and out, members, personal access tokens. */
import { api, type LiveEvent } from '../../shared/api.ts';
import { AppError } from '../../shared/base/errors.ts';
import { canInNewsroom } from '../../shared/people/can.ts';
import type { Person } from '../../shared/people/person.ts';
import type { PublicRoute, Route, Signed } from '../http.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import { addMember, changeMember, listMembers, memberById, personOf } from './members.ts';
import { cameFrom, endedCookie, endSession, openSession, sessionCookie, sessionIn } from './sessions.ts';
import { addLink, linkAddress, readLink, spendLink } from './signin-links.ts';
import { addToken, listTokens, removeToken } from './tokens.ts';

interface Deps {
  newsroom: Newsroom;
  secure: boolean;
  /** The log's. */
  epoch: string;
  /** The address that people open, for sign-in links. */
  url: () => string;
  now: () => Date;
  publish: (event: LiveEvent) => void;
  /** Asks every open socket again who it is and what it may. */
  refresh: () => void;
}

function requireManager(signed: Signed) {
  if (!canInNewsroom(signed.member, 'members.manage')) throw new AppError('notAllowed');
}

async function memberRow(newsroom: Newsroom, id: string) {
  const row = await newsroom.selectFrom('members').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw new AppError('notFound');
  return row;
}

/** Everybody for staff; for a correspondent the staff, themselves, and whoever shares a story with them. */
async function peopleFor(newsroom: Newsroom, reader: Person) {
  const rows = await newsroom.selectFrom('members').selectAll().orderBy('created_at').orderBy('id').execute();
  const known = (row: (typeof rows)[number]) => ({ ...personOf(row), active: row.active === 1 });
  if (reader.role !== 'correspondent') return rows.map(known);
  const beside = await newsroom
    .selectFrom('article_people as mine')
    .innerJoin('article_people as theirs', 'theirs.article', 'mine.article')
    .select('theirs.member')
    .where('mine.member', '=', reader.id)
    .execute();
  const ids = new Set([reader.id, ...beside.map((row) => row.member)]);
  return rows.filter((row) => row.role !== 'correspondent' || ids.has(row.id)).map(known);
}

function signInRoutes(publicRoute: PublicRoute, { newsroom, secure, now }: Deps) {
  publicRoute(api.readSignInLink, async ({ body }) => {
    const { member } = await readLink(newsroom, body.token, now());
    const { name, handle } = await memberRow(newsroom, member);
    return { name, handle };
  });

  publicRoute(api.signIn, async ({ body, request, reply }) => {
    const { member } = await spendLink(newsroom, body.token, now());
    const before = sessionIn(request.headers, secure);
    if (before !== null) await endSession(newsroom, before);
    const secret = await openSession(newsroom, { member, ...cameFrom(request) }, now());
    reply.header('set-cookie', sessionCookie(secret, secure));
    return { kind: 'in' as const, person: personOf(await memberRow(newsroom, member)) };
  });
}

function memberRoutes(route: Route, deps: Deps) {
  const { newsroom, url, now, publish, refresh } = deps;

  route(api.members, async ({ signed }) => {
    requireManager(signed);
    return listMembers(newsroom);
  });

  route(api.addMember, async ({ signed, body }) => {
    requireManager(signed);
    const member = await newsroom.transaction().execute((one) => addMember(one, body, now()));
    publish({ kind: 'people' });
    return { member, link: linkAddress(url(), await addLink(newsroom, member.id, now())) };
  });

  route(api.changeMember, async ({ signed, params, body }) => {
    requireManager(signed);
    const member = await changeMember(newsroom, params.id, body);
    refresh();
    publish({ kind: 'people' });
    publish({ kind: 'articles' });
    return member;
  });

  route(api.memberLink, async ({ signed, params }) => {
    requireManager(signed);
    const member = await memberById(newsroom, params.id);
    if (!member.active) throw new AppError('conflict', 'a removed member cannot sign in');
    return { link: linkAddress(url(), await addLink(newsroom, member.id, now())) };
  });
}

export function peopleRoutes(route: Route, publicRoute: PublicRoute, deps: Deps): void {
  const { newsroom, secure, epoch, now, refresh } = deps;
  signInRoutes(publicRoute, deps);
  memberRoutes(route, deps);

  route(api.signOut, async ({ request, reply }) => {
    const secret = sessionIn(request.headers, secure);
    if (secret !== null) await endSession(newsroom, secret);
    reply.header('set-cookie', endedCookie(secure));
    refresh();
  });

  route(api.me, async ({ signed }) => {
    const name = await newsroom
      .selectFrom('settings')
      .select('value')
      .where('key', '=', 'paper')
      .executeTakeFirst();
    return {
      ...signed.member,
      newsroom: name?.value ?? '',
      mayManageMembers: canInNewsroom(signed.member, 'members.manage'),
      epoch,
    };
  });

  route(api.people, async ({ signed }) => peopleFor(newsroom, signed.member));

  route(api.tokens, async ({ signed }) => listTokens(newsroom, signed.member.id));
  route(api.addToken, async ({ signed, body }) => addToken(newsroom, signed.member.id, body.name, now()));
  route(api.removeToken, async ({ signed, params }) => {
    await removeToken(newsroom, signed.member.id, params.id);
    refresh();
  });
}

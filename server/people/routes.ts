/** The calls about people. */
import { api } from '../../shared/api.ts';
import { canInNewsroom } from '../../shared/people/can.ts';
import type { Person } from '../../shared/people/person.ts';
import type { Http } from '../http.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import { accountRoutes } from './account-routes.ts';
import { directoryRoutes } from './directory-routes.ts';
import { openEntry } from './entry.ts';
import { invitationRoutes } from './invitation-routes.ts';
import { memberRoutes } from './member-routes.ts';
import { personOf } from './members.ts';
import { paperOf } from './paper.ts';
import type { PeopleDeps } from './ports.ts';
import { openProof } from './proof.ts';
import { openSecondFactor } from './second-factor.ts';
import { endSession, sessionCookie } from './sessions.ts';
import { signInRoutes } from './sign-in-routes.ts';

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

export function peopleRoutes({ app, route, publicRoute }: Http, deps: PeopleDeps): void {
  const { newsroom, secure, epoch, refresh, now } = deps;
  const secondFactor = openSecondFactor(deps);
  const entry = openEntry({ ...deps, secondFactor });
  signInRoutes(publicRoute, deps, entry);
  if (deps.directory) directoryRoutes(app, { ...deps, directory: deps.directory }, entry);
  invitationRoutes(route, publicRoute, deps, entry);
  const proof = openProof({ ...deps, secondFactor });
  memberRoutes(route, deps, proof);
  accountRoutes(route, deps, { secondFactor, proof });

  route(api.signOut, async ({ request, reply }) => {
    const cookie = sessionCookie(secure);
    const secret = cookie.read(request.headers);
    if (secret !== null)
      await newsroom.transaction().execute((one) => endSession(one, secret, 'signedOut', now()));
    reply.header('set-cookie', cookie.end());
    refresh();
  });

  route(api.me, async ({ signed }) => ({
    ...signed.member,
    newsroom: await paperOf(newsroom),
    mayManageMembers: canInNewsroom(signed.member, 'members.manage'),
    epoch,
  }));

  route(api.people, async ({ signed }) => peopleFor(newsroom, signed.member));
}

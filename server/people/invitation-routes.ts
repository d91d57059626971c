/** The calls about invitations: making one, looking at it, taking it back, accepting it. */
import { api } from '../../shared/api.ts';
import { AppError } from '../../shared/base/errors.ts';
import { canInNewsroom } from '../../shared/people/can.ts';
import type { PublicRoute, Route, Signed } from '../http.ts';
import type { Entry } from './entry.ts';
import {
  acceptInvitation,
  addInvitation,
  invitationAddress,
  listInvitations,
  readInvitation,
  removeInvitation,
} from './invitations.ts';
import { requireManager } from './members.ts';
import { paperOf } from './paper.ts';
import type { PeopleDeps } from './ports.ts';
import { refuseWeak } from './weak-password.ts';

/** Null for who manages members and so sees to everybody's invitations; else whose own they must be. */
const ownOnly = ({ member }: Signed) => (canInNewsroom(member, 'members.manage') ? null : member.id);

export function invitationRoutes(
  route: Route,
  publicRoute: PublicRoute,
  deps: PeopleDeps,
  entry: Entry,
): void {
  const { newsroom, url, now, publish, refresh, passwords } = deps;

  route(api.invitations, ({ signed }) => listInvitations(newsroom, ownOnly(signed), now()));

  route(api.addInvitation, async ({ signed, body }) => {
    if (body.article === undefined) requireManager(signed);
    else {
      deps.allow(signed, 'invite', body.article);
      if (body.role !== 'correspondent')
        throw new AppError('badInput', 'a guest of one story is a correspondent');
    }
    const { invitation, secret } = await addInvitation(newsroom, signed.member.id, body, now());
    publish({ kind: 'people' });
    return { invitation, link: invitationAddress(url(), secret) };
  });

  route(api.removeInvitation, async ({ signed, params }) => {
    const { id: by } = signed.member;
    await removeInvitation(newsroom, params.id, { by, ownOnly: ownOnly(signed) !== null, now: now() });
    publish({ kind: 'people' });
  });

  publicRoute(api.readInvitation, async ({ body }) => {
    const { name, email, role, inviter, headline } = await readInvitation(newsroom, deps, body.token, now());
    return { newsroom: await paperOf(newsroom), name, email, role, invitedBy: inviter, headline };
  });

  publicRoute(api.acceptInvitation, async ({ body: { token, handle, name, password }, ...visit }) => {
    const { email } = await readInvitation(newsroom, deps, token, now());
    if (password !== undefined) refuseWeak(password, [handle, name, email, await paperOf(newsroom)]);
    const phc = password === undefined ? null : await passwords.hash(password);
    const member = await acceptInvitation(newsroom, deps, token, { handle, name, phc }, now());
    const person = await entry.letIn(visit, member);
    refresh();
    publish({ kind: 'people' });
    publish({ kind: 'articles' });
    return person;
  });
}

/** The calls by which an administrator adds, changes and removes members. */
import { api } from '../../shared/api.ts';
import { AppError } from '../../shared/base/errors.ts';
import type { Route, Signed } from '../http.ts';
import { addRecord } from '../record/record.ts';
import { addMember, changeMember, listMembers, memberById, requireManager, resetMember } from './members.ts';
import type { PeopleDeps } from './ports.ts';
import type { Proof } from './proof.ts';
import { endSessions } from './sessions.ts';
import { linkAddress, makeLink } from './signin-links.ts';

export function memberRoutes(
  route: Route,
  { newsroom, url, now, publish, refresh }: PeopleDeps,
  proof: Proof,
): void {
  const freshLink = async ({ member: { id: by } }: Signed, member: string) =>
    linkAddress(url(), await makeLink(newsroom, member, { by, now: now() }));

  async function requireActive(id: string) {
    const { active } = await memberById(newsroom, id);
    if (!active) throw new AppError('conflict', 'a removed member cannot sign in');
  }

  route(api.members, async ({ signed }) => {
    requireManager(signed);
    return listMembers(newsroom);
  });

  route(api.addMember, async ({ signed, body }) => {
    requireManager(signed);
    const member = await newsroom
      .transaction()
      .execute((one) => addMember(one, { ...body, by: signed.member.id }, now()));
    publish({ kind: 'people' });
    return { member, link: await freshLink(signed, member.id) };
  });

  route(api.changeMember, async ({ signed, params, body }) => {
    requireManager(signed);
    const member = await changeMember(newsroom, params.id, body, { by: signed.member.id, now: now() });
    refresh();
    publish({ kind: 'people' });
    publish({ kind: 'articles' });
    return member;
  });

  route(api.memberLink, async ({ signed, params }) => {
    requireManager(signed);
    await requireActive(params.id);
    if (params.id === signed.member.id) await proof.require(signed);
    return { link: await freshLink(signed, params.id) };
  });

  route(api.endMemberSessions, async ({ signed, params }) => {
    requireManager(signed);
    await memberById(newsroom, params.id);
    await newsroom.transaction().execute(async (one) => {
      const sessions = await endSessions(one, params.id);
      if (sessions === 0) return;
      const detail = { of: params.id, sessions, how: 'administrator' };
      await addRecord(one, { kind: 'session.ended', member: signed.member.id, detail, at: now() });
    });
    refresh();
  });

  route(api.resetMember, async ({ signed, params }) => {
    requireManager(signed);
    await requireActive(params.id);
    if (params.id === signed.member.id) await proof.require(signed);
    await resetMember(newsroom, params.id, { by: signed.member.id, now: now() });
    refresh();
    publish({ kind: 'people' });
    return { link: await freshLink(signed, params.id) };
  });
}

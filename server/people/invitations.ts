/** Invitations: into the newsroom by who manages members, or of a guest to one story by who may invite to it.
 * The link's secret is good once and for 72 hours. */
import type { Selectable } from 'kysely';
import type { z } from 'zod';
import { AppError } from '../../shared/base/errors.ts';
import { newId } from '../../shared/base/id.ts';
import type { invitationSchema } from '../../shared/people/calls.ts';
import { canInNewsroom } from '../../shared/people/can.ts';
import type { Person } from '../../shared/people/person.ts';
import { addRecord } from '../record/record.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import { addMember } from './members.ts';
import type { PeopleDeps } from './ports.ts';
import { hashSecret, newSecret } from './secret.ts';
import type { PeopleTables } from './table.ts';

export type Invitation = z.output<typeof invitationSchema>;

/** Milliseconds that an invitation lasts. */
export const invitationLife = 72 * 3_600_000;

/** Open invitations of one member. */
const invitationsEach = 100;

/** The address with the secret in its fragment, which a browser sends to nobody. */
export const invitationAddress = (url: string, secret: string) => `${url}/invitation#${secret}`;

/** Those still open, with whom and what they name. */
function openInvitations(newsroom: Newsroom, now: Date) {
  return newsroom
    .selectFrom('invitations')
    .innerJoin('members', 'members.id', 'invitations.invited_by')
    .leftJoin('articles', 'articles.id', 'invitations.article')
    .selectAll('invitations')
    .select(['members.name as inviter', 'members.role as inviter_role'])
    .select(['articles.headline', 'articles.title'])
    .where('invitations.expires_at', '>', now.toISOString())
    .orderBy('invitations.created_at', 'desc')
    .orderBy('invitations.id');
}

type Row = Selectable<PeopleTables['invitations']> & { headline: string | null; title: string | null };

/** What its row of the record says of the story that a guest is invited to. */
const aboutStory = (article: string | null | undefined) => (article ? { article } : {});

const headlineOf = (row: Row) => row.headline || row.title || '';

const invitationOf = (row: Row): Invitation => ({
  id: row.id,
  name: row.name,
  email: row.email,
  role: row.role,
  article: row.article === null ? null : { id: row.article, headline: headlineOf(row) },
  invitedBy: row.invited_by,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
});

/** The open ones, newest first: everybody's, or those of one member. */
export async function listInvitations(
  newsroom: Newsroom,
  invitedBy: string | null,
  now: Date,
): Promise<Invitation[]> {
  let wanted = openInvitations(newsroom, now);
  if (invitedBy !== null) wanted = wanted.where('invitations.invited_by', '=', invitedBy);
  return (await wanted.execute()).map(invitationOf);
}

export interface NewInvitation {
  name: string;
  email?: string | undefined;
  role: Person['role'];
  article?: string | undefined;
}

/** Makes an invitation; `secret` is for the link and kept nowhere. */
export async function addInvitation(
  newsroom: Newsroom,
  invitedBy: string,
  { name, email, role, article }: NewInvitation,
  now: Date,
): Promise<{ invitation: Invitation; secret: string }> {
  const secret = newSecret();
  const at = now.toISOString();
  const id = newId((bytes) => crypto.getRandomValues(bytes));
  const invitation = await newsroom.transaction().execute(async (one) => {
    await one.deleteFrom('invitations').where('expires_at', '<=', at).execute();
    if ((await listInvitations(one, invitedBy, now)).length >= invitationsEach)
      throw new AppError('tooMany', `no more than ${invitationsEach} open invitations a member`);
    await one
      .insertInto('invitations')
      .values({
        id,
        hash: hashSecret(secret),
        name,
        email: email ?? null,
        role,
        article: article ?? null,
        invited_by: invitedBy,
        created_at: at,
        expires_at: new Date(now.getTime() + invitationLife).toISOString(),
      })
      .execute();
    await addRecord(one, {
      kind: 'invitation.made',
      member: invitedBy,
      ...aboutStory(article),
      detail: { invitation: id, name, role },
      at: now,
    });
    const row = await openInvitations(one, now).where('invitations.id', '=', id).executeTakeFirstOrThrow();
    return invitationOf(row);
  });
  return { invitation, secret };
}

/** Takes an open invitation back; `ownOnly` when it must be of whoever does so. */
export async function removeInvitation(
  newsroom: Newsroom,
  id: string,
  { by, ownOnly, now }: { by: string; ownOnly: boolean; now: Date },
): Promise<void> {
  await newsroom.transaction().execute(async (one) => {
    let removal = one.deleteFrom('invitations').where('id', '=', id);
    if (ownOnly) removal = removal.where('invited_by', '=', by);
    const gone = await removal.returning(['name', 'role', 'article']).executeTakeFirst();
    if (!gone) throw new AppError('notFound');
    const { name, role, article } = gone;
    await addRecord(one, {
      kind: 'invitation.withdrawn',
      member: by,
      ...aboutStory(article),
      detail: { invitation: id, name, role },
      at: now,
    });
  });
}

type Inviting = Pick<PeopleDeps, 'mayInvite' | 'putOnArticle'>;

/** The open invitation of this secret. One that is unknown, accepted, taken back or run out, and one of
 * somebody who could not invite so now, are one answer. */
export async function readInvitation(
  newsroom: Newsroom,
  { mayInvite }: Pick<Inviting, 'mayInvite'>,
  secret: string,
  now: Date,
) {
  const row = await openInvitations(newsroom, now)
    .where('invitations.hash', '=', hashSecret(secret))
    .where('members.active', '=', 1)
    .executeTakeFirst();
  if (!row) throw new AppError('spent');
  const may =
    row.article === null
      ? canInNewsroom({ id: row.invited_by, role: row.inviter_role }, 'members.manage')
      : mayInvite(row.invited_by, row.article);
  if (!may) throw new AppError('spent');
  return { ...row, headline: row.article === null ? null : headlineOf(row) };
}

export interface Accepting {
  handle: string;
  name: string;
  /** Of the password, when one was chosen. */
  phc: string | null;
}

/** Spends the invitation and makes the member, both or neither: of two who accept at once one gets in, and a
 * handle that is taken leaves the invitation good. */
export async function acceptInvitation(
  newsroom: Newsroom,
  inviting: Inviting,
  secret: string,
  { handle, name, phc }: Accepting,
  now: Date,
): Promise<string> {
  return newsroom.transaction().execute(async (one) => {
    const {
      id: invitation,
      role,
      email,
      article,
      hash,
      invited_by: invitedBy,
    } = await readInvitation(one, inviting, secret, now);
    const { numDeletedRows } = await one
      .deleteFrom('invitations')
      .where('hash', '=', hash)
      .executeTakeFirstOrThrow();
    if (numDeletedRows === 0n) throw new AppError('spent');
    // An address that a reporter wrote down is nobody's proof: a directory's account is joined by it.
    const trusted = article === null ? (email ?? undefined) : undefined;
    const { id } = await addMember(one, { handle, name, role, email: trusted }, now);
    const detail = { invitation, invitedBy };
    await addRecord(one, {
      kind: 'invitation.accepted',
      member: id,
      ...aboutStory(article),
      detail,
      at: now,
    });
    if (phc !== null) {
      await one.insertInto('passwords').values({ member: id, phc, set_at: now.toISOString() }).execute();
      await addRecord(one, { kind: 'password.set', member: id, detail: {}, at: now });
    }
    if (article !== null) await inviting.putOnArticle(one, article, id, now);
    return id;
  });
}

/** The calls about people: ways to sign in, invitations, members, one's own account, tokens for programs. */
import { z } from 'zod';
import { call } from '../base/call.ts';
import { idSchema } from '../base/id.ts';
import { roles } from './person.ts';

const withId = z.object({ id: idSchema });

export const handleSchema = z.string().regex(/^[a-z][a-z0-9]{1,31}$/);
const nameSchema = z.string().trim().min(1).max(40);
const emailSchema = z.email().max(200);
/** A secret out of an address's fragment; '' is as good as any that is spent. */
const secretSchema = z.string().max(200);
/** Names of sections 版 (要闻, 经济), as pages carry them. */
const sectionsSchema = z.array(z.string().trim().min(1).max(20)).max(20);

/** The least and the most characters of a password. */
export const passwordLimits = { least: 12, most: 128 } as const;
const passwordSchema = z.string().min(passwordLimits.least).max(passwordLimits.most);
/** As typed at sign-in, right or wrong. */
const typedPasswordSchema = z.string().min(1).max(passwordLimits.most);
/** Six digits of an authenticator, or one of the recovery codes. */
const codeSchema = z.string().trim().min(6).max(20);
/** What a browser's WebAuthn gives or takes; @simplewebauthn reads it. */
const webAuthnSchema = z.record(z.string(), z.unknown());

export const personSchema = z.object({
  id: idSchema,
  handle: handleSchema,
  name: z.string(),
  role: z.enum(roles),
  color: z.int().min(0).max(7),
});

export const memberSchema = personSchema.extend({
  email: z.string().nullable(),
  /** Sections a lead answers for; none means all. */
  sections: sectionsSchema,
  active: z.boolean(),
  lastSeenAt: z.string().nullable(),
  /** How this member can come in beside links. */
  signsInBy: z.object({
    password: z.boolean(),
    passkeys: z.int(),
    secondFactor: z.boolean(),
    directory: z.boolean(),
  }),
});

/** Either somebody is in and the cookie is set, or the second factor is asked for within five minutes. */
const signInAnswerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('in'), person: personSchema }),
  z.object({ kind: z.literal('secondFactor') }),
]);

export const tokenSchema = z.object({
  id: idSchema,
  name: z.string(),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
});

const sessionSchema = z.object({
  id: idSchema,
  /** The one that asks. */
  current: z.boolean(),
  createdAt: z.string(),
  usedAt: z.string(),
  /** The browser as it named itself at sign-in, at most 200 characters; '' when it did not. */
  agent: z.string(),
  /** The address it signed in from. */
  address: z.string(),
});

const passkeySchema = z.object({
  id: idSchema,
  name: z.string(),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
});

export const invitationSchema = z.object({
  id: idSchema,
  name: z.string(),
  email: z.string().nullable(),
  role: z.enum(roles),
  /** The story a guest is invited to. */
  article: z.object({ id: idSchema, headline: z.string() }).nullable(),
  invitedBy: idSchema,
  createdAt: z.string(),
  expiresAt: z.string(),
});

const signInCalls = {
  /** What the sign-in page offers. */
  signInWays: call({
    method: 'GET',
    path: '/api/sign-in',
    output: z.object({
      newsroom: z.string(),
      /** Whether passkeys work at this address: they need https or localhost, and a name, not a number. */
      passkey: z.boolean(),
      /** The directory's name, for a button that goes to /sign-in/directory; null when none is configured. */
      directory: z.string().nullable(),
    }),
  }),
  /** Tells what a sign-in link is for without spending it. */
  readSignInLink: call({
    method: 'POST',
    path: '/api/sign-in/look',
    body: z.object({ token: secretSchema }),
    output: z.object({ name: z.string(), handle: z.string() }),
  }),
  /** Spends the link. */
  signIn: call({
    method: 'POST',
    path: '/api/sign-in',
    body: z.object({ token: secretSchema }),
    output: signInAnswerSchema,
  }),
  /** `wrong` for an unknown handle, a member without a password and a wrong password alike. */
  signInByPassword: call({
    method: 'POST',
    path: '/api/sign-in/password',
    body: z.object({
      handle: z.string().trim().toLowerCase().min(1).max(200),
      password: typedPasswordSchema,
    }),
    output: signInAnswerSchema,
  }),
  /** The second factor, after `secondFactor`; that sign-in is known by a cookie of its own. */
  signInSecond: call({
    method: 'POST',
    path: '/api/sign-in/second',
    body: z.object({ code: codeSchema }),
    output: signInAnswerSchema,
  }),
  passkeyQuestion: call({
    method: 'POST',
    path: '/api/sign-in/passkey/question',
    output: z.object({ options: webAuthnSchema }),
  }),
  signInByPasskey: call({
    method: 'POST',
    path: '/api/sign-in/passkey',
    body: z.object({ response: webAuthnSchema }),
    output: signInAnswerSchema,
  }),
  signOut: call({ method: 'POST', path: '/api/sign-out' }),
} as const;

const invitationCalls = {
  /** Tells what an invitation is for without spending it. */
  readInvitation: call({
    method: 'POST',
    path: '/api/invitations/look',
    body: z.object({ token: secretSchema }),
    output: z.object({
      newsroom: z.string(),
      name: z.string(),
      email: z.string().nullable(),
      role: z.enum(roles),
      invitedBy: z.string(),
      headline: z.string().nullable(),
    }),
  }),
  /** Spends it: makes the member, puts a guest on the story, signs in. `conflict` when the handle is taken;
   * the invitation stays good then. */
  acceptInvitation: call({
    method: 'POST',
    path: '/api/invitations/accept',
    body: z.object({
      token: secretSchema,
      handle: handleSchema,
      name: nameSchema,
      password: passwordSchema.optional(),
    }),
    output: personSchema,
  }),
  /** All of them for who manages members, else one's own; open ones only, newest first. */
  invitations: call({ method: 'GET', path: '/api/invitations', output: z.array(invitationSchema) }),
  /** Invites somebody into the newsroom (who manages members), or a guest, a correspondent, to one story
   * (who may invite to it). The link, to the page /invitation with the secret in its fragment,
   * is shown once, and good once, for 72 hours. */
  addInvitation: call({
    method: 'POST',
    path: '/api/invitations',
    body: z.object({
      name: nameSchema,
      email: emailSchema.optional(),
      role: z.enum(roles),
      article: idSchema.optional(),
    }),
    output: z.object({ invitation: invitationSchema, link: z.string() }),
  }),
  /** Takes an open invitation back. */
  removeInvitation: call({ method: 'DELETE', path: '/api/invitations/:id', params: withId }),
} as const;

const memberCalls = {
  me: call({
    method: 'GET',
    path: '/api/me',
    output: personSchema.extend({
      newsroom: z.string(),
      mayManageMembers: z.boolean(),
      /** Which log the server has (docs/sync.md); a browser keeps its copies of stories under it. */
      epoch: z.string(),
    }),
  }),
  /** Whom this reader may know of; removed members too, since their names stand on what they wrote. */
  people: call({
    method: 'GET',
    path: '/api/people',
    output: z.array(personSchema.extend({ active: z.boolean() })),
  }),
  members: call({ method: 'GET', path: '/api/members', output: z.array(memberSchema) }),
  addMember: call({
    method: 'POST',
    path: '/api/members',
    body: z.object({
      handle: handleSchema,
      name: nameSchema,
      role: z.enum(roles),
      email: emailSchema.optional(),
      sections: sectionsSchema.optional(),
    }),
    /** `link` is a fresh sign-in link, shown once. */
    output: z.object({ member: memberSchema, link: z.string() }),
  }),
  changeMember: call({
    method: 'PATCH',
    path: '/api/members/:id',
    params: withId,
    body: z.object({
      name: nameSchema.optional(),
      role: z.enum(roles).optional(),
      email: emailSchema.nullable().optional(),
      sections: sectionsSchema.optional(),
      active: z.boolean().optional(),
    }),
    output: memberSchema,
  }),
  memberLink: call({
    method: 'POST',
    path: '/api/members/:id/sign-in-link',
    params: withId,
    output: z.object({ link: z.string() }),
  }),
  /** Ends every session of a member. */
  endMemberSessions: call({ method: 'POST', path: '/api/members/:id/end-sessions', params: withId }),
  /** For a lost telephone or a stolen one: password, passkeys, second factor, sessions, tokens and
   * older links go; the new link brings the member back in. */
  resetMember: call({
    method: 'POST',
    path: '/api/members/:id/reset',
    params: withId,
    output: z.object({ link: z.string() }),
  }),
} as const;

/** How long a sign-in or a proof lets its session change the ways in, in milliseconds. */
export const proofLife = 15 * 60_000;

/** One's own account. A token of a program may read it and remove tokens, and change nothing else of it. What makes or
 * takes away a way in is `proofNeeded` in a session whose last proof is older than `proofLife`; whoever has nothing
 * to prove it by signs in anew. */
const accountCalls = {
  account: call({
    method: 'GET',
    path: '/api/account',
    output: z.object({
      email: z.string().nullable(),
      passwordSetAt: z.string().nullable(),
      passkeys: z.array(passkeySchema),
      secondFactor: z.object({ since: z.string(), recoveryCodes: z.int() }).nullable(),
      /** Since when the directory's account is joined to this one. */
      directorySince: z.string().nullable(),
      sessions: z.array(sessionSchema),
    }),
  }),
  proofQuestion: call({
    method: 'POST',
    path: '/api/account/proof/question',
    output: z.object({ options: webAuthnSchema }),
  }),
  /** Proves that whoever is at the session is its member, by one factor that they have. */
  prove: call({
    method: 'POST',
    path: '/api/account/proof',
    body: z.discriminatedUnion('by', [
      z.object({ by: z.literal('password'), password: typedPasswordSchema }),
      /** Of the authenticator, or a recovery code. */
      z.object({ by: z.literal('code'), code: codeSchema }),
      z.object({ by: z.literal('passkey'), response: webAuthnSchema }),
    ]),
  }),
  /** `current` is asked for when there is one already. Ends the other sessions. A password that others would try
   * first is `badInput`, `detail` then `password: common` or `password: personal`. */
  setPassword: call({
    method: 'PUT',
    path: '/api/account/password',
    body: z.object({ current: typedPasswordSchema.optional(), password: passwordSchema }),
  }),
  removePassword: call({
    method: 'POST',
    path: '/api/account/password/remove',
    body: z.object({ current: typedPasswordSchema }),
  }),
  passkeyOffer: call({
    method: 'POST',
    path: '/api/account/passkeys/offer',
    output: z.object({ options: webAuthnSchema }),
  }),
  addPasskey: call({
    method: 'POST',
    path: '/api/account/passkeys',
    body: z.object({ name: nameSchema, response: webAuthnSchema }),
    output: passkeySchema,
  }),
  removePasskey: call({ method: 'DELETE', path: '/api/account/passkeys/:id', params: withId }),
  /** A new secret for an authenticator, good once it is confirmed; `address` is an otpauth: address. */
  offerSecondFactor: call({
    method: 'POST',
    path: '/api/account/second-factor/offer',
    output: z.object({ secret: z.string(), address: z.string() }),
  }),
  /** `recoveryCodes` are shown once, each good once. */
  confirmSecondFactor: call({
    method: 'PUT',
    path: '/api/account/second-factor',
    body: z.object({ code: codeSchema }),
    output: z.object({ recoveryCodes: z.array(z.string()) }),
  }),
  /** Ten new recovery codes in place of those that are left, for a code of the authenticator or one of them. */
  renewRecoveryCodes: call({
    method: 'POST',
    path: '/api/account/second-factor/recovery-codes',
    body: z.object({ code: codeSchema }),
    output: z.object({ recoveryCodes: z.array(z.string()) }),
  }),
  removeSecondFactor: call({
    method: 'POST',
    path: '/api/account/second-factor/remove',
    body: z.object({ code: codeSchema }),
  }),
  endSession: call({ method: 'DELETE', path: '/api/account/sessions/:id', params: withId }),
  endOtherSessions: call({ method: 'POST', path: '/api/account/sessions/end-others' }),
  tokens: call({ method: 'GET', path: '/api/tokens', output: z.array(tokenSchema) }),
  addToken: call({
    method: 'POST',
    path: '/api/tokens',
    body: z.object({ name: nameSchema }),
    /** `token` is shown once. */
    output: tokenSchema.extend({ token: z.string() }),
  }),
  removeToken: call({ method: 'DELETE', path: '/api/tokens/:id', params: withId }),
} as const;

export const peopleCalls = { ...signInCalls, ...invitationCalls, ...memberCalls, ...accountCalls } as const;

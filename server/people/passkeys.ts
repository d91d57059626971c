/** Passkeys: made and checked by @simplewebauthn/server. The authenticator itself knows whose it is and asks for
 * a finger, a face or a PIN, so that one passkey is both factors. */
import {
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { z } from 'zod';
import { AppError } from '../../shared/base/errors.ts';
import { newId } from '../../shared/base/id.ts';
import type { Signed } from '../http.ts';
import { addRecord } from '../record/record.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import type { RelyingParty } from './relying-party.ts';
import { hashSecret } from './secret.ts';
import { beginStep, stepLife, takeStep } from './steps.ts';

const passkeysPerMember = 10;

/** EdDSA, ES256 and RS256, by their numbers in COSE (RFC 9053, RFC 8812): one of them every authenticator has. */
const algorithms = [-8, -7, -257];

const bytes = z.string().regex(/^[A-Za-z0-9_-]{1,8192}$/);
const transports = z.array(z.string().max(20)).max(10);

const credential = { id: bytes, rawId: bytes, type: z.literal('public-key') };

const registrationSchema = z.object({
  ...credential,
  response: z.object({ clientDataJSON: bytes, attestationObject: bytes, transports: transports.optional() }),
});

const authenticationSchema = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: bytes,
    authenticatorData: bytes,
    signature: bytes,
    userHandle: bytes.nullish(),
  }),
});

function read<S extends z.ZodType>(schema: S, response: unknown): z.output<S> {
  const result = schema.safeParse(response);
  if (!result.success) throw new AppError('badInput', 'what a browser’s WebAuthn gives');
  return result.data;
}

/** The library throws for what does not fit. */
async function verified<T extends { verified: boolean }>(check: Promise<T>): Promise<T & { verified: true }> {
  const result = await check.catch(() => null);
  if (!result?.verified) throw new AppError('wrong');
  return result as T & { verified: true };
}

const transportsOf = (json: string) => transports.parse(JSON.parse(json)) as AuthenticatorTransport[];

export async function listPasskeys(newsroom: Newsroom, member: string) {
  return newsroom
    .selectFrom('passkeys')
    .select(['id', 'name', 'created_at as createdAt', 'last_used_at as lastUsedAt'])
    .where('member', '=', member)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** A member's passkeys as a browser is told of them. */
async function knownPasskeys(newsroom: Newsroom, member: string) {
  const rows = await newsroom
    .selectFrom('passkeys')
    .select(['credential', 'transports'])
    .where('member', '=', member)
    .execute();
  return rows.map((row) => ({ id: row.credential, transports: transportsOf(row.transports) }));
}

/** Offers to make a passkey; good for the session that asked. */
export async function offerPasskey(
  newsroom: Newsroom,
  { member, session }: Signed,
  party: RelyingParty,
  paper: string,
  now: Date,
) {
  const own = await knownPasskeys(newsroom, member.id);
  if (own.length >= passkeysPerMember)
    throw new AppError('tooMany', `no more than ${passkeysPerMember} passkeys a member`);
  const options = await generateRegistrationOptions({
    rpName: paper,
    rpID: party.id,
    userID: new TextEncoder().encode(member.id),
    userName: member.handle,
    userDisplayName: member.name,
    timeout: stepLife,
    attestationType: 'none',
    supportedAlgorithmIDs: algorithms,
    excludeCredentials: own,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  const value = hashSecret(options.challenge);
  await beginStep(newsroom, { hash: session, kind: 'passkeyOffer', member: member.id, value }, now);
  return options;
}

export async function addPasskey(
  newsroom: Newsroom,
  { member, session }: Signed,
  party: RelyingParty,
  { name, response }: { name: string; response: unknown },
  now: Date,
) {
  const step = await takeStep(newsroom, session, 'passkeyOffer', now);
  const made = read(registrationSchema, response);
  const { registrationInfo } = await verified(
    verifyRegistrationResponse({
      response: { ...made, clientExtensionResults: {} } as RegistrationResponseJSON,
      expectedChallenge: (challenge) => hashSecret(challenge) === step.value,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    }),
  );
  if (!registrationInfo) throw new AppError('wrong');
  const id = newId((random) => crypto.getRandomValues(random));
  const createdAt = now.toISOString();
  await newsroom.transaction().execute(async (one) => {
    const { numInsertedOrUpdatedRows } = await one
      .insertInto('passkeys')
      .values({
        id,
        member: member.id,
        credential: registrationInfo.credential.id,
        public_key: Buffer.from(registrationInfo.credential.publicKey),
        counter: registrationInfo.credential.counter,
        transports: JSON.stringify(made.response.transports ?? []),
        name,
        created_at: createdAt,
        last_used_at: null,
      })
      .onConflict((conflict) => conflict.column('credential').doNothing())
      .executeTakeFirstOrThrow();
    if (!numInsertedOrUpdatedRows) throw new AppError('conflict', 'this passkey is known already');
    if ((await listPasskeys(one, member.id)).length > passkeysPerMember) throw new AppError('tooMany');
    const detail = { passkey: id, name };
    await addRecord(one, { kind: 'passkey.added', member: member.id, detail, at: now });
  });
  return { id, name, createdAt, lastUsedAt: null };
}

export async function removePasskey(newsroom: Newsroom, member: string, id: string, at: Date): Promise<void> {
  await newsroom.transaction().execute(async (one) => {
    const gone = await one
      .deleteFrom('passkeys')
      .where('id', '=', id)
      .where('member', '=', member)
      .returning('name')
      .executeTakeFirst();
    if (!gone) throw new AppError('notFound');
    const detail = { passkey: id, name: gone.name };
    await addRecord(one, { kind: 'passkey.removed', member, detail, at });
  });
}

/** Asks whoever is there for a passkey, or somebody known for one of theirs; `hash` is of the secret in the browser's
 * cookie. */
export async function askPasskey(
  newsroom: Newsroom,
  hash: string,
  party: RelyingParty,
  now: Date,
  member?: string,
) {
  const options = await generateAuthenticationOptions({
    rpID: party.id,
    timeout: stepLife,
    userVerification: 'required',
    ...(member === undefined ? {} : { allowCredentials: await knownPasskeys(newsroom, member) }),
  });
  const value = hashSecret(options.challenge);
  await beginStep(newsroom, { hash, kind: 'passkeyQuestion', member: null, value }, now);
  return options;
}

/** The member whose passkey answered; `wrong` for an unknown one and for every answer that does not fit. */
export async function answerPasskey(
  newsroom: Newsroom,
  hash: string,
  party: RelyingParty,
  response: unknown,
  now: Date,
): Promise<string> {
  const step = await takeStep(newsroom, hash, 'passkeyQuestion', now);
  const given = read(authenticationSchema, response);
  const known = await newsroom
    .selectFrom('passkeys')
    .innerJoin('members', 'members.id', 'passkeys.member')
    .selectAll('passkeys')
    .where('credential', '=', given.id)
    .where('members.active', '=', 1)
    .executeTakeFirst();
  const owner = Buffer.from(given.response.userHandle ?? '', 'base64url').toString();
  if (!known || owner !== known.member) throw new AppError('wrong');
  const { authenticationInfo } = await verified(
    verifyAuthenticationResponse({
      response: { ...given, clientExtensionResults: {} } as AuthenticationResponseJSON,
      expectedChallenge: (challenge) => hashSecret(challenge) === step.value,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      credential: {
        id: known.credential,
        publicKey: new Uint8Array(known.public_key),
        counter: known.counter,
        transports: transportsOf(known.transports),
      },
      requireUserVerification: true,
    }),
  );
  const { numUpdatedRows } = await newsroom
    .updateTable('passkeys')
    .set({ counter: authenticationInfo.newCounter, last_used_at: now.toISOString() })
    .where('id', '=', known.id)
    .where('counter', '=', known.counter)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new AppError('wrong');
  return known.member;
}

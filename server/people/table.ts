/** The SQL tables of members and of the secrets by which they come in; of a secret only its SHA-256 is kept. */
import type { Role } from '../../shared/people/person.ts';

export type StepKind =
  | 'secondFactor'
  | 'passkeyQuestion'
  | 'passkeyOffer'
  | 'secondFactorOffer'
  | 'directory';

export interface PeopleTables {
  members: {
    id: string;
    handle: string;
    name: string;
    role: Role;
    color: number;
    email: string | null;
    /** JSON, names of sections. */
    sections: string;
    /** 0 once removed; a removed member keeps the name on what they wrote. */
    active: number;
    created_at: string;
    last_seen_at: string | null;
  };
  sessions: {
    hash: string;
    id: string;
    member: string;
    created_at: string;
    used_at: string;
    /** When whoever was there last proved to be the member, by signing in or anew. */
    proved_at: string;
    agent: string;
    address: string;
  };
  tokens: {
    id: string;
    member: string;
    name: string;
    hash: string;
    created_at: string;
    last_used_at: string | null;
    /** Null for a token that lasts until it is removed. */
    expires_at: string | null;
  };
  sign_in_links: {
    hash: string;
    member: string;
    created_at: string;
    expires_at: string;
    spent_at: string | null;
  };
  passwords: {
    member: string;
    /** argon2id with its parameters and salt, in the PHC form. */
    phc: string;
    set_at: string;
  };
  passkeys: {
    id: string;
    member: string;
    /** The credential's id, base64url. */
    credential: string;
    /** COSE. */
    public_key: Uint8Array;
    counter: number;
    /** JSON, as WebAuthn names them. */
    transports: string;
    name: string;
    created_at: string;
    last_used_at: string | null;
  };
  second_factors: {
    member: string;
    /** The authenticator's secret, encrypted with a key that is not in the database. */
    sealed: string;
    since: string;
    /** The half-minute of the last code that was taken. */
    last_step: number;
  };
  /** Those not yet used. */
  recovery_codes: { hash: string; member: string };
  /** Whose account in the paper's directory is whose here. */
  directory_accounts: { issuer: string; subject: string; member: string; since: string };
  /** What was begun and waits for its second half, some minutes at most. */
  steps: {
    /** Of the secret in the browser's cookie, or of its session. */
    hash: string;
    kind: StepKind;
    member: string | null;
    value: string;
    tries: number;
    expires_at: string;
  };
  /** Those not yet accepted. */
  invitations: {
    id: string;
    hash: string;
    name: string;
    email: string | null;
    role: Role;
    article: string | null;
    invited_by: string;
    created_at: string;
    expires_at: string;
  };
  /** What the newsroom is called and the like, one value a key. */
  settings: { key: string; value: string };
}

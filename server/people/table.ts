/** The SQL tables of members and of the secrets by which they come in; of a secret only its SHA-256 is kept. */
import type { Role } from '../../shared/people/person.ts';

export interface PeopleTables {
  members: {
    id: string;
    handle: string;
    name: string;
    role: Role;
    color: number;
    email: string | null;
    /** 0 once removed; a removed member keeps the name on what they wrote. */
    active: number;
    created_at: string;
    last_seen_at: string | null;
  };
  sessions: { hash: string; member: string; created_at: string; used_at: string };
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
  /** What the newsroom is called and the like, one value a key. */
  settings: { key: string; value: string };
}

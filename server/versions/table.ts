/** The SQL tables of versions: what was kept of each story, and which of it was brought back. */
import type { VersionReason } from '../../shared/versions/calls.ts';

export interface VersionTables {
  versions: {
    id: string;
    article: string;
    /** Position in the log. */
    seq: number;
    /** ISO 8601. */
    at: string;
    /** Null for the server's own. */
    member: string | null;
    why: VersionReason;
    /** '' when nobody named it. */
    name: string;
    characters: number;
    /** What it reads like (server/review/signing.ts). */
    hash: string;
    /** JSON: what was done since the one before. */
    work: string;
    /** The document as one update, deflated. */
    state: Buffer;
  };
  version_restores: { article: string; at: string; member: string; version: string };
  /** Of what the log has as the server's own: on whose behalf it was done. */
  acted_for: {
    article: string;
    at: string;
    why: 'accepted' | 'corrected' | 'restored';
    member: string;
    /** JSON: the items that were put in and taken away (shared/suggestions/item-range.ts). */
    added: string;
    removed: string;
  };
}

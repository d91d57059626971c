/** The SQL table of the record; the database itself refuses to change or remove a row. */
import type { Generated } from 'kysely';
import type { RecordKind } from '../../shared/record/kinds.ts';

export interface RecordTables {
  record: {
    seq: Generated<number>;
    /** ISO 8601. */
    at: string;
    kind: RecordKind;
    /** Null for the server's own. */
    member: string | null;
    article: string | null;
    page: string | null;
    /** JSON. */
    detail: string;
    /** The hash of the row before; '' of the first. */
    before: string;
    /** SHA-256, hex, over this row and `before` (server/record/chain.ts). */
    hash: string;
  };
}

/** The SQL table of the notices. */
import type { Generated } from 'kysely';
import type { NoticeKind } from '../../shared/notifications/kinds.ts';

export interface NoticeTables {
  notices: {
    /** Order of telling. */
    seq: Generated<number>;
    id: string;
    /** Whom it tells. */
    member: string;
    kind: NoticeKind;
    by: string;
    article: string | null;
    page: string | null;
    thread: string | null;
    suggestion: string | null;
    text: string;
    /** When what is asked is to be done. */
    due: string | null;
    at: string;
    seen_at: string | null;
    done_at: string | null;
  };
}

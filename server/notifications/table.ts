/** The SQL table of the notices. */
import type { Generated } from 'kysely';
import type { NoticeKind } from '../../shared/notifications/kinds.ts';
import type { MailPace } from '../../shared/notifications/mail.ts';

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
  /** How members want their notices by e-mail; of those who said nothing, there is no row. */
  mail_wishes: {
    member: string;
    pace: MailPace;
    /** Times of day: 08:30. */
    daily_at: string;
    quiet_from: string | null;
    quiet_to: string | null;
    language: 'zh' | 'en';
  };
  /** The newest notice that each member had by e-mail. */
  mailed: { member: string; seq: number };
  /** The newest row of the record about their account that each member was told of by e-mail. */
  account_mails: { member: string; seq: number };
}

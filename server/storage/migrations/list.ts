/** Every migration in the order it runs; a feature adds its own at the end of its tens. */
import { people } from './0001-people.ts';
import { articles } from './0002-articles.ts';
import { signingIn } from './0003-signing-in.ts';
import { sessionProofs } from './0004-session-proofs.ts';
import { comments } from './0010-comments.ts';
import { media } from './0011-media.ts';
import { pages } from './0020-pages.ts';
import { editions } from './0021-editions.ts';
import { review } from './0030-review.ts';
import { record } from './0031-record.ts';
import { suggestions } from './0040-suggestions.ts';
import { versions } from './0050-versions.ts';
import { actedFor } from './0051-acted-for.ts';
import { notices } from './0060-notices.ts';
import { deadlines } from './0061-deadlines.ts';
import { accountMails } from './0062-account-mails.ts';
import { proofs } from './0070-proofs.ts';
import { pageSignatures } from './0071-page-signatures.ts';
import { talk } from './0080-talk.ts';
import { mail } from './0081-mail.ts';
import { pressTime } from './0082-press-time.ts';
import { pagePictures } from './0083-page-pictures.ts';
import { marksWait } from './0084-marks-wait.ts';
import type { Migration } from './migration.ts';

export const migrations: readonly Migration[] = [
  people,
  articles,
  signingIn,
  sessionProofs,
  comments,
  media,
  pages,
  editions,
  review,
  record,
  suggestions,
  versions,
  actedFor,
  notices,
  deadlines,
  accountMails,
  proofs,
  pageSignatures,
  talk,
  mail,
  pressTime,
  pagePictures,
  marksWait,
];

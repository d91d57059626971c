/** What the calls about people are handed. */
import type { Transaction } from 'kysely';
import type { LiveEvent } from '../../shared/api.ts';
import type { Allow } from '../article/facts.ts';
import type { Logger } from '../log.ts';
import type { Newsroom, NewsroomTables } from '../storage/newsroom.ts';
import type { Directory } from './directory.ts';
import type { Passwords } from './passwords.ts';
import type { Seal } from './seal.ts';

export interface PeopleDeps {
  newsroom: Newsroom;
  /** Whether people reach the server over TLS. */
  secure: boolean;
  /** The log's. */
  epoch: string;
  /** The address that people open, for links. */
  url: () => string;
  /** The same where it is configured. */
  publicUrl: string | null;
  now: () => Date;
  publish: (event: LiveEvent) => void;
  /** Asks every open socket again who it is and what it may. */
  refresh: () => void;
  passwords: Passwords;
  seal: Seal;
  /** The paper's own directory, when one is configured. */
  directory: Directory | null;
  allow: Allow;
  /** Whether this member may invite to this article now. */
  mayInvite: (member: string, article: string) => boolean;
  putOnArticle: (
    one: Transaction<NewsroomTables>,
    article: string,
    member: string,
    now: Date,
  ) => Promise<void>;
  logger: Logger;
}

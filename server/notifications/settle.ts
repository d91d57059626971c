/** What was asked of members is dealt with: in a thread by an answer of their own, or for all when it is resolved; what
 * was given to somebody only then, or when it is taken back; on a page when it moves on, or by a reading of their own;
 * marks on a page, and corrections of a story, when none is open. */
import type { Logger } from '../log.ts';
import type { Newsroom } from '../storage/newsroom.ts';

/** Never fails, as telling does. */
export type Settle = (
  settled:
    | { thread: string; by: 'answer' | 'takenBack'; member: string }
    | { thread: string }
    /** It moved on; its marks may be open still. */
    | { page: string }
    /** One who was asked to read it has; its marks wait for them still. */
    | { page: string; member: string }
    | { page: string; marks: 'none' }
    | { article: string; corrections: 'none' },
) => Promise<void>;

interface Deps {
  newsroom: Newsroom;
  now: () => Date;
  say: (members: readonly string[]) => void;
  logger: Logger;
}

export function openSettle({ newsroom, now, say, logger }: Deps): Settle {
  return async (asked) => {
    try {
      const at = now().toISOString();
      let open = newsroom
        .updateTable('notices')
        .set((row) => ({ done_at: at, seen_at: row.fn.coalesce('seen_at', row.val(at)) }))
        .where('done_at', 'is', null);
      if ('page' in asked) open = open.where('page', '=', asked.page);
      else if ('article' in asked)
        open = open.where('article', '=', asked.article).where('kind', '=', 'correctionAsked');
      else open = open.where('thread', '=', asked.thread);
      if ('page' in asked && !('member' in asked))
        open = open.where('kind', 'marks' in asked ? '=' : '!=', 'marked');
      else if ('page' in asked && 'member' in asked)
        open = open.where('member', '=', asked.member).where('kind', '=', 'proofReady');
      else if ('member' in asked)
        open = open
          .where('member', '=', asked.member)
          .where('kind', asked.by === 'answer' ? '!=' : '=', 'assigned');
      const settled = await open.returning('member').execute();
      if (settled.length > 0) say(settled.map((row) => row.member));
    } catch (error) {
      logger.warn({ err: error, ...asked }, 'what was asked could not be noted as done');
    }
  };
}

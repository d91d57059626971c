/** What was asked of members in a thread is dealt with: by an answer of their own, or for all when it is resolved. */
import type { Logger } from '../log.ts';
import type { Newsroom } from '../storage/newsroom.ts';

/** Never fails, as telling does. Without `member`, for everybody. */
export type Settle = (settled: { thread: string; member?: string }) => Promise<void>;

interface Deps {
  newsroom: Newsroom;
  now: () => Date;
  say: (members: readonly string[]) => void;
  logger: Logger;
}

export function openSettle({ newsroom, now, say, logger }: Deps): Settle {
  return async ({ thread, member }) => {
    try {
      const at = now().toISOString();
      let open = newsroom
        .updateTable('notices')
        .set((row) => ({ done_at: at, seen_at: row.fn.coalesce('seen_at', row.val(at)) }))
        .where('thread', '=', thread)
        .where('done_at', 'is', null);
      if (member !== undefined) open = open.where('member', '=', member);
      const settled = await open.returning('member').execute();
      if (settled.length > 0) say(settled.map((row) => row.member));
    } catch (error) {
      logger.warn({ err: error, thread }, 'what was asked in a thread could not be noted as done');
    }
  };
}

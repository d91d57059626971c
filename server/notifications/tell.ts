/** Tells members what another did: written for each who may read what it is about, and said to their browsers. */
import { newId } from '../../shared/base/id.ts';
import { type NoticeKind, noticeLimits } from '../../shared/notifications/kinds.ts';
import type { Logger } from '../log.ts';
import type { Newsroom } from '../storage/newsroom.ts';

export interface Telling {
  to: readonly string[];
  kind: NoticeKind;
  /** Who did it, and so is not told. */
  by: string;
  article?: string | undefined;
  page?: string | undefined;
  thread?: string | undefined;
  suggestion?: string | undefined;
  text?: string | undefined;
  /** ISO 8601: when what is asked is to be done. */
  due?: string | null | undefined;
}

/** Never fails: what somebody did stands, whether or not others hear of it. */
export type Tell = (telling: Telling) => Promise<void>;

/** Whether a member may read what a notice is about now. */
export type MayKnow = (member: string, about: { article: string | null; page: string | null }) => boolean;

interface Deps {
  newsroom: Newsroom;
  mayKnow: MayKnow;
  now: () => Date;
  /** Says to these members' browsers that there is something new. */
  say: (members: readonly string[]) => void;
  logger: Logger;
}

export function openTell({ newsroom, mayKnow, now, say, logger }: Deps): Tell {
  async function write({ to, by, ...about }: Telling): Promise<void> {
    const place = { article: about.article ?? null, page: about.page ?? null };
    const members = [...new Set(to)].filter((member) => member !== by && mayKnow(member, place));
    if (members.length === 0) return;
    const at = now().toISOString();
    await newsroom.transaction().execute(async (one) => {
      for (const member of members) {
        await one
          .insertInto('notices')
          .values({
            ...place,
            id: newId((bytes) => crypto.getRandomValues(bytes)),
            member,
            kind: about.kind,
            by,
            thread: about.thread ?? null,
            suggestion: about.suggestion ?? null,
            text: [...(about.text ?? '')].slice(0, noticeLimits.text).join(''),
            due: about.due ?? null,
            at,
            seen_at: null,
            done_at: null,
          })
          .execute();
        // Old ones make room: nobody's list grows without end.
        const kept = one.selectFrom('notices').select('seq').where('member', '=', member);
        const oldest = kept.orderBy('seq', 'desc').limit(1).offset(noticeLimits.kept);
        await one.deleteFrom('notices').where('member', '=', member).where('seq', '<=', oldest).execute();
      }
    });
    say(members);
  }

  return async (telling) => {
    try {
      await write(telling);
    } catch (error) {
      logger.warn({ err: error, kind: telling.kind, article: telling.article }, 'nobody could be told');
    }
  };
}

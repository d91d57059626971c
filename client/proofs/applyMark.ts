/** 照改 in a story that is not signed: the editor's own browser puts it right in the live document, so that whose it is
 * and when it came are the log's. */
import type { Article } from '../../shared/api.ts';
import { newId } from '../../shared/base/id.ts';
import type { Mark } from '../../shared/proofs/mark.ts';
import { type PutRight, putRight } from '../../shared/proofs/put-right.ts';
import { type ArticleRoom, openRoom, type RoomStatus } from '../live/room.ts';

/** What 照改 does here. `corrects`: the server corrects the signed story; `notes`: the answer alone is noted, and the
 * story's people put it right. */
export type Way = 'corrects' | 'writes' | 'suggests' | 'notes';

/** Null for a mark about no words of a story. */
export function wayOf(
  { article, quote }: Pick<Mark, 'article' | 'quote'>,
  story: Pick<Article, 'stage' | 'may'> | undefined,
): Way | null {
  if (article === null || quote === '' || !story) return null;
  if (story.stage === 'signed') return 'corrects';
  if (story.may.write) return 'writes';
  return story.may.suggest ? 'suggests' : 'notes';
}

/** Why nothing was put right: the words are not found, the server takes nothing of this reader's, or it is not heard. */
export const hindrances = ['gone', 'refused', 'offline'] as const;
export type Hindrance = (typeof hindrances)[number];

export class NotPutRight extends Error {
  readonly reason: Hindrance;
  constructor(reason: Hindrance) {
    super(reason);
    this.reason = reason;
  }
}

/** Resolves once everything is durable, or nothing goes on: out of reach, or ended. */
const settled = (room: ArticleRoom): Promise<RoomStatus> =>
  new Promise((resolve) => {
    const look = () => {
      const status = room.status();
      if (status.saved === 'connecting' || status.saved === 'saving') return;
      stop();
      resolve(status);
    };
    const stop = room.subscribe(look);
    look();
  });

/** Resolves once it is durable; rejects with `NotPutRight`. */
export async function applyMark(article: string, mark: Mark): Promise<Exclude<PutRight, 'gone'>> {
  const room = openRoom(article, { present: false });
  try {
    checkSaved(await settled(room));
    const { access } = room.status();
    if (access !== 'write' && access !== 'suggest') throw new NotPutRight('refused');
    const { doc } = room;
    const hand = {
      doc,
      mine: (client: number) => client === doc.clientID,
      newId: () => newId((bytes) => crypto.getRandomValues(bytes)),
    };
    const put = putRight(doc, mark, access === 'suggest' ? hand : null);
    if (put === 'gone') throw new NotPutRight('gone');
    checkSaved(await settled(room));
    return put;
  } finally {
    room.release();
  }
}

function checkSaved({ saved, closeCode }: RoomStatus): void {
  if (closeCode !== null) throw new NotPutRight('refused');
  if (saved !== 'saved') throw new NotPutRight('offline');
}

/** Comments in SQL: read for one member, written for the member whom the server knows. */
import { sql } from 'kysely';
import { AppError } from '../../shared/base/errors.ts';
import type { Positions } from '../../shared/comments/anchor.ts';
import { commentLimits, type Thread } from '../../shared/comments/thread.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import type { CommentTables } from './table.ts';

export type ThreadRow = CommentTables['threads'];
/** A thread as SQL alone can tell it; where it stands is the manuscript's to say. */
export type StoredThread = Omit<Thread, 'places'>;

export const positionsIn = (row: ThreadRow): Positions | null =>
  row.position_from === null || row.position_to === null
    ? null
    : { from: row.position_from, to: row.position_to };

/** The article's threads, or one of them, oldest first, as this member has read them. */
export async function readThreads(
  newsroom: Newsroom,
  member: string,
  article: string,
  only?: string,
): Promise<StoredThread[]> {
  let chosen = newsroom.selectFrom('threads').selectAll().where('article', '=', article);
  let written = newsroom
    .selectFrom('comments')
    .innerJoin('threads', 'threads.id', 'comments.thread')
    .selectAll('comments')
    .where('threads.article', '=', article)
    .orderBy('comments.seq');
  if (only !== undefined) {
    chosen = chosen.where('id', '=', only);
    written = written.where('threads.id', '=', only);
  }
  const rows = new Map((await chosen.execute()).map((row) => [row.id, row]));
  const reads = await newsroom
    .selectFrom('thread_reads')
    .innerJoin('threads', 'threads.id', 'thread_reads.thread')
    .select(['thread_reads.thread', 'thread_reads.seq'])
    .where('threads.article', '=', article)
    .where('thread_reads.member', '=', member)
    .execute();
  const seen = new Map(reads.map(({ thread, seq }) => [thread, seq]));
  const threads = new Map<string, StoredThread>();
  for (const comment of await written.execute()) {
    const row = rows.get(comment.thread);
    if (!row) continue;
    const thread = threads.get(row.id) ?? {
      id: row.id,
      article,
      quote: row.quote,
      anchored: row.state === 'marked',
      positions: positionsIn(row),
      resolvedAt: row.resolved_at,
      resolvedBy: row.resolved_by,
      unread: false,
      comments: [],
    };
    threads.set(row.id, thread);
    thread.unread ||= comment.author !== member && comment.seq > (seen.get(row.id) ?? 0);
    thread.comments.push({
      id: comment.id,
      author: comment.author,
      text: comment.text,
      createdAt: comment.created_at,
      editedAt: comment.edited_at,
    });
  }
  return [...threads.values()];
}

/** The thread, if it belongs to this article. */
export async function requireThread(newsroom: Newsroom, article: string, thread: string): Promise<ThreadRow> {
  const row = await newsroom
    .selectFrom('threads')
    .selectAll()
    .where('id', '=', thread)
    .where('article', '=', article)
    .executeTakeFirst();
  if (!row) throw new AppError('notFound');
  return row;
}

/** Makes sure that the comment stands in this thread of this article and is this member's own; gives its words. */
export async function requireOwn(
  newsroom: Newsroom,
  member: string,
  at: { article: string; thread: string; comment: string },
): Promise<string> {
  await requireThread(newsroom, at.article, at.thread);
  const row = await newsroom
    .selectFrom('comments')
    .select(['author', 'text'])
    .where('id', '=', at.comment)
    .where('thread', '=', at.thread)
    .executeTakeFirst();
  if (!row) throw new AppError('notFound');
  if (row.author !== member) throw new AppError('notAllowed', 'a comment is its author’s');
  return row.text;
}

export interface Written {
  id: string;
  author: string;
  text: string;
  at: string;
}

export async function insertThread(
  newsroom: Newsroom,
  thread: Pick<ThreadRow, 'id' | 'article' | 'quote' | 'state' | 'position_from' | 'position_to'>,
  first: Written,
): Promise<void> {
  await newsroom.transaction().execute(async (db) => {
    const { count } = await db
      .selectFrom('threads')
      .select((q) => q.fn.countAll<number>().as('count'))
      .where('article', '=', thread.article)
      .executeTakeFirstOrThrow();
    if (count >= commentLimits.threadsPerArticle) {
      throw new AppError('tooLarge', `an article holds ${commentLimits.threadsPerArticle} threads`);
    }
    await db
      .insertInto('threads')
      .values({ ...thread, resolved_at: null, resolved_by: null })
      .execute();
    await insertComment(db, thread.id, first);
  });
}

export async function insertReply(newsroom: Newsroom, thread: string, reply: Written): Promise<void> {
  await newsroom.transaction().execute(async (db) => {
    const { count } = await db
      .selectFrom('comments')
      .select((q) => q.fn.countAll<number>().as('count'))
      .where('thread', '=', thread)
      .executeTakeFirstOrThrow();
    if (count >= commentLimits.commentsPerThread) {
      throw new AppError('tooLarge', `a thread holds ${commentLimits.commentsPerThread} comments`);
    }
    await insertComment(db, thread, reply);
    // An answer nobody would see among the resolved ones opens the thread again.
    await setResolved(db, thread, null);
  });
}

async function insertComment(db: Newsroom, thread: string, { id, author, text, at }: Written): Promise<void> {
  await db
    .insertInto('comments')
    .values({ id, thread, author, text, created_at: at, edited_at: null })
    .execute();
  await markRead(db, thread, author);
}

export async function setResolved(
  db: Newsroom,
  thread: string,
  resolved: { by: string; at: string } | null,
): Promise<void> {
  await db
    .updateTable('threads')
    .set({ resolved_at: resolved?.at ?? null, resolved_by: resolved?.by ?? null })
    .where('id', '=', thread)
    .where('resolved_at', resolved ? 'is' : 'is not', null)
    .execute();
}

/** Notes that the member has seen all that stands in the thread now. */
export async function markRead(db: Newsroom, thread: string, member: string): Promise<void> {
  await sql`insert into thread_reads (thread, member, seq)
    select ${thread}, ${member}, max(seq) from comments where thread = ${thread} having max(seq) is not null
    on conflict (thread, member) do update set seq = excluded.seq`.execute(db);
}

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

const assignedIn = ({ assignee, assigned_by: by, assigned_at: at, due }: ThreadRow): Thread['assigned'] =>
  assignee === null || by === null || at === null ? null : { member: assignee, by, at, due };

/** The article's threads, or one of them, oldest first, as this member has read them; to nobody in particular, all read. */
export async function readThreads(
  newsroom: Newsroom,
  member: string | null,
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
    .where('thread_reads.member', '=', member ?? '')
    .execute();
  const seen = new Map(reads.map(({ thread, seq }) => [thread, seq]));
  let signs = newsroom
    .selectFrom('comment_reactions')
    .innerJoin('comments', 'comments.id', 'comment_reactions.comment')
    .innerJoin('threads', 'threads.id', 'comments.thread')
    .select(['comment_reactions.comment', 'comment_reactions.member', 'comment_reactions.reaction'])
    .where('threads.article', '=', article)
    .orderBy('comment_reactions.at');
  if (only !== undefined) signs = signs.where('threads.id', '=', only);
  const reactions = Map.groupBy(await signs.execute(), ({ comment }) => comment);
  const threads = new Map<string, StoredThread>();
  for (const comment of await written.execute()) {
    const row = rows.get(comment.thread);
    if (!row) continue;
    const thread = threads.get(row.id) ?? {
      id: row.id,
      article,
      about: row.about,
      quote: row.quote,
      image: row.image,
      suggestion: row.suggestion,
      anchored: row.state === 'marked',
      positions: positionsIn(row),
      resolvedAt: row.resolved_at,
      resolvedBy: row.resolved_by,
      assigned: assignedIn(row),
      unread: false,
      comments: [],
    };
    threads.set(row.id, thread);
    thread.unread ||= member !== null && comment.author !== member && comment.seq > (seen.get(row.id) ?? 0);
    thread.comments.push({
      id: comment.id,
      author: comment.author,
      text: comment.text,
      createdAt: comment.created_at,
      editedAt: comment.edited_at,
      reactions: (reactions.get(comment.id) ?? []).map(({ reaction, member: by }) => ({
        reaction,
        member: by,
      })),
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

interface CommentAt {
  article: string;
  thread: string;
  comment: string;
}

/** The comment, if it stands in this thread of this article. */
export async function requireComment(newsroom: Newsroom, { article, thread, comment }: CommentAt) {
  await requireThread(newsroom, article, thread);
  const row = await newsroom
    .selectFrom('comments')
    .selectAll()
    .where('id', '=', comment)
    .where('thread', '=', thread)
    .executeTakeFirst();
  if (!row) throw new AppError('notFound');
  return row;
}

/** The comment, if it is this member's own. */
export async function requireOwn(newsroom: Newsroom, member: string, at: CommentAt) {
  const row = await requireComment(newsroom, at);
  if (row.author !== member) throw new AppError('notAllowed', 'a comment is its author’s');
  return row;
}

/** Changes a comment's words and keeps those it had; the same words change nothing. */
export async function changeComment(
  newsroom: Newsroom,
  comment: string,
  text: string,
  at: string,
): Promise<void> {
  await newsroom.transaction().execute(async (db) => {
    const own = db.selectFrom('comments').selectAll().where('id', '=', comment);
    const row = await own.executeTakeFirstOrThrow();
    if (row.text === text) return;
    const { count } = await db
      .selectFrom('comment_edits')
      .select((q) => q.fn.countAll<number>().as('count'))
      .where('comment', '=', comment)
      .executeTakeFirstOrThrow();
    if (count >= commentLimits.editsPerComment)
      throw new AppError('tooLarge', `a comment is changed at most ${commentLimits.editsPerComment} times`);
    const was = { comment, text: row.text, at: row.edited_at ?? row.created_at };
    await db.insertInto('comment_edits').values(was).execute();
    await db.updateTable('comments').set({ text, edited_at: at }).where('id', '=', comment).execute();
  });
}

/** Puts a member's sign to a comment, or takes it off. */
export async function setReaction(
  newsroom: Newsroom,
  sign: CommentTables['comment_reactions'],
  on: boolean,
): Promise<void> {
  if (on) {
    const put = newsroom.insertInto('comment_reactions').values(sign);
    await put.onConflict((conflict) => conflict.doNothing()).execute();
    return;
  }
  await newsroom
    .deleteFrom('comment_reactions')
    .where('comment', '=', sign.comment)
    .where('member', '=', sign.member)
    .where('reaction', '=', sign.reaction)
    .execute();
}

type NewThread = Omit<
  ThreadRow,
  'resolved_at' | 'resolved_by' | 'assignee' | 'assigned_by' | 'assigned_at' | 'due'
>;

export interface Written {
  id: string;
  author: string;
  text: string;
  at: string;
}

export async function insertThread(newsroom: Newsroom, thread: NewThread, first: Written): Promise<void> {
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

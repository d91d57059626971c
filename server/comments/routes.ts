/** The calls about comments. A comment's row is durable before its mark; the author is whoever is signed in. */
import { api, type LiveEvent } from '../../shared/api.ts';
import { AppError } from '../../shared/base/errors.ts';
import { newId } from '../../shared/base/id.ts';
import { must } from '../../shared/base/must.ts';
import {
  findFigure,
  findPassage,
  markPassage,
  placesOf,
  positionsOf,
  type Sought,
  unmarkPassage,
} from '../../shared/comments/anchor.ts';
import { mentionedIn } from '../../shared/comments/mention.ts';
import { commentLimits, type Thread } from '../../shared/comments/thread.ts';
import type { Allow } from '../article/facts.ts';
import { paperPolicy } from '../export/paper.ts';
import type { Route } from '../http.ts';
import type { Settle } from '../notifications/settle.ts';
import type { MayKnow, Tell } from '../notifications/tell.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import type { Known } from '../suggestions/keep.ts';
import type { Manuscripts } from '../sync/ports.ts';
import { createTurns } from '../turns.ts';
import { talkOf } from './talk.ts';
import { talkHtml } from './talk-html.ts';
import {
  changeComment,
  insertReply,
  insertThread,
  markRead,
  positionsIn,
  readThreads,
  requireComment,
  requireOwn,
  requireThread,
  type StoredThread,
  setReaction,
  setResolved,
  type ThreadRow,
} from './threads.ts';

interface Deps {
  newsroom: Newsroom;
  manuscripts: Manuscripts;
  allow: Allow;
  now: () => Date;
  publish: (event: LiveEvent) => void;
  tell: Tell;
  settle: Settle;
  /** Whether a member may read the story now. */
  mayKnow: MayKnow;
  timeZone: string;
  /** What is suggested in a story and not answered. */
  openSuggestions: (article: string) => Promise<Known[]>;
}

/** Pages for the file a minute of one member. */
const perMinute = 20;

const freshId = () => newId((bytes) => crypto.getRandomValues(bytes));

export function commentRoutes(route: Route, deps: Deps): void {
  const { newsroom, manuscripts, allow, publish, tell, settle, mayKnow } = deps;
  const inTurn = createTurns();
  const now = () => deps.now().toISOString();
  const changed = (article: string) => publish({ kind: 'comments', article });

  async function withPlaces(article: string, threads: StoredThread[]): Promise<Thread[]> {
    if (threads.length === 0) return [];
    const places = await manuscripts.read(article, (doc) => placesOf(doc, threads));
    return threads.map((thread) => ({ ...thread, places: places.get(thread.id) ?? [] }));
  }

  async function one(member: string, article: string, thread: string): Promise<Thread> {
    const [stored] = await withPlaces(article, await readThreads(newsroom, member, article, thread));
    if (!stored) throw new AppError('notFound');
    return stored;
  }

  /** Tells whom the words name, but not those who were named before; gives everybody who is named. */
  async function tellMentioned(
    said: { by: string; article: string; thread: string; text: string },
    before = '',
  ): Promise<string[]> {
    const active = newsroom.selectFrom('members').select(['id', 'handle', 'name']).where('active', '=', 1);
    const people = await active.execute();
    const named = mentionedIn(said.text, people);
    const known = mentionedIn(before, people);
    const to = named.filter((id) => !known.includes(id));
    await tell({ ...said, to, kind: 'mention' });
    return named;
  }

  /** Those who wrote in the thread before hear of an answer, unless its words name them anyway. */
  async function tellReply(said: { by: string; article: string; thread: string; text: string }) {
    const named = await tellMentioned(said);
    const wrote = newsroom.selectFrom('comments').select('author').distinct();
    const authors = await wrote.where('thread', '=', said.thread).execute();
    const to = authors.map(({ author }) => author).filter((id) => !named.includes(id));
    await tell({ ...said, to, kind: 'reply' });
  }

  /** Tells of a thread in the words that began it. */
  async function tellOf(
    { id: thread, article, due }: ThreadRow,
    { to, ...telling }: { by: string; to: string; kind: 'assigned' | 'dealtWith' },
  ) {
    const began = newsroom.selectFrom('comments').select('text').where('thread', '=', thread);
    const text = (await began.orderBy('seq').executeTakeFirst())?.text ?? '';
    await tell({
      ...telling,
      to: [to],
      article,
      thread,
      text,
      ...(telling.kind === 'assigned' ? { due } : {}),
    });
  }

  /** Whose a suggestion of this article is; null of the server. */
  async function suggesterOf(article: string, suggestion: string): Promise<string | null> {
    const noted = newsroom.selectFrom('suggestions').select('member').where('article', '=', article);
    // What was only just made is noted by asking what is open.
    const row =
      (await noted.where('id', '=', suggestion).executeTakeFirst()) ??
      (await deps.openSuggestions(article)).find(({ id }) => id === suggestion);
    if (!row) throw new AppError('badInput', 'there is no such suggestion in this story');
    return row.member;
  }

  /** Finds the passage again and marks it, in one edit of the server's own; what is gone becomes an orphan. */
  async function mark(article: string, thread: string, sought: Sought): Promise<void> {
    const place = await manuscripts.edit(article, (doc) => {
      const found = findPassage(doc, sought);
      if (!found.ok) return null;
      const positions = positionsOf(doc, found.range);
      markPassage(doc, thread, found.range);
      return positions;
    });
    await newsroom
      .updateTable('threads')
      .set({
        state: place ? 'marked' : 'orphan',
        position_from: place?.from ?? null,
        position_to: place?.to ?? null,
      })
      .where('id', '=', thread)
      .execute();
  }

  /** Marks what a server that ended too early had left without its mark. */
  async function repair(article: string): Promise<void> {
    const unmarked = () =>
      newsroom
        .selectFrom('threads')
        .selectAll()
        .where('article', '=', article)
        .where('state', '=', 'unmarked')
        .execute();
    if ((await unmarked()).length === 0) return;
    await inTurn(article, async () => {
      for (const row of await unmarked()) {
        await mark(article, row.id, { quote: row.quote, positions: positionsIn(row) ?? undefined });
      }
    });
  }

  route(api.comments, async ({ signed, params }) => {
    allow(signed, 'read', params.id);
    await repair(params.id);
    return withPlaces(params.id, await readThreads(newsroom, signed.member.id, params.id));
  });

  route(api.addThread, async ({ signed, params, body }) => {
    allow(signed, 'comment', params.id);
    const { text, about, suggestion = null, ...sought } = body;
    if (about !== 'story' && !sought.quote && !sought.range && !sought.positions) {
      throw new AppError('badInput', 'say where: a quote, a range or positions');
    }
    const article = params.id;
    const thread = freshId();
    const suggester = suggestion === null ? null : await suggesterOf(article, suggestion);
    const first = { id: freshId(), author: signed.member.id, text, at: now() };
    const plain = { id: thread, article, about, suggestion };
    await inTurn(article, async () => {
      if (about === 'story') {
        const place = { quote: '', image: null, position_from: null, position_to: null };
        await insertThread(newsroom, { ...plain, ...place, state: 'marked' }, first);
        return;
      }
      if (about === 'figure') {
        const figure = await manuscripts.read(article, (doc) => {
          const found = findFigure(doc, sought);
          return found && { ...found, positions: positionsOf(doc, found.range) };
        });
        if (!figure) throw new AppError('badInput', 'there is no figure at that place');
        const { positions, image } = figure;
        const place = { image, position_from: positions.from, position_to: positions.to };
        const quote = [...figure.quote].slice(0, commentLimits.quote).join('');
        await insertThread(newsroom, { ...plain, ...place, quote, state: 'marked' }, first);
        return;
      }
      const found = await manuscripts.read(article, (doc) => {
        const passage = findPassage(doc, sought);
        return { ...passage, positions: passage.ok ? positionsOf(doc, passage.range) : null };
      });
      // Without a quote there would be nothing to keep and nothing to find again.
      if (found.quote === '') throw new AppError('badInput', 'there is no text at that place');
      if (found.quote.length > commentLimits.quote) {
        throw new AppError('tooLarge', `a passage has at most ${commentLimits.quote} characters`);
      }
      const { positions, quote } = found;
      await insertThread(
        newsroom,
        {
          ...plain,
          quote,
          image: null,
          state: found.ok ? 'unmarked' : 'orphan',
          position_from: positions?.from ?? null,
          position_to: positions?.to ?? null,
        },
        first,
      );
      if (!found.ok) return;
      const { before, after } = sought;
      try {
        await mark(article, thread, { quote, before, after, positions: must(positions, 'a passage’s ids') });
      } catch (error) {
        await newsroom.deleteFrom('threads').where('id', '=', thread).execute();
        throw error;
      }
    });
    changed(article);
    const said = { by: signed.member.id, article, thread, text };
    const named = await tellMentioned(said);
    if (suggester !== null && !named.includes(suggester))
      await tell({ ...said, to: [suggester], kind: 'discussed' });
    return one(signed.member.id, article, thread);
  });

  route(api.reply, async ({ signed, params, body }) => {
    allow(signed, 'comment', params.id);
    await inTurn(params.id, async () => {
      await requireThread(newsroom, params.id, params.thread);
      const reply = { id: freshId(), author: signed.member.id, text: body.text, at: now() };
      await insertReply(newsroom, params.thread, reply);
    });
    changed(params.id);
    await settle({ thread: params.thread, by: 'answer', member: signed.member.id });
    await tellReply({ by: signed.member.id, article: params.id, thread: params.thread, text: body.text });
    return one(signed.member.id, params.id, params.thread);
  });

  route(api.editComment, async ({ signed, params, body }) => {
    allow(signed, 'comment', params.id);
    const before = await requireOwn(newsroom, signed.member.id, { article: params.id, ...params });
    await changeComment(newsroom, params.comment, body.text, now());
    changed(params.id);
    const said = { by: signed.member.id, article: params.id, thread: params.thread, text: body.text };
    await tellMentioned(said, before.text);
    return one(signed.member.id, params.id, params.thread);
  });

  route(api.removeComment, async ({ signed, params }) => {
    allow(signed, 'comment', params.id);
    await inTurn(params.id, async () => {
      await requireOwn(newsroom, signed.member.id, { article: params.id, ...params });
      const others = await newsroom
        .selectFrom('comments')
        .select('id')
        .where('thread', '=', params.thread)
        .where('id', '!=', params.comment)
        .limit(1)
        .execute();
      if (others.length > 0) {
        await newsroom.deleteFrom('comments').where('id', '=', params.comment).execute();
        return;
      }
      // The mark first: a thread without one is still found by its ids, a mark without a thread by nobody.
      await manuscripts.edit(params.id, (doc) => unmarkPassage(doc, params.thread));
      await newsroom.deleteFrom('threads').where('id', '=', params.thread).execute();
    });
    changed(params.id);
    return undefined;
  });

  route(api.commentHistory, async ({ signed, params }) => {
    allow(signed, 'read', params.id);
    await requireComment(newsroom, { article: params.id, ...params });
    const edits = newsroom.selectFrom('comment_edits').select(['text', 'at']);
    return edits.where('comment', '=', params.comment).orderBy('seq').execute();
  });

  route(api.react, async ({ signed, params, body: { reaction, on } }) => {
    allow(signed, 'comment', params.id);
    const { id: comment } = await requireComment(newsroom, { article: params.id, ...params });
    await setReaction(newsroom, { comment, member: signed.member.id, reaction, at: now() }, on);
    changed(params.id);
    return one(signed.member.id, params.id, params.thread);
  });

  route(api.assignThread, async ({ signed, params, body: { member, due } }) => {
    allow(signed, 'comment', params.id);
    const row = await requireThread(newsroom, params.id, params.thread);
    if (row.resolved_at !== null) throw new AppError('conflict', 'the thread is resolved');
    if (!mayKnow(member, { article: params.id, page: null }))
      throw new AppError('badInput', 'only somebody who may read the story can be given a thread');
    const given = { assignee: member, assigned_by: signed.member.id, assigned_at: now(), due };
    await newsroom.updateTable('threads').set(given).where('id', '=', row.id).execute();
    changed(params.id);
    if (row.assignee !== member || row.due !== due) {
      if (row.assignee !== null) await settle({ thread: row.id, by: 'takenBack', member: row.assignee });
      await tellOf({ ...row, due }, { by: signed.member.id, to: member, kind: 'assigned' });
    }
    return one(signed.member.id, params.id, row.id);
  });

  route(api.unassignThread, async ({ signed, params }) => {
    allow(signed, 'comment', params.id);
    const row = await requireThread(newsroom, params.id, params.thread);
    const none = { assignee: null, assigned_by: null, assigned_at: null, due: null };
    await newsroom.updateTable('threads').set(none).where('id', '=', row.id).execute();
    changed(params.id);
    if (row.assignee !== null) await settle({ thread: row.id, by: 'takenBack', member: row.assignee });
    return one(signed.member.id, params.id, row.id);
  });

  route(
    api.talkFile,
    async ({ signed, params, query: { language }, reply }) => {
      allow(signed, 'read', params.id);
      const talk = await talkOf({ newsroom, manuscripts, openSuggestions: deps.openSuggestions }, params.id);
      reply.header('content-type', 'text/html; charset=utf-8');
      reply.header('content-security-policy', paperPolicy);
      return talkHtml(talk, { language, by: signed.member.name, at: deps.now(), timeZone: deps.timeZone });
    },
    perMinute,
  );

  route(api.resolveThread, async ({ signed, params }) => {
    allow(signed, 'comment', params.id);
    const row = await requireThread(newsroom, params.id, params.thread);
    await setResolved(newsroom, params.thread, { by: signed.member.id, at: now() });
    changed(params.id);
    await settle({ thread: params.thread });
    if (row.assigned_by !== null && row.resolved_at === null)
      await tellOf(row, { by: signed.member.id, to: row.assigned_by, kind: 'dealtWith' });
    return one(signed.member.id, params.id, params.thread);
  });

  route(api.reopenThread, async ({ signed, params }) => {
    allow(signed, 'comment', params.id);
    const row = await requireThread(newsroom, params.id, params.thread);
    await setResolved(newsroom, params.thread, null);
    changed(params.id);
    if (row.assignee !== null && row.resolved_at !== null)
      await tellOf(row, { by: signed.member.id, to: row.assignee, kind: 'assigned' });
    return one(signed.member.id, params.id, params.thread);
  });

  route(api.readThread, async ({ signed, params }) => {
    allow(signed, 'read', params.id);
    await requireThread(newsroom, params.id, params.thread);
    await markRead(newsroom, params.thread, signed.member.id);
    return undefined;
  });
}

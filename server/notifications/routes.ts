/** The calls of the notices: a member's own, as far as they may still read what each is about. */
import { api } from '../../shared/api.ts';
import { AppError } from '../../shared/base/errors.ts';
import type { Notice } from '../../shared/notifications/calls.ts';
import { handingKinds, isAsking, noticeLimits } from '../../shared/notifications/kinds.ts';
import type { Route } from '../http.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import type { MayKnow } from './tell.ts';

interface Deps {
  newsroom: Newsroom;
  mayKnow: MayKnow;
  now: () => Date;
  say: (members: readonly string[]) => void;
}

export function noticeRoutes(route: Route, { newsroom, mayKnow, now, say }: Deps): void {
  /** All of a member's that they may know of; there are at most `noticeLimits.kept`. */
  async function readable(member: string): Promise<Notice[]> {
    const rows = await newsroom
      .selectFrom('notices')
      .leftJoin('articles', 'articles.id', 'notices.article')
      .leftJoin('pages', 'pages.id', 'notices.page')
      .leftJoin('editions', 'editions.id', 'pages.edition')
      .selectAll('notices')
      .select(['articles.headline', 'articles.title', 'editions.press_at'])
      .where('member', '=', member)
      .orderBy('seq', 'desc')
      .execute();
    const known = new Map<string, boolean>();
    return rows.flatMap(({ seen_at, done_at, member: _, headline, title, press_at, ...row }) => {
      const key = `${row.article} ${row.page}`;
      const may = known.get(key) ?? mayKnow(member, row);
      known.set(key, may);
      if (!may) return [];
      // What a page waits for is to be done before its edition goes to the press.
      const due = row.due ?? press_at;
      return { ...row, due, headline: headline || title || '', seenAt: seen_at, doneAt: done_at };
    });
  }

  route(api.notices, async ({ signed, query }) => {
    const all = await readable(signed.member.id);
    const { before = Number.POSITIVE_INFINITY } = query;
    const older = all.filter(({ seq }) => seq < before);
    const notices = older.slice(0, noticeLimits.page);
    return {
      notices,
      unseen: all.filter(({ seenAt }) => seenAt === null).length,
      next: older.length > notices.length ? (notices.at(-1)?.seq ?? null) : null,
    };
  });

  route(api.openNotices, async ({ signed }) => {
    const told = new Set<string | null>();
    return (await readable(signed.member.id)).filter(({ kind, article, doneAt }) => {
      if (isAsking(kind)) return doneAt === null;
      if (!handingKinds.includes(kind) || told.has(article)) return false;
      told.add(article);
      return true;
    });
  });

  async function note(member: string, id: string, done: boolean): Promise<void> {
    const own = newsroom.selectFrom('notices').selectAll().where('member', '=', member);
    const row = await own.where('id', '=', id).executeTakeFirst();
    if (!row || !mayKnow(member, row)) throw new AppError('notFound');
    const at = now().toISOString();
    await newsroom
      .updateTable('notices')
      .set({ seen_at: row.seen_at ?? at, ...(done ? { done_at: row.done_at ?? at } : {}) })
      .where('id', '=', id)
      .execute();
    say([member]);
  }

  route(api.seeNotice, async ({ signed, params }) => {
    await note(signed.member.id, params.id, false);
    return undefined;
  });

  route(api.doneNotice, async ({ signed, params }) => {
    await note(signed.member.id, params.id, true);
    return undefined;
  });

  const unseenOf = (member: string) =>
    newsroom
      .updateTable('notices')
      .set({ seen_at: now().toISOString() })
      .where('member', '=', member)
      .where('seen_at', 'is', null);

  route(api.seeStoryNotices, async ({ signed, params }) => {
    const member = signed.member.id;
    if (!mayKnow(member, { article: params.id, page: null })) throw new AppError('notFound');
    const seen = await unseenOf(member).where('article', '=', params.id).executeTakeFirst();
    if (seen.numUpdatedRows > 0n) say([member]);
    return undefined;
  });

  route(api.seeAllNotices, async ({ signed }) => {
    await unseenOf(signed.member.id).execute();
    say([signed.member.id]);
    return undefined;
  });
}

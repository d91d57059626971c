/** Gathers all that was said about a story, and what was suggested in it, for a page to print. */
import { AppError } from '../../shared/base/errors.ts';
import { placesOf } from '../../shared/comments/anchor.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import type { Known } from '../suggestions/keep.ts';
import type { Manuscripts } from '../sync/ports.ts';
import { readThreads } from './threads.ts';

/** Threads, and suggestions of each sort, on one page. */
export const talkBounds = { threads: 1_000, suggestions: 1_000 } as const;

interface Deps {
  newsroom: Newsroom;
  manuscripts: Manuscripts;
  openSuggestions: (article: string) => Promise<Known[]>;
}

export type Talk = Awaited<ReturnType<typeof talkOf>>;

export async function talkOf({ newsroom, manuscripts, openSuggestions }: Deps, article: string) {
  const columns = ['headline', 'title', 'section', 'stage'] as const;
  const row = newsroom.selectFrom('articles').select(columns).where('id', '=', article);
  const found = await row.executeTakeFirst();
  if (!found) throw new AppError('notFound');
  const [members, threads, edits, open, answered, paper] = await Promise.all([
    newsroom.selectFrom('members').select(['id', 'name']).execute(),
    readThreads(newsroom, null, article),
    newsroom
      .selectFrom('comment_edits')
      .innerJoin('comments', 'comments.id', 'comment_edits.comment')
      .innerJoin('threads', 'threads.id', 'comments.thread')
      .select(['comment_edits.comment', 'comment_edits.text', 'comment_edits.at'])
      .where('threads.article', '=', article)
      .orderBy('comment_edits.seq')
      .execute(),
    openSuggestions(article),
    newsroom
      .selectFrom('suggestion_answers')
      .selectAll()
      .where('article', '=', article)
      .orderBy('at')
      .limit(talkBounds.suggestions)
      .execute(),
    newsroom.selectFrom('settings').select('value').where('key', '=', 'paper').executeTakeFirst(),
  ]);
  const places = await manuscripts.read(article, (doc) => placesOf(doc, threads));
  // In the order of the text; what has no place in it, the whole story and what is gone, comes first.
  const first = (id: string) => {
    const place = places.get(id)?.[0];
    return place ? place.paragraph * 1e6 + place.from : -1;
  };
  return {
    ...found,
    paper: paper?.value ?? '',
    members,
    threads: threads
      .toSorted((a, b) => first(a.id) - first(b.id))
      .slice(0, talkBounds.threads)
      .map((thread) => ({ ...thread, gone: thread.about !== 'story' && first(thread.id) < 0 })),
    edits: Map.groupBy(edits, ({ comment }) => comment),
    open: open.slice(0, talkBounds.suggestions),
    answered,
  };
}

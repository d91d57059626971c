/** What waits for somebody 待我处理, from the stories and notices that they may read. */
import type { Article } from '../../shared/api.ts';
import type { Notice } from '../../shared/notifications/calls.ts';
import { askingKinds, handingKinds, isAsking } from '../../shared/notifications/kinds.ts';
import { placeOf } from '../../shared/notifications/place.ts';

export interface Waiting {
  id: string;
  why: 'review' | 'returned' | (typeof askingKinds)[keyof typeof askingKinds];
  article: Article | null;
  /** The page that it is about, where it is no story's. */
  page: string | null;
  /** Who handed it on, as far as a notice tells. */
  by: string | null;
  since: string;
  /** When the story is to be ready; null while nobody has said. */
  due: string | null;
  text: string;
  to: string;
  /** How many more of its kind wait at the same place. */
  more: number;
  /** The notices that it is, which may be called done; none where only the story itself can settle it. */
  notices: readonly string[];
}

/** Why a story waits for somebody: for their review, or because it came back to them; null when it does not. */
export function waitsWhy(me: string, { stage, may, stageAt, people }: Article): 'review' | 'returned' | null {
  if (may.acts.includes('pass') || may.acts.includes('sign')) return 'review';
  const isMine = people.some(({ member }) => member === me);
  return stage === 'draft' && stageAt !== null && isMine ? 'returned' : null;
}

/** What is due first comes first; of what has no deadline, what has waited longest. */
export function waitingFor(me: string, articles: readonly Article[], notices: readonly Notice[]): Waiting[] {
  const stories = articles.flatMap((article): Waiting[] => {
    const { id } = article;
    const why = waitsWhy(me, article);
    if (why === null) return [];
    const told = notices.find((one) => one.article === id && handingKinds.includes(one.kind));
    return [
      {
        id,
        why,
        article,
        page: null,
        by: told?.by ?? null,
        since: article.stageAt ?? article.updatedAt,
        due: article.due,
        text: told?.text ?? '',
        to: `/articles/${id}`,
        more: 0,
        notices: [],
      },
    ];
  });
  const storyOf = (one: Notice) => articles.find(({ id }) => id === one.article) ?? null;
  const asked: Waiting[] = [];
  const together = new Map<string, Waiting>();
  for (const one of notices) {
    if (one.doneAt !== null || !isAsking(one.kind)) continue;
    const why = askingKinds[one.kind];
    // What is dealt with at one place is one thing to do: its newest is shown, and since when the first of it waits.
    const place = why === 'mark' || why === 'correction' ? `${why} ${placeOf(one)}` : one.id;
    const before = together.get(place);
    if (before) {
      before.more += 1;
      before.notices = [...before.notices, one.id];
      if (one.at < before.since) before.since = one.at;
      continue;
    }
    const waiting: Waiting = {
      id: one.id,
      why,
      article: storyOf(one),
      page: one.page,
      by: one.by,
      since: one.at,
      due: one.due ?? (why === 'assigned' ? null : (storyOf(one)?.due ?? null)),
      text: one.text,
      to: placeOf(one),
      more: 0,
      // What was given is done when its thread is resolved.
      notices: why === 'assigned' ? [] : [one.id],
    };
    together.set(place, waiting);
    asked.push(waiting);
  }
  return [...stories, ...asked].sort(
    (a, b) => compare(a.due ?? never, b.due ?? never) || compare(a.since, b.since),
  );
}

/** After every ISO time. */
const never = '~';
const compare = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1);

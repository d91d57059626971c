/** What waits for somebody 待我处理, from the stories and notices that they may read. */
import type { Article } from '../../shared/api.ts';
import type { Notice } from '../../shared/notifications/calls.ts';
import { askingKinds, handingKinds, isAsking } from '../../shared/notifications/kinds.ts';
import { placeOf } from '../../shared/notifications/place.ts';

export interface Waiting {
  id: string;
  why: 'review' | 'returned' | 'mention' | 'assigned' | 'page';
  article: Article | null;
  /** Who handed it on, as far as a notice tells. */
  by: string | null;
  since: string;
  /** When the story is to be ready; null while nobody has said. */
  due: string | null;
  text: string;
  to: string;
  /** The notice that it is, which may be called done; null where only the story itself can settle it. */
  notice: string | null;
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
        by: told?.by ?? null,
        since: article.stageAt ?? article.updatedAt,
        due: article.due,
        text: told?.text ?? '',
        to: `/articles/${id}`,
        notice: null,
      },
    ];
  });
  const storyOf = (one: Notice) => articles.find(({ id }) => id === one.article) ?? null;
  const asked = notices.flatMap((one): Waiting[] =>
    one.doneAt === null && isAsking(one.kind)
      ? [
          {
            id: one.id,
            why: askingKinds[one.kind],
            article: storyOf(one),
            by: one.by,
            since: one.at,
            due: one.due ?? (one.kind === 'assigned' ? null : (storyOf(one)?.due ?? null)),
            text: one.text,
            to: placeOf(one),
            // What was given is done when its thread is resolved.
            notice: one.kind === 'assigned' ? null : one.id,
          },
        ]
      : [],
  );
  return [...stories, ...asked].sort(
    (a, b) => compare(a.due ?? never, b.due ?? never) || compare(a.since, b.since),
  );
}

/** After every ISO time. */
const never = '~';
const compare = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1);

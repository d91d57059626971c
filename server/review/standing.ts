/** How things stand with a story, from SQL and its manuscript: what decisions are made from. */
import { must } from '../../shared/base/must.ts';
import { openSuggestionsIn } from '../../shared/checks/suggested.ts';
import type { Story } from '../../shared/manuscript/story.ts';
import type { StoryFacts } from '../../shared/review/decide.ts';
import { type ReviewStage, reviewStages, type StoryAction } from '../../shared/review/stages.ts';
import { readStoryAs } from '../../shared/suggestions/read.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import type { Manuscripts } from '../sync/ports.ts';
import { hashOf } from './signing.ts';

/** Facts with what the story reads like. */
export interface Standing {
  facts: StoryFacts;
  hash: string;
}

type Decided = { member: string; action: StoryAction; before: string };

/** Who passed or signed at which review since the authors handed it in; the oldest decision first. */
export function reviewsSince(decisions: readonly Decided[]): StoryFacts['reviews'] {
  const from = decisions.findLastIndex(({ action }) => action === 'submit');
  return decisions
    .slice(from + 1)
    .filter(
      ({ action, before }) =>
        (action === 'pass' || action === 'sign') && (reviewStages as readonly string[]).includes(before),
    )
    .map(({ member, before }) => ({ member, stage: before as ReviewStage }));
}

const hasWords = ({ text }: { text: string }) => text.trim() !== '';

/** Whether there is a headline and a body. */
const isComplete = ({ paragraphs }: Story): boolean =>
  paragraphs.some((one) => one.style === 'headline' && hasWords(one)) &&
  paragraphs.some((one) => (one.style === 'body' || one.style === 'lead') && hasWords(one));

/** Null when there is no such article. */
export async function standingOf(
  newsroom: Newsroom,
  manuscripts: Manuscripts,
  article: string,
): Promise<Standing | null> {
  const row = await newsroom
    .selectFrom('articles')
    .select(['stage', 'kept', 'section'])
    .where('id', '=', article)
    .executeTakeFirst();
  if (!row) return null;
  const [people, former, decided, open, words] = await Promise.all([
    newsroom.selectFrom('article_people').select('member').where('article', '=', article).execute(),
    newsroom.selectFrom('article_former').select('member').where('article', '=', article).execute(),
    newsroom
      .selectFrom('decisions')
      .select(['member', 'action', 'before'])
      .where('article', '=', article)
      .orderBy('at')
      .execute(),
    newsroom
      .selectFrom('threads')
      .select((one) => one.fn.countAll<number>().as('count'))
      .where('article', '=', article)
      .where('resolved_at', 'is', null)
      .executeTakeFirst(),
    manuscripts.read(article, (doc) => ({
      story: readStoryAs(article, doc, 'original'),
      suggestions: openSuggestionsIn(doc),
    })),
  ]);
  return {
    hash: hashOf(words.story),
    facts: {
      ...row,
      authors: [...people, ...former].map(({ member }) => member),
      reviews: reviewsSince(decided),
      complete: isComplete(words.story),
      openComments: Number(must(open, 'a count').count),
      openSuggestions: words.suggestions,
    },
  };
}

/** Preflight on the server: what counts for an export, from the stories as they stand and what SQL knows of them. */
import { AppError } from '../../shared/base/errors.ts';
import { must } from '../../shared/base/must.ts';
import type { StoryFacts } from '../../shared/checks/calls.ts';
import type { Finding } from '../../shared/checks/finding.ts';
import { preflight } from '../../shared/checks/preflight/preflight.ts';
import { openSuggestionsIn } from '../../shared/checks/suggested.ts';
import type { Page } from '../../shared/pages/page.ts';
import { type ComposedPage, sharingStories } from '../export/edition.ts';
import { signaturesOf } from '../review/signing.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import type { Manuscripts } from '../sync/ports.ts';

export interface Preflight {
  /** What is known of the page's stories beside their words, and everything that is found on it. */
  check(composed: ComposedPage, neighbours: readonly Page[]): Promise<Checked>;
  /** Throws `notReady` when something on one of the pages keeps it from the press. */
  refuseUnready(composed: readonly ComposedPage[], neighbours: readonly Page[]): Promise<void>;
}

export interface Checked {
  findings: Finding[];
  stories: StoryFacts[];
}

interface Deps {
  newsroom: Newsroom;
  manuscripts: Manuscripts;
}

export function openPreflight({ newsroom, manuscripts }: Deps): Preflight {
  const signed = signaturesOf(newsroom, manuscripts);

  async function factsOf(articles: readonly string[]): Promise<Map<string, StoryFacts>> {
    const facts = new Map<string, StoryFacts>();
    if (articles.length === 0) return facts;
    const threads = await newsroom
      .selectFrom('threads')
      .select(({ fn }) => ['article', fn.countAll<number>().as('count')])
      .where('article', 'in', articles)
      .where('resolved_at', 'is', null)
      .groupBy('article')
      .execute();
    const open = new Map(threads.map(({ article, count }) => [article, count]));
    const rows = await newsroom
      .selectFrom('articles')
      .select(['id', 'stage'])
      .where('id', 'in', articles)
      .execute();
    for (const { id, stage } of rows)
      facts.set(id, {
        article: id,
        // A stage alone is no signature: the words have to be those that were signed.
        signed: (await signed(id)).signed,
        spiked: stage === 'spiked',
        openComments: open.get(id) ?? 0,
        openSuggestions: await manuscripts.read(id, openSuggestionsIn),
      });
    return facts;
  }

  async function check({ page, stories, drawing }: ComposedPage, neighbours: readonly Page[]) {
    const facts = await factsOf(stories.map(({ article }) => article));
    const checked = stories.map((story) => ({
      ...story,
      ...must(facts.get(story.article), 'facts of a story that was read'),
    }));
    const findings = preflight({ page, drawing, stories: checked, neighbours });
    return { findings, stories: [...facts.values()] };
  }

  return {
    check,
    async refuseUnready(composed, neighbours) {
      const pages = [...composed.map(({ page }) => page), ...neighbours];
      const errors: string[] = [];
      for (const one of composed) {
        const { findings } = await check(one, sharingStories(one.page, pages));
        for (const { rule, grade } of findings)
          if (grade === 'error') errors.push(`${one.page.number} ${rule}`);
      }
      if (errors.length === 0) return;
      throw new AppError('notReady', `${errors.length}: ${[...new Set(errors)].join(', ')}`);
    },
  };
}

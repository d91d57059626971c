/** Where a page stands on its way to the press: its stage, who read it, its marks, and what keeps it from the press. */
import type * as Y from 'yjs';
import type { Story } from '../../shared/manuscript/story.ts';
import { articlesOn, type Page } from '../../shared/pages/page.ts';
import { isLeft, type Mark, outcomeOf } from '../../shared/proofs/mark.ts';
import type { PageFacts } from '../../shared/review/decide.ts';
import { readOriginal, readStoryAs, suggestionsOf } from '../../shared/suggestions/read.ts';
import type { Preflight } from '../checks/preflight.ts';
import { composePages, sharingStories } from '../export/edition.ts';
import { readEditionPages } from '../pages/pages.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import type { Manuscripts } from '../sync/ports.ts';
import { hashOfPage } from './signing.ts';
import type { ProofTables } from './table.ts';

export interface ProofDeps {
  newsroom: Newsroom;
  manuscripts: Manuscripts;
  preflight: Preflight;
}

export interface PageStanding {
  since: string | null;
  decisions: ProofTables['page_decisions'][];
  marks: Mark[];
  facts: PageFacts;
  /** What its stories read like now (signing.ts). */
  hash: string;
  /** What they read like when it was signed. */
  signedHash: string | null;
}

export const storyReader =
  (manuscripts: Manuscripts) =>
  (article: string): Promise<Story> =>
    manuscripts.read(article, (doc) => readOriginal(article, doc));

export async function readMarks(
  { newsroom, manuscripts }: Pick<ProofDeps, 'newsroom' | 'manuscripts'>,
  page: string,
): Promise<Mark[]> {
  const rows = await newsroom
    .selectFrom('page_marks')
    .selectAll()
    .where('page', '=', page)
    .orderBy('at')
    .orderBy('id')
    .execute();
  const stories = new Map<string, Both>();
  for (const { article } of rows)
    if (article !== null && !stories.has(article))
      stories.set(article, await manuscripts.read(article, (doc) => bothReadings(article, doc)));
  return rows.map(({ page: _page, start: _start, answer, reason, answered_by, answered_at, ...mark }) => {
    const read = mark.article === null ? null : stories.get(mark.article);
    return {
      ...mark,
      outcome: outcomeOf(answer, mark, read?.printed ?? null, read?.accepted ?? null),
      answeredBy: answered_by,
      answeredAt: answered_at,
      answer: reason,
    };
  });
}

/** A story as it is printed, and with its suggestions accepted; null where it has none. */
interface Both {
  printed: Story;
  accepted: Story | null;
}

const bothReadings = (article: string, doc: Y.Doc): Both => ({
  printed: readOriginal(article, doc),
  accepted: suggestionsOf(doc).size > 0 ? readStoryAs(article, doc, 'accepted') : null,
});

/** `checksPress` also looks whether anything on the page keeps it from the press, which composes it. */
export async function standingOfPage(
  deps: ProofDeps,
  page: Page,
  checksPress: boolean,
): Promise<PageStanding> {
  const { newsroom, manuscripts, preflight } = deps;
  const row = await newsroom
    .selectFrom('pages')
    .select(['stage', 'stage_at', 'signed_hash'])
    .where('id', '=', page.id)
    .executeTakeFirstOrThrow();
  const decisions = await newsroom
    .selectFrom('page_decisions')
    .selectAll()
    .where('page', '=', page.id)
    .orderBy('at')
    .execute();
  const marks = await readMarks(deps, page.id);
  // What was read before the page was laid anew is to be read again.
  const begun = decisions.findLastIndex(({ after }) => after === 'layout') + 1;
  const passes = decisions
    .slice(begun)
    .filter(({ action }) => action === 'proofed' || action === 'read')
    .map(({ before, member, role }) => ({ stage: before, member, role }));
  const facts: PageFacts = {
    stage: row.stage,
    passes,
    openMarks: marks.filter(isLeft).length,
    unsigned: 0,
    errors: 0,
  };
  const read = storyReader(manuscripts);
  const stories = new Map<string, Story>();
  for (const article of articlesOn(page)) stories.set(article, await read(article));
  if (checksPress && stories.size > 0) {
    const neighbours = sharingStories(page, await readEditionPages(newsroom, page.edition));
    const storyOf = async (article: string) => stories.get(article) ?? read(article);
    const [composed] = await composePages({ pages: [page], neighbours, storyOf, proofOf: null });
    if (composed) {
      const { findings, stories: known } = await preflight.check(composed, neighbours);
      facts.unsigned = known.filter(({ signed }) => !signed).length;
      facts.errors = findings.filter(({ grade, rule }) => grade === 'error' && rule !== 'unsigned').length;
    }
  }
  const hash = hashOfPage([...stories.values()]);
  return { since: row.stage_at, decisions, marks, facts, hash, signedHash: row.signed_hash };
}

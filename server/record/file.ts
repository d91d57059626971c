/** Gathers the story's file 稿件档案: who wrote and reviewed it, every decision, what changed at each step, what was
 * said beside it, and its rows of the record. */
import { AppError } from '../../shared/base/errors.ts';
import { headlineOf } from '../../shared/manuscript/story.ts';
import { type ErrorRate, errorRate } from '../../shared/review/error-rate.ts';
import { readOriginal } from '../../shared/suggestions/read.ts';
import type { ComparedStory, Work } from '../../shared/versions/calls.ts';
import { pagesHolding, readPage } from '../pages/pages.ts';
import { readMarks } from '../proofs/standing.ts';
import { readReviewSettings } from '../review/settings.ts';
import type { Newsroom, NewsroomTables } from '../storage/newsroom.ts';
import type { Manuscripts } from '../sync/ports.ts';
import { comparerOf, stateNow, unpacked } from '../versions/state.ts';

/** Rows of one kind in a file; steps whose changes are shown; changes shown of one step. */
export const fileBounds = { rows: 500, steps: 30, changes: 60 } as const;

export interface Step {
  decision: NewsroomTables['decisions'];
  /** `first`: nothing to compare with; `gone`: no version of these words was kept. */
  kind: 'first' | 'same' | 'gone' | 'changed';
  characters: number;
  work: readonly Work[];
  changes: readonly { change: 'added' | 'removed'; text: string; member: string | null }[];
}

const bare = (paragraphs: ComparedStory): Step['changes'] =>
  paragraphs.flatMap(({ runs }) =>
    runs.flatMap(({ change, text, member, moved }) =>
      change === 'kept' || moved || text.trim() === '' ? [] : [{ change, text, member }],
    ),
  );

export async function fileOf(newsroom: Newsroom, manuscripts: Manuscripts, article: string) {
  const compare = comparerOf(newsroom, manuscripts);
  const row = await newsroom.selectFrom('articles').selectAll().where('id', '=', article).executeTakeFirst();
  if (!row) throw new AppError('notFound');
  const { rows } = fileBounds;
  const [members, people, former, decisions, corrections, threads, suggestions, versions, record, paper] =
    await Promise.all([
      newsroom.selectFrom('members').select(['id', 'name', 'role']).execute(),
      newsroom.selectFrom('article_people').selectAll().where('article', '=', article).execute(),
      newsroom.selectFrom('article_former').selectAll().where('article', '=', article).execute(),
      newsroom
        .selectFrom('decisions')
        .selectAll()
        .where('article', '=', article)
        .orderBy('at')
        .limit(rows)
        .execute(),
      newsroom
        .selectFrom('corrections')
        .selectAll()
        .where('article', '=', article)
        .orderBy('at')
        .limit(rows)
        .execute(),
      newsroom
        .selectFrom('comments')
        .innerJoin('threads', 'threads.id', 'comments.thread')
        .select([
          'threads.id as thread',
          'threads.quote',
          'threads.resolved_at',
          'threads.resolved_by',
          'comments.author',
          'comments.text',
          'comments.created_at',
        ])
        .where('threads.article', '=', article)
        .orderBy('comments.seq')
        .limit(rows)
        .execute(),
      newsroom
        .selectFrom('suggestion_answers')
        .selectAll()
        .where('article', '=', article)
        .orderBy('at')
        .limit(rows)
        .execute(),
      newsroom
        .selectFrom('versions')
        .select(['id', 'seq', 'at', 'member', 'why', 'name', 'characters', 'hash'])
        .where('article', '=', article)
        .orderBy('seq')
        .orderBy('at')
        .limit(rows)
        .execute(),
      newsroom
        .selectFrom('record')
        .select(['seq', 'at', 'kind', 'member', 'detail', 'hash'])
        .where('article', '=', article)
        .orderBy('seq', 'desc')
        .limit(rows)
        .execute(),
      newsroom.selectFrom('settings').select('value').where('key', '=', 'paper').executeTakeFirst(),
    ]);

  async function keptState(id: string) {
    const kept = newsroom.selectFrom('versions').select(['seq', 'state']).where('id', '=', id);
    const { seq, state } = await kept.executeTakeFirstOrThrow();
    return { seq, bytes: await unpacked(state) };
  }

  const steps: Step[] = [];
  let before: (typeof versions)[number] | null = null;
  for (const decision of decisions.slice(-fileBounds.steps)) {
    const version = versions.find(({ hash }) => hash === decision.hash);
    const plain = { decision, characters: version?.characters ?? 0, work: [], changes: [] };
    if (!version) steps.push({ ...plain, kind: 'gone' });
    else if (!before) steps.push({ ...plain, kind: 'first' });
    else if (before.hash === version.hash) steps.push({ ...plain, kind: 'same' });
    else {
      const { paragraphs, work } = await compare(
        article,
        await keptState(before.id),
        await keptState(version.id),
      );
      steps.push({ ...plain, kind: 'changed', work, changes: bare(paragraphs) });
    }
    before = version ?? before;
  }

  const now = await stateNow(manuscripts, article);
  const headline = await manuscripts.read(article, (doc) => headlineOf(readOriginal(article, doc)));
  const wrote = (await compare(article, null, now)).work;
  const holding = await pagesHolding(newsroom, [article]);
  const marked = await newsroom
    .selectFrom('page_marks')
    .select('page')
    .distinct()
    .where('article', '=', article)
    .execute();
  const proofs = await Promise.all(
    [...new Set([...holding, ...marked.map(({ page }) => page)])].map((id) => proofsOf(id)),
  );

  /** What was done to a page that holds or held the story, and the marks that were put on the story there. */
  async function proofsOf(id: string) {
    const page = await readPage(newsroom, id);
    const decisions = await newsroom
      .selectFrom('page_decisions')
      .selectAll()
      .where('page', '=', id)
      .orderBy('at')
      .limit(rows)
      .execute();
    const marks = (await readMarks({ newsroom, manuscripts }, id)).filter((one) => one.article === article);
    const name = page ? `${page.date.slice(0, 10)} ${page.number} ${page.section}` : '';
    return { name, holds: holding.includes(id), decisions, marks: marks.slice(0, rows) };
  }
  const errors = corrections.filter(({ state }) => state === 'applied');
  const rate: ErrorRate | null = row.signed_hash === null ? null : errorRate(errors, now.characters);
  return {
    article: row,
    paper: paper?.value ?? '',
    roleNames: (await readReviewSettings(newsroom)).roleNames,
    members,
    people,
    former,
    decisions,
    corrections,
    threads,
    suggestions,
    versions,
    record,
    steps,
    headline: headline || row.title,
    now: { hash: now.hash, characters: now.characters },
    wrote,
    proofs,
    rate,
    errors: errors.length,
  };
}

export type StoryFile = Awaited<ReturnType<typeof fileOf>>;

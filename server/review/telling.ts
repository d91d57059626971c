/** Whom a decision on a story concerns: those who wrote it, and whoever is to review it next. */

import type { NoticeKind } from '../../shared/notifications/kinds.ts';
import { isOfSections, isReview, reviewerOf, type Stage } from '../../shared/people/can.ts';
import type { Correction } from '../../shared/review/calls.ts';
import type { StoryAct } from '../../shared/review/stages.ts';
import type { Settle } from '../notifications/settle.ts';
import type { Tell } from '../notifications/tell.ts';
import { readSections } from '../people/members.ts';
import type { Newsroom } from '../storage/newsroom.ts';

const kindOf = {
  submit: 'submitted',
  pass: 'passed',
  return: 'returned',
  sign: 'signed',
  hold: 'held',
  resume: 'resumed',
  spike: 'spiked',
  restore: 'restored',
  reopen: 'reopened',
} as const satisfies Record<StoryAct, NoticeKind>;

interface Decided {
  article: string;
  by: string;
  action: StoryAct;
  after: Stage;
  reason: string;
  section: string;
  authors: readonly string[];
}

/** Members whose duty reviews at the stage, in their sections; never the story's own authors. */
async function reviewersAt(
  newsroom: Newsroom,
  { after, section, authors }: Pick<Decided, 'after' | 'section' | 'authors'>,
): Promise<string[]> {
  if (!isReview(after)) return [];
  const duty = newsroom.selectFrom('members').select(['id', 'role', 'sections']).where('active', '=', 1);
  const rows = await duty.where('role', '=', reviewerOf[after]).execute();
  return rows
    .filter(({ id, role, sections }) =>
      isOfSections({ id, role, sections: readSections(sections) }, { section }),
    )
    .map(({ id }) => id)
    .filter((id) => !authors.includes(id));
}

export async function tellDecision(newsroom: Newsroom, tell: Tell, decided: Decided): Promise<void> {
  const { article, by, action, reason: text, authors } = decided;
  const to = [...authors, ...(await reviewersAt(newsroom, decided))];
  await tell({ to, kind: kindOf[action], by, article, text });
}

/** What is asked for concerns the authors and the editors, who are to confirm it; an answer, the authors and who asked. */
export async function tellCorrection(
  { newsroom, tell, settle }: { newsroom: Newsroom; tell: Tell; settle: Settle },
  article: string,
  { member, answeredBy, quote, wanted, answer }: Correction,
): Promise<void> {
  const on = newsroom.selectFrom('article_people').select('member').where('article', '=', article);
  const authors = (await on.execute()).map((row) => row.member);
  const row = newsroom.selectFrom('articles').select('section').where('id', '=', article);
  const section = (await row.executeTakeFirst())?.section ?? '';
  const text = `${quote} → ${wanted}${answer === '' ? '' : ` ${answer}`}`;
  const told = { by: answeredBy ?? member, article, text };
  if (answeredBy === null) {
    const to = await reviewersAt(newsroom, { after: 'first', section, authors });
    await tell({ ...told, to, kind: 'correctionAsked' });
    await tell({ ...told, to: authors, kind: 'corrected' });
    return;
  }
  await tell({ ...told, to: [...authors, member], kind: 'corrected' });
  const open = newsroom.selectFrom('corrections').select('id').where('article', '=', article);
  if (!(await open.where('answered_by', 'is', null).executeTakeFirst()))
    await settle({ article, corrections: 'none' });
}

/** Articles in SQL: what a reader sees of them, and the changes to their rows and people. */
import type { Transaction } from 'kysely';
import type { Article } from '../../shared/api.ts';
import { AppError } from '../../shared/base/errors.ts';
import { newId } from '../../shared/base/id.ts';
import { type Actor, type ArticleFacts, canOnArticle } from '../../shared/people/can.ts';
import type { Person } from '../../shared/people/person.ts';
import { mayActs } from '../../shared/review/acts.ts';
import { readReviewSettings } from '../review/settings.ts';
import { reviewsSince } from '../review/standing.ts';
import type { Newsroom, NewsroomTables } from '../storage/newsroom.ts';

/** The pages that hold each article, told by pages; an article on none is absent. */
export type PagesOf = () => Promise<Map<string, Article['pages']>>;

/** The articles that this reader may know of, the last changed first; `only` asks for one. */
export async function readArticles(
  newsroom: Newsroom,
  reader: Actor,
  pagesOf: PagesOf,
  only?: string,
): Promise<Article[]> {
  let wanted = newsroom.selectFrom('articles').selectAll().orderBy('updated_at', 'desc').orderBy('id');
  let listed = newsroom.selectFrom('article_people').selectAll().orderBy('added_at').orderBy('member');
  let left = newsroom.selectFrom('article_former').selectAll();
  let decided = newsroom
    .selectFrom('decisions')
    .select(['article', 'member', 'action', 'before'])
    .orderBy('at');
  if (only !== undefined) {
    wanted = wanted.where('id', '=', only);
    listed = listed.where('article', '=', only);
    left = left.where('article', '=', only);
    decided = decided.where('article', '=', only);
  }
  const [rows, people, gone, decisions, { steps }, pages] = await Promise.all([
    wanted.execute(),
    listed.execute(),
    left.execute(),
    decided.execute(),
    readReviewSettings(newsroom),
    pagesOf(),
  ]);
  const on = Map.groupBy(people, (row) => row.article);
  const formerOn = Map.groupBy(gone, (row) => row.article);
  const decidedOn = Map.groupBy(decisions, (row) => row.article);
  return rows.flatMap((row) => {
    const listedHere = on.get(row.id) ?? [];
    const facts: ArticleFacts = {
      stage: row.stage,
      section: row.section,
      people: listedHere.map(({ member }) => member),
      former: formerOn.get(row.id)?.map(({ member }) => member) ?? [],
    };
    const may = (action: Parameters<typeof canOnArticle>[1]) => canOnArticle(reader, action, facts);
    if (!may('read')) return [];
    return {
      id: row.id,
      headline: row.headline || row.title,
      title: row.title,
      stage: row.stage,
      section: row.section,
      people: listedHere.map(({ member, part }) => ({ member, part })),
      characters: row.characters,
      pages: pages.get(row.id) ?? [],
      may: {
        write: may('write'),
        suggest: may('suggest'),
        answer: may('answer'),
        comment: may('comment'),
        invite: may('invite'),
        rename: may('rename'),
        classify: may('classify'),
        acts: mayActs(
          reader,
          {
            ...row,
            authors: [...facts.people, ...(facts.former ?? [])],
            reviews: reviewsSince(decidedOn.get(row.id) ?? []),
          },
          steps,
        ),
      },
      due: row.due,
      stageAt: row.stage_at,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    };
  });
}

export async function readArticle(newsroom: Newsroom, reader: Actor, pagesOf: PagesOf, id: string) {
  const [article] = await readArticles(newsroom, reader, pagesOf, id);
  if (!article) throw new AppError('notFound');
  return article;
}

export const freshId = () => newId((bytes) => crypto.getRandomValues(bytes));

const partOf = (person: Pick<Person, 'role'>): 'reporter' | 'correspondent' =>
  person.role === 'correspondent' ? 'correspondent' : 'reporter';

export interface NewArticle {
  id: string;
  title: string;
  headline?: string;
  characters?: number;
  people: readonly Pick<Person, 'id' | 'role'>[];
}

/** Adds the rows of an article, inside a transaction; its document was made before, so that no row lacks one. */
export async function addArticle(
  one: Transaction<NewsroomTables>,
  article: NewArticle,
  now: Date,
): Promise<void> {
  const at = now.toISOString();
  await one
    .insertInto('articles')
    .values({
      id: article.id,
      title: article.title,
      stage: 'draft',
      section: '',
      headline: article.headline ?? '',
      characters: article.characters ?? 0,
      created_at: at,
      updated_at: at,
    })
    .execute();
  if (article.people.length === 0) return;
  const people = article.people.map((person, index) => ({
    article: article.id,
    member: person.id,
    part: partOf(person),
    added_at: new Date(now.getTime() + index).toISOString(),
  }));
  await one.insertInto('article_people').values(people).execute();
}

/** Sets what is given, the working title or the section. */
export async function renameArticle(
  newsroom: Newsroom,
  id: string,
  {
    title,
    section,
    due,
  }: { title?: string | undefined; section?: string | undefined; due?: string | null | undefined },
): Promise<void> {
  if (title === undefined && section === undefined && due === undefined) return;
  const change = {
    ...(title !== undefined && { title }),
    ...(section !== undefined && { section }),
    ...(due !== undefined && { due }),
  };
  await newsroom.updateTable('articles').set(change).where('id', '=', id).execute();
}

/** Puts an active member on the article; doing it twice is doing it once. */
export async function invite(newsroom: Newsroom, article: string, member: string, now: Date): Promise<void> {
  const invited = await newsroom
    .selectFrom('members')
    .select(['id', 'role'])
    .where('id', '=', member)
    .where('active', '=', 1)
    .executeTakeFirst();
  if (!invited) throw new AppError('notFound');
  await newsroom
    .insertInto('article_people')
    .values({ article, member, part: partOf(invited), added_at: now.toISOString() })
    .onConflict((conflict) => conflict.columns(['article', 'member']).doNothing())
    .execute();
}

/** Takes a member off the article; who wrote on it stays one of its authors. Its last reporter stays, and so does the
 * only person on it. */
export async function uninvite(
  newsroom: Newsroom,
  article: string,
  member: string,
  wrote: boolean,
): Promise<void> {
  await newsroom.transaction().execute(async (one) => {
    const people = await one
      .selectFrom('article_people')
      .selectAll()
      .where('article', '=', article)
      .execute();
    const leaving = people.find((row) => row.member === member);
    if (!leaving) throw new AppError('notFound');
    const alike = people.filter((row) => row.part === leaving.part);
    if (people.length === 1 || (leaving.part === 'reporter' && alike.length === 1)) {
      throw new AppError('conflict', 'the last reporter');
    }
    await one
      .deleteFrom('article_people')
      .where('article', '=', article)
      .where('member', '=', member)
      .execute();
    if (!wrote) return;
    const former = one.insertInto('article_former').values({ article, member });
    await former.onConflict((conflict) => conflict.doNothing()).execute();
  });
}

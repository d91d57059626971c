/** What a permission about an article depends on, answered within one turn: asked for every message and call. */
import type Database from 'better-sqlite3';
import { AppError } from '../../shared/base/errors.ts';
import {
  type Actor,
  type ArticleAction,
  type ArticleFacts,
  canInNewsroom,
  canOnArticle,
  type Stage,
} from '../../shared/people/can.ts';
import type { Person } from '../../shared/people/person.ts';
import type { PageStage } from '../../shared/review/stages.ts';
import type { Signed } from '../http.ts';
import { readSections } from '../people/members.ts';
import type { Access } from '../sync/ports.ts';

/** Refuses unless the member may do this to the article: `notFound` to whoever may not know of it. */
export type Allow = (signed: Signed, action: ArticleAction, article: string) => ArticleFacts;

export interface Facts {
  /** Whether an active member may do this to the article now. */
  may(member: string, action: ArticleAction, article: string): boolean;
  articleFacts(article: string): ArticleFacts | null;
  allow: Allow;
  /** What a socket of this member may do to the article's document now. */
  authorize(member: string, article: string): Access;
  /** What a socket of this member may do to a page's frames now. */
  authorizePage(member: string, page: string): 'none' | 'read' | 'write';
  /** An active member as others see them; null once removed. */
  person(member: string): Person | null;
}

/** `reader` is a connection that only reads and sees every commit at once. */
export function openFacts(reader: Database.Database): Facts {
  const stageOf = reader.prepare<[string], { stage: Stage; section: string }>(
    'select stage, section from articles where id = ?',
  );
  const peopleOf = reader.prepare<[string], { member: string }>(
    'select member from article_people where article = ?',
  );
  const formerOf = reader.prepare<[string], { member: string }>(
    'select member from article_former where article = ?',
  );
  const memberOf = reader.prepare<[string], Person>(
    'select id, handle, name, role, color from members where id = ? and active = 1',
  );
  const actorOf = reader.prepare<[string], Omit<Actor, 'sections'> & { sections: string }>(
    'select id, role, sections from members where id = ? and active = 1',
  );

  function articleFacts(article: string): ArticleFacts | null {
    const row = stageOf.get(article);
    if (!row) return null;
    const people = peopleOf.all(article).map(({ member }) => member);
    return { ...row, people, former: formerOf.all(article).map(({ member }) => member) };
  }

  const pageOf = reader.prepare<[string], { stage: PageStage }>('select stage from pages where id = ?');

  const versionOf = reader.prepare<[], number>('pragma data_version').pluck();
  let version = -1;
  const access = new Map<string, Access>();

  /** What decides, when there are both such an active member and such an article. */
  function both(member: string, article: string): [Actor, ArticleFacts] | null {
    const row = actorOf.get(member);
    const facts = row ? articleFacts(article) : null;
    return row && facts ? [{ ...row, sections: readSections(row.sections) }, facts] : null;
  }

  function accessOf(member: string, article: string): Access {
    const known = both(member, article);
    if (!known || !canOnArticle(known[0], 'read', known[1])) return 'none';
    if (canOnArticle(known[0], 'write', known[1])) return 'write';
    return canOnArticle(known[0], 'suggest', known[1]) ? 'suggest' : 'read';
  }

  function pageAccessOf(member: string, page: string): 'none' | 'read' | 'write' {
    const row = actorOf.get(member);
    // A correspondent is shown pages call by call, without the frames of others.
    const found = row && row.role !== 'correspondent' ? pageOf.get(page) : undefined;
    if (!row || !found) return 'none';
    // What is being proofed stands still.
    const mayLay = found.stage === 'layout' && canInNewsroom({ ...row, sections: [] }, 'page.lay');
    return mayLay ? 'write' : 'read';
  }

  /** Asked several times for each key: an answer stands until anything in the newsroom was written. */
  function standing<A extends Access>(key: string, answer: () => A): A {
    const now = versionOf.get() ?? -1;
    if (now !== version) access.clear();
    version = now;
    const known = (access.get(key) as A | undefined) ?? answer();
    access.set(key, known);
    return known;
  }

  return {
    articleFacts,
    may(member, action, article) {
      const known = both(member, article);
      return known !== null && canOnArticle(known[0], action, known[1]);
    },
    allow(signed, action, article) {
      const facts = articleFacts(article);
      if (!facts || !canOnArticle(signed.member, 'read', facts)) throw new AppError('notFound');
      if (!canOnArticle(signed.member, action, facts)) throw new AppError('notAllowed');
      return facts;
    },
    authorize: (member, article) => standing(`${member} ${article}`, () => accessOf(member, article)),
    authorizePage: (member, page) => standing(`${member} page ${page}`, () => pageAccessOf(member, page)),
    person: (member) => memberOf.get(member) ?? null,
  };
}

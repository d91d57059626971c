/** The calls about articles: the list, making, naming, spiking, who is on one, and its story. */
import type { z } from 'zod';
import { api, type LiveEvent } from '../../shared/api.ts';
import { AppError } from '../../shared/base/errors.ts';
import { fillManuscript } from '../../shared/manuscript/flat.ts';
import { countCharacters, type StoryParagraph } from '../../shared/manuscript/story.ts';
import { canInNewsroom } from '../../shared/people/can.ts';
import { readOriginal } from '../../shared/suggestions/read.ts';
import type { Route, Signed } from '../http.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import type { Manuscripts } from '../sync/ports.ts';
import { noteActedFor, watched } from '../versions/acted-for.ts';
import {
  addArticle,
  freshId,
  invite,
  type PagesOf,
  readArticle,
  readArticles,
  renameArticle,
  uninvite,
} from './articles.ts';
import { listChanges } from './changes.ts';
import type { Allow } from './facts.ts';
import { restoreAs } from './restore.ts';

/** What a new story begins with. */
const blank: StoryParagraph[] = [
  { style: 'headline', text: '', marks: [] },
  { style: 'body', text: '', marks: [] },
];

type Given = NonNullable<NonNullable<z.output<typeof api.addArticle.body>>['paragraphs']>[number];

/** The given paragraph without what it does not say. */
function paragraphOf({ style, text, marks, gap, credit, alt }: Given): StoryParagraph {
  return {
    style,
    text,
    marks: marks.map(({ href, ...mark }) => (href === undefined ? mark : { ...mark, href })),
    ...(gap ? { gap } : {}),
    ...(credit ? { credit } : {}),
    ...(alt ? { alt } : {}),
  };
}

interface Deps {
  newsroom: Newsroom;
  manuscripts: Manuscripts;
  allow: Allow;
  pagesOf: PagesOf;
  now: () => Date;
  publish: (event: LiveEvent) => void;
  /** Asks every open socket again what it may. */
  refresh: () => void;
}

export function articleRoutes(route: Route, deps: Deps): void {
  const { newsroom, manuscripts, allow, pagesOf, now, publish } = deps;
  const one = (signed: Signed, id: string) => readArticle(newsroom, signed.member, pagesOf, id);

  function peopleChanged() {
    deps.refresh();
    publish({ kind: 'articles' });
  }

  route(api.articles, async ({ signed }) => readArticles(newsroom, signed.member, pagesOf));

  route(api.article, async ({ signed, params }) => one(signed, params.id));

  route(api.addArticle, async ({ signed, body }) => {
    if (!canInNewsroom(signed.member, 'article.create')) throw new AppError('notAllowed');
    const id = freshId();
    await manuscripts.create(id, (doc) => {
      fillManuscript(doc, body?.paragraphs?.map(paragraphOf) ?? blank);
    });
    const made = { id, title: body?.title ?? '', people: [signed.member] };
    await newsroom.transaction().execute((transaction) => addArticle(transaction, made, now()));
    publish({ kind: 'articles' });
    return one(signed, id);
  });

  route(api.renameArticle, async ({ signed, params, body }) => {
    const classifies = body.section !== undefined || body.due !== undefined;
    if (!classifies || body.title !== undefined) allow(signed, 'rename', params.id);
    if (classifies) allow(signed, 'classify', params.id);
    await renameArticle(newsroom, params.id, body);
    // Who leads a story depends on its section.
    if (body.section !== undefined) peopleChanged();
    publish({ kind: 'article', article: params.id });
    return one(signed, params.id);
  });

  route(api.invite, async ({ signed, params }) => {
    allow(signed, 'invite', params.id);
    await invite(newsroom, params.id, params.member, now());
    peopleChanged();
    return one(signed, params.id);
  });

  route(api.uninvite, async ({ signed, params }) => {
    allow(signed, 'invite', params.id);
    const owners = await manuscripts.owners(params.id);
    await uninvite(newsroom, params.id, params.member, [...owners.values()].includes(params.member));
    peopleChanged();
    return one(signed, params.id);
  });

  route(api.story, async ({ signed, params }) => {
    allow(signed, 'read', params.id);
    const { paragraphs } = await manuscripts.read(params.id, (doc) => readOriginal(params.id, doc));
    return { paragraphs };
  });

  function requireRecover(signed: Signed, article: string) {
    allow(signed, 'read', article);
    if (!canInNewsroom(signed.member, 'article.recover')) throw new AppError('notAllowed');
  }

  route(api.changes, async ({ signed, params }) => {
    requireRecover(signed, params.id);
    return listChanges(manuscripts, params.id);
  });

  route(api.recover, async ({ signed, params, body }) => {
    requireRecover(signed, params.id);
    const past = await manuscripts.readAt(params.id, body.seq);
    const { story, edited } = await manuscripts.edit(params.id, (doc) => {
      const { added, removed } = watched(doc, () => restoreAs(doc, past));
      return { story: readOriginal(params.id, doc), edited: { added, removed } };
    });
    past.destroy();
    const act = { ...edited, article: params.id, why: 'restored' as const, member: signed.member.id };
    await noteActedFor(newsroom, [act], now());
    return { characters: countCharacters(story) };
  });
}

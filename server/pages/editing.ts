/** The calls that make, change and remove editions and pages, and the paper's styles. */
import { api, type LiveEvent } from '../../shared/api.ts';
import { AppError } from '../../shared/base/errors.ts';
import type { Page } from '../../shared/pages/page.ts';
import { withFormat } from '../../shared/pages/sheets.ts';
import { canInNewsroom } from '../../shared/people/can.ts';
import type { Route, Signed } from '../http.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import type { Layouts } from './layouts.ts';
import {
  defaultSheet,
  insertEdition,
  insertPage,
  keepSheet,
  keepStyles,
  movePage,
  readEditionPages,
  readEditions,
  readStyles,
  refuseTwins,
} from './pages.ts';
import type { Seen } from './seen.ts';

interface Deps {
  newsroom: Newsroom;
  layouts: Layouts;
  seen: Seen;
  publish: (event: LiveEvent) => void;
  /** Open sockets are asked again: a page may be gone. */
  refresh: () => void;
}

/** Pages of one edition; the thickest papers have some 200. */
const pagesInEdition = 400;
const perMinute = 120;

export function pageEditingRoutes(route: Route, { newsroom, layouts, seen, publish, refresh }: Deps): void {
  const lay = (signed: Signed) => {
    if (!canInNewsroom(signed.member, 'page.lay')) throw new AppError('notAllowed');
  };
  const told = () => publish({ kind: 'pages' });

  async function editionOf(id: string) {
    const edition = (await readEditions(newsroom)).find((one) => one.id === id);
    if (!edition) throw new AppError('notFound');
    return edition;
  }

  /** The page, to a member who may lay it. */
  async function pageToLay(signed: Signed, id: string): Promise<Page> {
    const page = await seen.pageFor(signed, id);
    lay(signed);
    return page;
  }

  /** A page that is being proofed, or went to the press, stands still until it is given back. */
  async function refuseProofed(id: string): Promise<void> {
    const row = newsroom.selectFrom('pages').select('stage').where('id', '=', id);
    if ((await row.executeTakeFirst())?.stage !== 'layout') throw new AppError('conflict', 'beingProofed');
  }

  route(api.editions, async ({ signed }) => {
    const editions = await readEditions(newsroom);
    // Whoever is told only of single stories is not told what is planned.
    return signed.member.role === 'correspondent' ? [] : editions;
  });

  route(
    api.addEdition,
    async ({ signed, body }) => {
      lay(signed);
      const edition = await insertEdition(newsroom, body);
      told();
      return edition;
    },
    perMinute,
  );

  route(
    api.changeEdition,
    async ({ signed, params, body }) => {
      lay(signed);
      const { id, ...before } = await editionOf(params.id);
      const after = { ...before, ...body };
      await refuseTwins(newsroom, after.date, after.name, id);
      const { pressAt: press_at, ...plain } = after;
      await newsroom
        .updateTable('editions')
        .set({ ...plain, press_at })
        .where('id', '=', id)
        .execute();
      told();
      return { id, ...after };
    },
    perMinute,
  );

  route(api.removeEdition, async ({ signed, params }) => {
    lay(signed);
    await editionOf(params.id);
    if ((await readEditionPages(newsroom, params.id)).length > 0)
      throw new AppError('conflict', 'the edition has pages');
    await newsroom.deleteFrom('editions').where('id', '=', params.id).execute();
    told();
  });

  route(
    api.addPage,
    async ({ signed, body }) => {
      lay(signed);
      const { from, edition: id, ...given } = body;
      const edition = await editionOf(id);
      if ((await readEditionPages(newsroom, id)).length >= pagesInEdition)
        throw new AppError('tooMany', `at most ${pagesInEdition} pages in an edition`);
      const model = from === undefined ? null : await seen.pageFor(signed, from);
      const page = await insertPage(newsroom, {
        ...defaultSheet,
        ...model,
        ...withFormat(given),
        id: '',
        edition: edition.id,
        position: 0,
        date: edition.date,
        issue: edition.issue,
        paper: '',
        styles: await readStyles(newsroom),
        frames: (model?.frames ?? []).map((frame) => ({ ...frame, article: null })),
      });
      await layouts.lay(page);
      told();
      return seen.pageFor(signed, page);
    },
    perMinute,
  );

  route(
    api.changePage,
    async ({ signed, params, body }) => {
      const { position, ...sheet } = body;
      const page = await pageToLay(signed, params.id);
      if (Object.keys(sheet).length > 0) {
        await refuseProofed(page.id);
        await keepSheet(newsroom, page.id, { ...page, ...withFormat(sheet) });
      }
      if (position !== undefined) await movePage(newsroom, page, position);
      told();
      return seen.pageFor(signed, page.id);
    },
    perMinute,
  );

  route(api.removePage, async ({ signed, params }) => {
    const page = await pageToLay(signed, params.id);
    await refuseProofed(page.id);
    await newsroom.deleteFrom('pages').where('id', '=', page.id).execute();
    refresh();
    told();
  });

  route(api.styles, () => readStyles(newsroom));

  route(
    api.changeStyles,
    async ({ signed, body }) => {
      if (!canInNewsroom(signed.member, 'styles.change')) throw new AppError('notAllowed');
      await keepStyles(newsroom, body);
      told();
      return body;
    },
    perMinute,
  );
}

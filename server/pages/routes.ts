/** The calls about pages: what stands on them, how they look, and pages, editions and stories as files. */
import { api } from '../../shared/api.ts';
import { AppError } from '../../shared/base/errors.ts';
import { printedDate } from '../../shared/layout/folio.ts';
import { headlineOf, type Story } from '../../shared/manuscript/story.ts';
import { articlesOn, type Page } from '../../shared/pages/page.ts';
import { canInNewsroom } from '../../shared/people/can.ts';
import type { Reading } from '../../shared/suggestions/read.ts';
import type { Allow } from '../article/facts.ts';
import type { Preflight } from '../checks/preflight.ts';
import { composeApart } from '../export/compose-apart.ts';
import { type ComposedPage, composePages, editionPages, layingOf, pageTitle } from '../export/edition.ts';
import type { PressProfile } from '../export/pdf/profile.ts';
import type { ReadPicture } from '../export/picture.ts';
import { proofOf } from '../export/proof.ts';
import type { Route, Signed } from '../http.ts';
import { hashOfPage } from '../proofs/signing.ts';
import { addRecord } from '../record/record.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import { storiesAs } from '../suggestions/stories.ts';
import type { Manuscripts } from '../sync/ports.ts';
import { makeFiles } from './files.ts';
import { readPages } from './pages.ts';
import type { Seen } from './seen.ts';

interface Deps {
  newsroom: Newsroom;
  manuscripts: Manuscripts;
  seen: Seen;
  allow: Allow;
  pictures: ReadPicture;
  profile: () => PressProfile;
  preflight: Pick<Preflight, 'refuseUnready'>;
  /** Where the paper is. */
  timeZone: string;
  now: () => Date;
}

/** How often a minute one member may have a page composed, and how often a file made of it. */
const perMinute = { drawings: 120, files: 30 };

export function pageRoutes(route: Route, deps: Deps): void {
  const { newsroom, manuscripts, seen, allow, preflight, timeZone, now } = deps;
  const { asSeenBy, pageFor } = seen;
  const files = makeFiles(deps);
  const storiesIn = (reading: Reading) => storiesAs(newsroom, manuscripts, reading);

  const mayExport = (signed: Signed) => {
    if (!canInNewsroom(signed.member, 'page.export')) throw new AppError('notAllowed');
  };

  /** What makes a proof for this member. */
  function proving(signed: Signed, kind: '大样' | '小样') {
    const stamp = { kind, at: now(), timeZone, person: signed.member.name };
    return (number: string, state: unknown, articles: readonly string[]) => {
      const stages = articles.map((article) => ({ article, stage: allow(signed, 'read', article).stage }));
      return proofOf({ ...stamp, number, state, stages });
    };
  }

  function proofPages(signed: Signed, purpose: 'press' | 'proof') {
    if (purpose === 'press') return null;
    const prove = proving(signed, '大样');
    return (page: Page, stories: readonly Story[]) => prove(page.number, [page, stories], articlesOn(page));
  }

  /** Only pages that the chief signed, and that read as they did then, go to the press. */
  async function refuseUnsigned(composed: readonly ComposedPage[]): Promise<void> {
    const ids = composed.map(({ page }) => page.id);
    const rows = newsroom.selectFrom('pages').select(['id', 'stage', 'signed_hash']).where('id', 'in', ids);
    const signed = new Map((await rows.execute()).map((row) => [row.id, row]));
    const open = composed.filter(({ page, stories }) => {
      const row = signed.get(page.id);
      return row?.stage !== 'press' || row.signed_hash !== hashOfPage(stories);
    });
    if (open.length > 0) throw new AppError('notReady', `${open.length} pages are not signed for the press`);
  }

  /** The pages composed, for the press only when nothing found on them keeps them from it. */
  async function sheetsFor(
    signed: Signed,
    { purpose, changes }: { purpose: 'press' | 'proof'; changes: Reading },
    pages: readonly Page[],
    neighbours: readonly Page[],
  ): Promise<ComposedPage[]> {
    const proofOf = proofPages(signed, purpose);
    const storyOf = await storiesIn(changes);
    const composed = await composePages({ pages, neighbours, storyOf, proofOf, reading: changes });
    if (purpose === 'press') {
      await preflight.refuseUnready(composed, neighbours);
      await refuseUnsigned(composed);
    }
    return composed;
  }

  interface Exported {
    purpose: 'press' | 'proof';
    format: 'html' | 'pdf';
    changes: Reading;
    edition?: string;
  }

  /** Keeps on record who took which pages, and what for. */
  async function notePages({ member }: Signed, pages: readonly Page[], detail: Exported): Promise<void> {
    const at = now();
    await newsroom.transaction().execute(async (one) => {
      for (const { id } of pages)
        await addRecord(one, {
          kind: 'page.exported',
          member: member.id,
          page: id,
          detail: { ...detail },
          at,
        });
    });
  }

  route(api.pages, async ({ signed }) => {
    const pages = await readPages(newsroom);
    return pages.flatMap((page) => asSeenBy(signed, page) ?? []);
  });

  route(api.page, ({ signed, params }) => pageFor(signed, params.id));

  route(
    api.drawing,
    async ({ signed, params }) => {
      const page = await pageFor(signed, params.id);
      const neighbours = await seen.neighbours(signed, page);
      const storyOf = await storiesIn('original');
      const [composed] = await composePages({ pages: [page], neighbours, storyOf, proofOf: null });
      return composed?.drawing;
    },
    perMinute.drawings,
  );

  route(
    api.exportPage,
    async ({ signed, params, query, reply }) => {
      const page = await pageFor(signed, params.id);
      mayExport(signed);
      const title = pageTitle(page);
      return files.send(reply, {
        format: query.format,
        press: query.purpose === 'press',
        title,
        author: page.paper,
        plain: `${page.date}-${page.number}`,
        name: query.purpose === 'press' ? title : `大样 ${title}`,
        sheets: async () => sheetsFor(signed, query, [page], await seen.neighbours(signed, page)),
        note: () => notePages(signed, [page], query),
      });
    },
    perMinute.files,
  );

  route(
    api.exportEdition,
    async ({ signed, params, query, reply }) => {
      mayExport(signed);
      const { date, name, pages } = await seen.edition(signed, params.id, editionPages);
      const [first] = pages;
      if (!first) throw new AppError('conflict', 'the edition has no pages');
      const title = [first.paper, date, name].filter((part) => part !== '').join(' ');
      return files.send(reply, {
        format: query.format,
        press: query.purpose === 'press',
        title,
        author: first.paper,
        plain: date,
        name: query.purpose === 'press' ? title : `大样 ${title}`,
        sheets: () => sheetsFor(signed, query, pages, []),
        note: () => notePages(signed, pages, { ...query, edition: params.id }),
      });
    },
    perMinute.files,
  );

  route(
    api.exportArticle,
    async ({ signed, params, query, reply }) => {
      allow(signed, 'export', params.id);
      const pages = await readPages(newsroom);
      const page = pages.find(({ frames }) => frames.some((frame) => frame.article === params.id));
      const story = await (await storiesIn(query.changes))(params.id);
      const title = headlineOf(story) || '小样';
      const { changes } = query;
      const [purpose, format] =
        query.format === 'screen' ? (['screen', 'html'] as const) : (['galley', query.format] as const);
      const note = () =>
        addRecord(newsroom, {
          kind: 'story.exported',
          member: signed.member.id,
          article: params.id,
          detail: { purpose, format, changes },
          at: now(),
        });
      if (query.format === 'screen') {
        const source = page
          ? [page.paper, printedDate(page.date), `${page.number} ${page.section}`.trim()].join('　')
          : '';
        return files.sendScreen(reply, { plain: `story-${params.id}`, name: title, note }, story, source);
      }
      return files.send(reply, {
        format: query.format,
        press: false,
        title,
        author: page?.paper ?? '',
        plain: `galley-${params.id}`,
        name: `小样 ${title}`,
        sheets: async () => {
          const proof = proving(signed, '小样')('', [story, page?.grid], [params.id]);
          const drawing = await composeApart({
            kind: 'galley',
            story,
            grid: page?.grid,
            options: { proof, ...layingOf(query.changes) },
          });
          return [{ drawing, title }];
        },
        note,
      });
    },
    perMinute.files,
  );
}

/** The calls about pages: what stands on them, how they look, and both as files to print. */
import { api } from '../../shared/api.ts';
import { AppError } from '../../shared/base/errors.ts';
import { compose } from '../../shared/layout/compose.ts';
import type { ImageItem } from '../../shared/layout/drawing.ts';
import { composeGalley } from '../../shared/layout/galley.ts';
import { readStory } from '../../shared/manuscript/flat.ts';
import { headlineOf, type Story } from '../../shared/manuscript/story.ts';
import type { Page } from '../../shared/pages/page.ts';
import { canInNewsroom } from '../../shared/people/can.ts';
import type { Allow } from '../article/facts.ts';
import { printHtml } from '../export/html.ts';
import { atPrintSize, type ReadPicture } from '../export/picture.ts';
import { subset } from '../export/subset.ts';
import { createTurnstile } from '../turnstile.ts';
import type { Route, Signed } from '../http.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import type { Manuscripts } from '../sync/ports.ts';
import { readPage, readPages } from './pages.ts';

interface Deps {
  newsroom: Newsroom;
  manuscripts: Manuscripts;
  allow: Allow;
  pictures: ReadPicture;
}

/** An exported file runs nothing and reaches nothing, wherever it is opened. */
const filePolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";

/** Two exports at once, a few more in line. */
const turnstile = createTurnstile(2, 16);

/** A file's name for every browser: plain letters, and the real name beside them (RFC 5987, RFC 6266). */
export function attachment(plain: string, name: string): string {
  const safe = plain.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^-+|-+$/g, '');
  const full = name.replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ').trim();
  const coded = encodeURIComponent(full).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${safe || 'tonggao'}.html"; filename*=UTF-8''${coded}.html`;
}

export function pageRoutes(route: Route, { newsroom, manuscripts, allow, pictures }: Deps): void {
  function mayRead(signed: Signed, article: string): boolean {
    try {
      allow(signed, 'read', article);
      return true;
    } catch (error) {
      if (error instanceof AppError) return false;
      throw error;
    }
  }

  /** The page with the frames of stories that the reader may not know left empty; null when none is left. */
  function asSeenBy(signed: Signed, page: Page): Page | null {
    if (canInNewsroom(signed.member, 'page.export')) return page;
    const frames = page.frames.map((frame) =>
      frame.article !== null && mayRead(signed, frame.article) ? frame : { ...frame, article: null },
    );
    return frames.some((frame) => frame.article !== null) ? { ...page, frames } : null;
  }

  async function pageFor(signed: Signed, id: string): Promise<Page> {
    const page = await readPage(newsroom, id);
    const seen = page ? asSeenBy(signed, page) : null;
    if (!seen) throw new AppError('notFound');
    return seen;
  }

  const storyOf = (article: string): Promise<Story> =>
    manuscripts.read(article, (doc) => readStory(article, doc));

  async function drawingOf(page: Page) {
    const articles = [...new Set(page.frames.flatMap((frame) => frame.article ?? []))];
    return compose(page, await Promise.all(articles.map(storyOf)));
  }

  const picture = async (item: ImageItem) => {
    const found = item.image === null ? null : await pictures(item.image, item.article);
    return found ? atPrintSize(found.bytes, item) : null;
  };

  route(api.pages, async ({ signed }) => {
    const pages = await readPages(newsroom);
    return pages.flatMap((page) => asSeenBy(signed, page) ?? []);
  });

  route(api.page, ({ signed, params }) => pageFor(signed, params.id));

  route(api.drawing, async ({ signed, params }) => drawingOf(await pageFor(signed, params.id)));

  route(api.exportPage, async ({ signed, params, reply }) => {
    const page = await pageFor(signed, params.id);
    if (!canInNewsroom(signed.member, 'page.export')) throw new AppError('notAllowed');
    const title = `${page.paper} ${page.date} ${page.number} ${page.section}`.trim();
    const html = await turnstile(async () =>
      printHtml({ drawing: await drawingOf(page), title, subset, picture }),
    );
    reply.header('content-type', 'text/html; charset=utf-8');
    reply.header('content-security-policy', filePolicy);
    reply.header('content-disposition', attachment(`${page.date}-${page.number}`, title));
    return html;
  });

  route(api.exportArticle, async ({ signed, params, reply }) => {
    allow(signed, 'export', params.id);
    const pages = await readPages(newsroom);
    const grid = pages.find((page) => page.frames.some((frame) => frame.article === params.id))?.grid;
    const story = await storyOf(params.id);
    const title = headlineOf(story) || '小样';
    const html = await turnstile(() =>
      printHtml({ drawing: composeGalley(story, grid), title, subset, picture }),
    );
    reply.header('content-type', 'text/html; charset=utf-8');
    reply.header('content-security-policy', filePolicy);
    reply.header('content-disposition', attachment(`galley-${params.id}`, `小样 ${title}`));
    return html;
  });
}

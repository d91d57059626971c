/** The calls about pages: what stands on them, how they look, and both as files to print. */
import type { FastifyReply } from 'fastify';
import { api } from '../../shared/api.ts';
import { AppError } from '../../shared/base/errors.ts';
import type { Drawing, ImageItem } from '../../shared/layout/drawing.ts';
import { readStory } from '../../shared/manuscript/flat.ts';
import { headlineOf, type Story } from '../../shared/manuscript/story.ts';
import { articlesOn, type Page } from '../../shared/pages/page.ts';
import { canInNewsroom } from '../../shared/people/can.ts';
import type { Allow } from '../article/facts.ts';
import { composeApart } from '../export/compose-apart.ts';
import { printHtml } from '../export/html.ts';
import { paintApart } from '../export/pdf/paint-apart.ts';
import { atPress, type PressPicture, placeOf } from '../export/pdf/press-picture.ts';
import type { PressProfile } from '../export/pdf/profile.ts';
import { atPrintSize, type ReadPicture } from '../export/picture.ts';
import { subset } from '../export/subset.ts';
import type { Route } from '../http.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import type { Manuscripts } from '../sync/ports.ts';
import { createTurnstile } from '../turnstile.ts';
import { readPages } from './pages.ts';
import type { Seen } from './seen.ts';

interface Deps {
  newsroom: Newsroom;
  manuscripts: Manuscripts;
  seen: Seen;
  allow: Allow;
  pictures: ReadPicture;
  profile: () => PressProfile;
  now: () => Date;
}

const filePolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";

/** Two exports at once, a few more in line. */
const turnstile = createTurnstile(2, 16);

/** How often a minute one member may have a page composed, and how often a file made of it. */
const perMinute = { drawings: 120, files: 30 };

/** Each is decoded, cut and put into the file whole. */
const picturesInFile = 100;

/** A file's name for every browser: plain letters, and the real name beside them (RFC 5987, RFC 6266). */
export function attachment(plain: string, name: string, ending: 'html' | 'pdf' = 'html'): string {
  const safe = plain.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^-+|-+$/g, '');
  const full = name
    .toWellFormed()
    .replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ')
    .trim();
  const coded = encodeURIComponent(full).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${safe || 'tonggao'}.${ending}"; filename*=UTF-8''${coded}.${ending}`;
}

/** A file to be made of one Drawing. */
interface Wanted {
  format: 'html' | 'pdf';
  /** Whether a PDF goes to the press; else it is to be read, and its addresses can be followed. */
  press: boolean;
  title: string;
  author: string;
  /** The file's name in plain letters, and in its own. */
  plain: string;
  name: string;
  composed: () => Promise<Drawing>;
}

export function pageRoutes(route: Route, deps: Deps): void {
  const { newsroom, manuscripts, seen, allow, pictures, profile, now } = deps;
  const { asSeenBy, pageFor } = seen;
  const storyOf = (article: string): Promise<Story> =>
    manuscripts.read(article, (doc) => readStory(article, doc));

  async function drawingOf(page: Page) {
    const articles = articlesOn(page);
    return composeApart({ kind: 'page', page, stories: await Promise.all(articles.map(storyOf)) });
  }

  const picture = async (item: ImageItem) => {
    const found = item.image === null ? null : await pictures(item.image, item.article);
    return found ? atPrintSize(found.bytes, item) : null;
  };

  async function pressPictures(
    drawing: Drawing,
    press: PressProfile,
  ): Promise<Map<string, PressPicture>> {
    const made = new Map<string, PressPicture>();
    for (const item of drawing.items) {
      if (item.kind !== 'image' || item.image === null) continue;
      const found = await pictures(item.image, item.article);
      if (found) made.set(placeOf(item), await atPress(found.bytes, item, press));
    }
    return made;
  }

  async function pdfOf(drawing: Drawing, { title, author, plain, press }: Wanted): Promise<Buffer> {
    const made = now().toISOString();
    const purpose = press ? ('press' as const) : ('reading' as const);
    const about = { title, author, made, document: plain, version: made, purpose };
    const inUse = profile();
    const sheet = { drawing, pictures: await pressPictures(drawing, inUse) };
    return Buffer.from(await paintApart([sheet], about, inUse));
  }

  /** Sends what was composed as a file that runs and reaches nothing, wherever it is opened. */
  async function sendFile(reply: FastifyReply, wanted: Wanted) {
    const { format, title, plain, name } = wanted;
    const file = await turnstile(async () => {
      const drawing = await wanted.composed();
      if (drawing.items.filter(({ kind }) => kind === 'image').length > picturesInFile)
        throw new AppError('tooLarge', `at most ${picturesInFile} pictures in a file`);
      return format === 'pdf' ? pdfOf(drawing, wanted) : printHtml({ drawing, title, subset, picture });
    });
    reply.header('content-type', format === 'pdf' ? 'application/pdf' : 'text/html; charset=utf-8');
    reply.header('content-security-policy', filePolicy);
    reply.header('content-disposition', attachment(plain, name, format));
    return file;
  }

  route(api.pages, async ({ signed }) => {
    const pages = await readPages(newsroom);
    return pages.flatMap((page) => asSeenBy(signed, page) ?? []);
  });

  route(api.page, ({ signed, params }) => pageFor(signed, params.id));

  route(
    api.drawing,
    async ({ signed, params }) => drawingOf(await pageFor(signed, params.id)),
    perMinute.drawings,
  );

  route(
    api.exportPage,
    async ({ signed, params, query, reply }) => {
      const page = await pageFor(signed, params.id);
      if (!canInNewsroom(signed.member, 'page.export')) throw new AppError('notAllowed');
      const title = `${page.paper} ${page.date} ${page.number} ${page.section}`.trim();
      return sendFile(reply, {
        format: query.format,
        press: query.purpose === 'press',
        title,
        author: page.paper,
        plain: `${page.date}-${page.number}`,
        name: title,
        composed: () => drawingOf(page),
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
      const story = await storyOf(params.id);
      const title = headlineOf(story) || '小样';
      return sendFile(reply, {
        format: query.format === 'pdf' ? 'pdf' : 'html',
        press: false,
        title,
        author: page?.paper ?? '',
        plain: `galley-${params.id}`,
        name: `小样 ${title}`,
        composed: () => composeApart({ kind: 'galley', story, grid: page?.grid }),
      });
    },
    perMinute.files,
  );
}

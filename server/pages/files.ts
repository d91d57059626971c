/** Files of pages and stories: what was composed, with its pictures, painted and sent as an attachment. */
import type { FastifyReply } from 'fastify';
import { AppError } from '../../shared/base/errors.ts';
import type { Drawing, ImageItem } from '../../shared/layout/drawing.ts';
import type { Story } from '../../shared/manuscript/story.ts';
import { type PrintSheet, printHtml } from '../export/html.ts';
import { paintApart } from '../export/pdf/paint-apart.ts';
import { atPress, type PressPicture, placeOf } from '../export/pdf/press-picture.ts';
import type { PressProfile } from '../export/pdf/profile.ts';
import { atPrintSize, atScreenSize, type ReadPicture } from '../export/picture.ts';
import { screenHtml } from '../export/screen.ts';
import { subset } from '../export/subset.ts';
import { createTurnstile } from '../turnstile.ts';

const filePolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";

/** Two exports at once, a few more in line. */
const turnstile = createTurnstile(2, 16);

export const fileBounds = {
  /** Each is decoded, cut and put into the file whole. */
  pictures: 400,
  /** Bytes of all of them as they are embedded. */
  pictureBytes: 96 * 1024 * 1024,
};

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

interface Named {
  /** The file's name in plain letters, and in its own. */
  plain: string;
  name: string;
  /** Keeps that the file was made; without that it is not sent. */
  note: () => Promise<void>;
}

/** A file to be made of Drawings, a sheet each. */
export interface Wanted extends Named {
  format: 'html' | 'pdf';
  /** Whether a PDF goes to the press; else it is to be read, and its addresses can be followed. */
  press: boolean;
  title: string;
  author: string;
  sheets: () => Promise<readonly PrintSheet[]>;
}

interface Deps {
  pictures: ReadPicture;
  profile: () => PressProfile;
  now: () => Date;
}

export interface Files {
  /** Sends what was composed as a file that runs and reaches nothing, wherever it is opened. */
  send(reply: FastifyReply, wanted: Wanted): Promise<Buffer | string>;
  /** Sends a story as a page for screens. */
  sendScreen(reply: FastifyReply, named: Named, story: Story, source: string): Promise<string>;
}

function countPictures(count: number): void {
  if (count > fileBounds.pictures)
    throw new AppError('tooLarge', `at most ${fileBounds.pictures} pictures in a file`);
}

/** Counts the bytes that go into one file. */
function weighing() {
  let bytes = 0;
  return <T extends { bytes: Uint8Array }>(made: T): T => {
    bytes += made.bytes.length;
    if (bytes > fileBounds.pictureBytes)
      throw new AppError('tooLarge', 'the pictures are too large together');
    return made;
  };
}

export function makeFiles({ pictures, profile, now }: Deps): Files {
  async function pressPictures(
    drawing: Drawing,
    press: PressProfile,
    weigh: ReturnType<typeof weighing>,
  ): Promise<Map<string, PressPicture>> {
    const made = new Map<string, PressPicture>();
    for (const item of drawing.items) {
      if (item.kind !== 'image' || item.image === null) continue;
      const found = await pictures(item.image, item.article ?? null);
      if (found) made.set(placeOf(item), weigh(await atPress(found.bytes, item, press)));
    }
    return made;
  }

  async function pdfOf(sheets: readonly PrintSheet[], { title, author, plain, press }: Wanted) {
    const made = now().toISOString();
    const purpose = press ? ('press' as const) : ('reading' as const);
    const about = { title, author, made, document: plain, version: made, purpose };
    const inUse = profile();
    const weigh = weighing();
    const painted: { drawing: Drawing; pictures: Map<string, PressPicture> }[] = [];
    for (const { drawing } of sheets)
      painted.push({ drawing, pictures: await pressPictures(drawing, inUse, weigh) });
    return Buffer.from(await paintApart(painted, about, inUse));
  }

  function htmlOf(sheets: readonly PrintSheet[], title: string): Promise<string> {
    const weigh = weighing();
    const picture = async (item: ImageItem) => {
      const found = item.image === null ? null : await pictures(item.image, item.article ?? null);
      return found ? weigh(await atPrintSize(found.bytes, item)) : null;
    };
    return printHtml({ sheets, title, subset, picture });
  }

  function head(reply: FastifyReply, { plain, name }: Named, format: 'html' | 'pdf') {
    reply.header('content-type', format === 'pdf' ? 'application/pdf' : 'text/html; charset=utf-8');
    reply.header('content-security-policy', filePolicy);
    reply.header('content-disposition', attachment(plain, name, format));
  }

  return {
    async send(reply, wanted) {
      const { format, title } = wanted;
      const file = await turnstile(async () => {
        const sheets = await wanted.sheets();
        const count = sheets.reduce(
          (sum, { drawing }) => sum + drawing.items.filter(({ kind }) => kind === 'image').length,
          0,
        );
        countPictures(count);
        return format === 'pdf' ? pdfOf(sheets, wanted) : htmlOf(sheets, title);
      });
      await wanted.note();
      head(reply, wanted, format);
      return file;
    },
    async sendScreen(reply, named, story, source) {
      const weigh = weighing();
      const picture = async (image: string) => {
        const found = await pictures(image, story.article);
        return found ? weigh(await atScreenSize(found.bytes)) : null;
      };
      const file = await turnstile(() => {
        countPictures(story.paragraphs.filter(({ image }) => image !== undefined).length);
        return screenHtml({ story, source, picture });
      });
      await named.note();
      head(reply, named, 'html');
      return file;
    },
  };
}

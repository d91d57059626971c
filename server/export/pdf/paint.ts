/** Paints Drawings as one print-ready PDF, without a browser: this file puts pages, fonts, pictures, tags and the
 * output intent together. */
import { PDFContext, PDFHeader, type PDFRef, PDFString, PDFWriter } from '@cantoo/pdf-lib';
import { must } from '../../../shared/base/must.ts';
import type { Drawing, Face, Rect } from '../../../shared/layout/drawing.ts';
import { openFont, type PdfFont } from './font.ts';
import { type About, writeMetadata } from './metadata.ts';
import { packed, plain, words } from './objects.ts';
import { paintPage, states } from './page.ts';
import { type PressPicture, placeOf } from './press-picture.ts';
import type { PressProfile } from './profile.ts';
import { type Element, openTags } from './tags.ts';

export interface Sheet {
  drawing: Drawing;
  /** By `placeOf`; a picture that is missing leaves its place empty. */
  pictures: ReadonlyMap<string, PressPicture>;
}

export interface Means {
  /** Each face with at least the characters of the sheets, as sfnt bytes. */
  fonts: ReadonlyMap<Face, Uint8Array>;
  profile: Pick<PressProfile, 'bytes' | 'condition'>;
  /** Called when a page is painted, counted from 1. */
  onPage?: (page: number) => void;
}

function writeIntent(context: PDFContext, { bytes, condition }: Means['profile']): PDFRef {
  return context.register(
    context.obj({
      Type: 'OutputIntent',
      S: 'GTS_PDFX',
      OutputConditionIdentifier: words(condition.identifier),
      RegistryName: condition.registry === undefined ? undefined : words(condition.registry),
      OutputCondition: words(condition.words),
      Info: words(condition.words),
      DestOutputProfile: packed(context, bytes, { N: 4 }),
    }),
  );
}

const writePicture = (context: PDFContext, { bytes, width, height }: PressPicture): PDFRef =>
  plain(context, bytes, {
    Type: 'XObject',
    Subtype: 'Image',
    Width: width,
    Height: height,
    ColorSpace: 'DeviceCMYK',
    BitsPerComponent: 8,
    Filter: 'DCTDecode',
    Decode: [1, 0, 1, 0, 1, 0, 1, 0],
  });

/** The same sheets with the same `about` give the same bytes. */
export async function paintPdf(sheets: readonly Sheet[], about: About, means: Means): Promise<Uint8Array> {
  const context = PDFContext.create();
  context.header = PDFHeader.forVersion(1, 6);
  const catalogRef = context.nextRef();
  const pagesRef = context.nextRef();
  const tags = openTags(context);
  const fonts = new Map<Face, PdfFont>();
  const graphics = {
    [states.over]: context.register(context.obj({ Type: 'ExtGState', OP: true, op: true, OPM: 1 })),
    [states.cut]: context.register(context.obj({ Type: 'ExtGState', OP: false, op: false, OPM: 0 })),
  };
  /** What each page's marked content, and then each annotation, belongs to in the tree. */
  const owners: (Element | readonly Element[])[] = sheets.map(() => []);

  function paintSheet({ drawing, pictures }: Sheet, index: number): PDFRef {
    const page = context.nextRef();
    const fontRefs: Record<string, PDFRef> = {};
    const pictureRefs: Record<string, PDFRef> = {};
    const names = new Map<string, string>();
    const font = (face: Face) => {
      let known = fonts.get(face);
      if (!known) {
        known = openFont(context, face, must(means.fonts.get(face), `font ${face}`));
        fonts.set(face, known);
      }
      fontRefs[known.name] = known.ref;
      return known;
    };
    for (const item of drawing.items) {
      if (item.kind !== 'image') continue;
      const picture = pictures.get(placeOf(item));
      if (!picture || names.has(placeOf(item))) continue;
      const name = `P${names.size + 1}`;
      names.set(placeOf(item), name);
      pictureRefs[name] = writePicture(context, picture);
    }
    const picture = (item: Parameters<typeof placeOf>[0]) => names.get(placeOf(item)) ?? null;
    const links = about.purpose === 'reading';
    const painted = paintPage(drawing, { page, tags, font, picture, links });
    owners[index] = painted.owners;

    const annotations = painted.links.map(({ element, href, rect }) => {
      const annotation = context.nextRef();
      element.kids.push({ page, annotation });
      const address = context.obj({
        S: 'URI',
        URI: PDFString.of(encodeURI(href).replace(/[\\()]/g, '\\$&')),
      });
      context.assign(
        annotation,
        context.obj({
          Type: 'Annot',
          Subtype: 'Link',
          Rect: rect,
          // Printed, as every annotation of a tagged file should be; without a border there is nothing to see.
          F: 4,
          Border: [0, 0, 0],
          Contents: words(href),
          StructParent: owners.push(element) - 1,
          A: address,
        }),
      );
      return annotation;
    });

    const { width, height } = drawing.sheet;
    const box = ({ x, y, width: w, height: h }: Rect) =>
      [x, height - y - h, x + w, height - y].map((side) => Math.round(side * 10_000) / 10_000);
    context.assign(
      page,
      context.obj({
        Type: 'Page',
        Parent: pagesRef,
        MediaBox: box({ x: 0, y: 0, width, height }),
        BleedBox: box(drawing.bleed),
        TrimBox: box(drawing.trim),
        Resources: { Font: fontRefs, XObject: pictureRefs, ExtGState: graphics },
        Contents: packed(context, painted.content),
        StructParents: index,
        Tabs: 'S',
        Annots: annotations.length > 0 ? annotations : undefined,
      }),
    );
    means.onPage?.(index + 1);
    return page;
  }

  const pages = sheets.map(paintSheet);
  for (const font of fonts.values()) await font.finish();
  context.assign(pagesRef, context.obj({ Type: 'Pages', Kids: pages, Count: pages.length }));
  context.assign(
    catalogRef,
    context.obj({
      Type: 'Catalog',
      Pages: pagesRef,
      Lang: words('zh-CN'),
      MarkInfo: { Marked: true },
      StructTreeRoot: tags.finish(owners),
      ViewerPreferences: { DisplayDocTitle: true },
      OutputIntents: [writeIntent(context, means.profile)],
      Metadata: writeMetadata(context, about),
    }),
  );
  context.trailerInfo.Root = catalogRef;
  return PDFWriter.forContext(context, Number.MAX_SAFE_INTEGER).serializeToBuffer();
}

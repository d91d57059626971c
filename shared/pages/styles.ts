/** The paper's paragraph styles: how each part of a story is set, on every page. */
import { z } from 'zod';

const faceSchema = z.enum(['song', 'songBold', 'songBlack', 'hei', 'heiBold', 'kai']);

export const styleSchema = z.object({
  face: faceSchema,
  /** What bold is set in. */
  bold: faceSchema,
  /** Points; 0: of body text the page's, of a headline what its frame says, of kicker and deck two sizes below
   * the headline. */
  size: z.number().min(0).max(144),
  /** Line height in hundredths of the size; 0: the page's grid. Body text always stands on the grid. */
  leading: z.int().min(0).max(300),
  /** Characters that the first line stands in; -1: two, and one in columns of ten characters or fewer. */
  indent: z.int().min(-1).max(4),
  /** Grid lines of white before. */
  before: z.int().min(0).max(4),
  align: z.enum(['justify', 'center', 'left', 'right']),
  /** Ink as '#rrggbb'. */
  color: z.string().regex(/^#[0-9a-f]{6}$/),
});

export type Style = z.infer<typeof styleSchema>;

export const styleNames = [
  'kicker',
  'headline',
  'deck',
  'byline',
  'dateline',
  'lead',
  'crosshead',
  'body',
  'quote',
  'figure',
] as const;

export const stylesSchema = z.object({
  kicker: styleSchema,
  headline: styleSchema,
  deck: styleSchema,
  byline: styleSchema,
  dateline: styleSchema,
  lead: styleSchema,
  crosshead: styleSchema,
  body: styleSchema,
  quote: styleSchema,
  figure: styleSchema,
});

export type Styles = z.infer<typeof stylesSchema>;

const ink = '#000000';
const text = { size: 0, leading: 0, indent: -1, before: 0, align: 'justify', color: ink } as const;
const heading = { size: 0, leading: 140, indent: 0, before: 0, align: 'center', color: ink } as const;

/** What a paper begins with. */
export const plainStyles: Styles = {
  kicker: { ...heading, face: 'hei', bold: 'heiBold' },
  headline: { ...heading, face: 'songBlack', bold: 'songBlack', leading: 124 },
  deck: { ...heading, face: 'hei', bold: 'heiBold' },
  byline: { ...heading, face: 'kai', bold: 'songBold', size: 9.75, leading: 170 },
  dateline: { ...text, face: 'heiBold', bold: 'heiBold' },
  lead: { ...text, face: 'song', bold: 'songBold' },
  crosshead: { ...text, face: 'heiBold', bold: 'heiBold', indent: 0, before: 1, align: 'center' },
  body: { ...text, face: 'song', bold: 'songBold' },
  quote: { ...text, face: 'kai', bold: 'songBold' },
  figure: { ...text, face: 'kai', bold: 'songBold', size: 8, indent: 0 },
};

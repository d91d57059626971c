/** A Drawing is what a page looks like: a display list in points that every painter paints and none adds to.
 * The origin is the sheet's top left corner, y grows downwards, sizes are points (1/72 inch). */

/** The faces that are measured, previewed and embedded. */
export const faces = ['song', 'songBold', 'songBlack', 'hei', 'heiBold', 'kai'] as const;
export type Face = (typeof faces)[number];

export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where printed text comes from: a paragraph of an article, UTF-16 offsets into its text, `to` exclusive. */
export interface Source {
  article: string;
  paragraph: number;
  from: number;
  to: number;
}

/** A stretch of one line in one face and size, with the x of its first glyph and the advance of each cluster. */
export interface Run {
  text: string;
  face: Face;
  size: number;
  x: number;
  /** One advance for each code point of `text`, in points; their sum is the run's width. */
  advances: number[];
  /** A slanted face is not in Chinese fonts: italic is drawn as an emphasis by the painter's oblique. */
  italic?: true;
  href?: string;
}

export type DrawItem =
  | {
      kind: 'line';
      /** What it is in the page's structure. */
      role: string;
      /** Baseline. */
      y: number;
      runs: Run[];
      /** Grey or colour as '#rrggbb'; ink when absent. */
      color?: string;
      source?: Source;
    }
  | ({ kind: 'image'; article: string; paragraph: number; image: string | null; alt: string } & Rect)
  | { kind: 'rule'; x1: number; y1: number; x2: number; y2: number; weight: number; color?: string }
  | ({ kind: 'box'; stroke?: number; color?: string; fill?: string } & Rect);

/** How a story fits its frame; negative figures mean underset 缺, positive overset 超, both 0 正好. */
export interface Copyfit {
  article: string;
  lines: number;
  characters: number;
}

export interface Drawing {
  version: 1;
  sheet: { width: number; height: number };
  trim: Rect;
  bleed: Rect;
  items: DrawItem[];
  copyfit: Copyfit[];
}

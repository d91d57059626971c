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
  /** One code point for each code point of the source; 〓 stands for one that no face has. */
  text: string;
  face: Face;
  size: number;
  x: number;
  /** One advance for each code point of `text`, in points: from its glyph's origin to the next one's. */
  advances: number[];
  /** A slanted face is not in Chinese fonts: italic is drawn as an emphasis by the painter's oblique. */
  italic?: true;
  href?: string;
  /** Added or taken out by a suggestion that is shown marked (L13), in this person's colour. */
  change?: { kind: 'insert' | 'delete'; color: number };
}

/** What a line is in the page's structure: a paragraph's style, or what the page itself says. */
export type LineRole =
  | 'kicker'
  | 'headline'
  | 'deck'
  | 'byline'
  | 'dateline'
  | 'lead'
  | 'crosshead'
  | 'body'
  | 'quote'
  | 'caption'
  | 'credit'
  | 'awaited'
  | 'folio'
  | 'number'
  /** 下转/上接 */
  | 'jump'
  /** Words of the page's own: a text line, a box, the masthead, 广告 on an advertisement. */
  | 'text'
  | 'note'
  | 'nameplate'
  | 'label'
  /** Outside the trim: what a proof is of, when, for whom. */
  | 'slug';

export interface LineItem {
  kind: 'line';
  role: LineRole;
  /** Baseline; of a vertical line the top of its first character. */
  y: number;
  /** In a vertical line `x` is the left edge of its characters' em boxes, and advances go down. Every character
   * stands upright, marks in their vertical form. */
  runs: Run[];
  vertical?: true;
  /** Grey or colour as '#rrggbb'; ink when absent. */
  color?: string;
  /** The story it belongs to; of the page itself when absent. */
  article?: string;
  source?: Source;
}

/** Whose a picture is: an article's, as the figure of one of its paragraphs, or a page's own. */
type PictureOf =
  | { article: string; paragraph: number; page?: never }
  | { page: string; article?: never; paragraph?: never };

export type ImageItem = {
  kind: 'image';
  /** Null while the photograph is awaited. */
  image: string | null;
  alt: string;
  /** What of the stored picture is shown, as fractions of its width and height; all of it, as far as its
   * proportions allow, when absent. */
  crop?: Rect;
} & PictureOf &
  Rect;

/** What a rule is for: 栏线, 稿件分隔线, 报眉线, 裁切线, the line around a frame. */
export type RuleRole = 'column' | 'story' | 'folio' | 'crop' | 'frame';

export interface RuleItem {
  kind: 'rule';
  role: RuleRole;
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  weight: number;
  color?: string;
  article?: string;
}

export type BoxItem = {
  kind: 'box';
  /** A photograph that is awaited, a frame whose story this reader may not know, a frame that nothing fills yet,
   * the line around a frame or an advertisement. */
  role: 'awaited' | 'withheld' | 'empty' | 'frame' | 'advertisement';
  stroke?: number;
  color?: string;
  fill?: string;
  article?: string;
} & Rect;

/** Light words across what is not final: 未签, 大样. Turned about their middle, which stands at x, y. */
export interface WatermarkItem {
  kind: 'watermark';
  text: string;
  face: Face;
  size: number;
  x: number;
  y: number;
  /** Degrees, clockwise. */
  turn: number;
  color: string;
  article?: string;
}

export type DrawItem = LineItem | ImageItem | RuleItem | BoxItem | WatermarkItem;

/** How a story fits its frame; negative figures mean underset 缺, positive overset 超, both 0 正好. */
export interface Copyfit {
  article: string;
  /** Grid lines. */
  lines: number;
  /** Overset: the characters that found no room, white space not counted; underset: those that still would. */
  characters: number;
  /** Grid lines of text that the story's frames hold. */
  room: number;
  /** The same for each of its frames on this page, in the order of the text. */
  frames: FrameFit[];
}

export interface FrameFit {
  frame: string;
  lines: number;
  characters: number;
  room: number;
}

/** The lines of a story that found no room, where a preview hangs them: below the trimmed page. */
export interface Overset {
  article: string;
  box: Rect;
  items: LineItem[];
}

/** Items stand in reading order. */
export interface Drawing {
  version: 1;
  sheet: { width: number; height: number };
  trim: Rect;
  bleed: Rect;
  items: DrawItem[];
  copyfit: Copyfit[];
  overset: Overset[];
  /** Where each frame of the page lies; an L is two rectangles, the upper first. */
  frames: { frame: string; rects: Rect[] }[];
  /** What frames that wait for a story would hold. */
  capacity: { frame: string; lines: number; characters: number }[];
  /** Frames whose own words, a box's or a line of type, have no room for so many of their lines. */
  cut?: { frame: string; lines: number }[];
}

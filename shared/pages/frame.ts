/** A frame 区块: a region of a page, and everything that is set about what fills it. Places are whole columns and
 * grid lines of the page, counted from 0 at the top left of the type area. */
import { z } from 'zod';

/** What fills a frame: a story; a story's picture alone; an advertisement; words in a box 编者按/链接; one line of
 * type; the masthead 报头. */
export const frameKinds = ['story', 'picture', 'advertisement', 'box', 'text', 'nameplate'] as const;
export type FrameKind = (typeof frameKinds)[number];

const column = z.int().min(0).max(15);
const columns = z.int().min(1).max(16);
const line = z.int().min(0).max(400);
const lines = z.int().min(1).max(400);

export const placeSchema = z.strictObject({ column, line, columns, lines });
export type Place = z.infer<typeof placeSchema>;

export const corners = ['topLeft', 'topRight', 'bottomLeft', 'bottomRight'] as const;

/** What is cut out of a frame's corner, so that it is an L. */
export const notchSchema = z.strictObject({ corner: z.enum(corners), columns, lines }).nullable();

export const headlineSchema = z.strictObject({
  /** Points; kicker and deck are set two sizes smaller. */
  size: z.number().min(9).max(144),
  direction: z.enum(['horizontal', 'vertical']),
  /** Where a vertical headline, or one narrower than the frame, stands. */
  side: z.enum(['left', 'right']),
  /** Columns that it takes; 0: all of the frame's when horizontal, one when vertical. */
  columns: z.int().min(0).max(16),
  /** Grid lines that it takes; 0: as many as it needs. */
  lines: z.int().min(0).max(400),
  align: z.enum(['center', 'left']),
});

/** Where one of the story's figures stands inside the frame: columns from the frame's left, lines down from the
 * first line of text, columns spanned, lines of picture (the caption's lines come below). */
export const pictureSchema = z.strictObject({
  column,
  line,
  columns,
  lines,
  /** The point of the photograph that stays in sight, 0 to 1 across and down; and how much closer than its place
   * needs it is shown. */
  focus: z.strictObject({ x: z.number().min(0).max(1), y: z.number().min(0).max(1) }),
  zoom: z.number().min(1).max(4),
});

/** What copyfitting may turn for one story. */
export const settingSchema = z.strictObject({
  /** Paragraphs broken as a whole, or greedily 先挤进后推出. */
  mode: z.enum(['whole', 'greedy']),
  /** Thousandths of an em that every character gives (below 0) or takes. */
  tracking: z.int().min(-30).max(30),
  /** Line pitch in points, in steps of three quarters; 0: the page's. */
  pitch: z.number().min(0).max(18),
  /** Text columns of its own in the frame's width 破栏; 0: the page's. */
  columns: z.int().min(0).max(16),
  /** Whether the columns end level rather than the last one short. */
  balance: z.boolean(),
});

export const typeSchema = z.strictObject({
  face: z.enum(['song', 'songBold', 'songBlack', 'hei', 'heiBold', 'kai']),
  /** Points. */
  size: z.number().min(5).max(144),
  align: z.enum(['left', 'center', 'right']),
});

/** Everything settable about a frame, by the name it is kept under. A figure's picture is kept by itself, as
 * `picture0` for the story's first figure. */
export const frameValues = {
  kind: z.enum(frameKinds),
  place: placeSchema,
  /** The story, or the article whose figure is shown; null while there is none. */
  article: z.string().max(64).nullable(),
  /** Which of the story's frames this is: its text runs on from 0, which has the headline, to 1, on this page or
   * on another. */
  part: z.int().min(0).max(15),
  notch: notchSchema,
  headline: headlineSchema,
  setting: settingSchema,
  /** Whether a line is drawn around it. */
  boxed: z.boolean(),
  /** Of a box its words, a paragraph a line; of a text its line; of an advertisement whose it is. */
  text: z.string().max(1_200),
  type: typeSchema,
  /** Of an advertisement: whether 广告 is printed on it. */
  labelled: z.boolean(),
} as const;

export type FrameKey = keyof typeof frameValues;

export const frameSchema = z.object({
  id: z.string().min(1).max(64),
  ...frameValues,
  /** By the figure's number in the story, from 0. A figure without a place stands in the column where it is. */
  pictures: z.array(pictureSchema.extend({ figure: z.int().min(0).max(31) })).max(32),
});

export type Frame = z.infer<typeof frameSchema>;
export type FramePicture = Frame['pictures'][number];

/** Stands for an article that the reader may not know of: its frame is drawn without its words. */
export const withheldArticle = 'withheld';

export const wholeCrop = { focus: { x: 0.5, y: 0.5 }, zoom: 1 } as const;

const plainTypes: Partial<Record<FrameKind, Frame['type']>> = {
  box: { face: 'kai', size: 9, align: 'left' },
  nameplate: { face: 'songBlack', size: 60, align: 'center' },
};

/** A frame of this kind as it is made: what nobody has set. */
export function plainFrame(id: string, kind: FrameKind, place: Place): Frame {
  return {
    id,
    kind,
    place,
    article: null,
    part: 0,
    notch: null,
    headline: { size: 24, direction: 'horizontal', side: 'right', columns: 0, lines: 0, align: 'center' },
    setting: { mode: 'whole', tracking: 0, pitch: 0, columns: 0, balance: false },
    boxed: false,
    text: '',
    type: plainTypes[kind] ?? { face: 'heiBold', size: 14, align: 'left' },
    labelled: true,
    pictures: [],
  };
}

/** A frame 区块: a region of a page, and everything that is set about what fills it. Places are whole columns and
 * grid lines of the page, counted from 0 at the top left of the type area. */
import { z } from 'zod';
import { idSchema } from '../base/id.ts';

/** What fills a frame: a story; a picture alone, a story's or the page's own; an advertisement; words in a box 编者按/链接; one line of
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

const pixels = z.int().min(1).max(100_000);

/** A picture that was sent to the page itself rather than to a story, and its pixels. */
export const artworkSchema = z.strictObject({ image: idSchema, width: pixels, height: pixels }).nullable();

/** Characters of what is said about the page's own picture. */
export const artworkWords = { caption: 1_000, credit: 200, alt: 1_000 } as const;

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
 * `picture0` for the story's first figure, or for the frame's own picture. */
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
  /** Of a picture's or an advertisement's frame: its own picture. It is shown while the frame names no article. */
  artwork: artworkSchema,
  /** What is printed below the frame's own picture, and whose it is; an advertisement prints neither. */
  caption: z.string().max(artworkWords.caption),
  credit: z.string().max(artworkWords.credit),
  /** What its own picture shows, for whoever cannot see it. */
  alt: z.string().max(artworkWords.alt),
} as const;

export type FrameKey = keyof typeof frameValues;

export const frameSchema = z.object({
  id: z.string().min(1).max(64),
  ...frameValues,
  // Frames that were kept before there were such pictures say nothing of one.
  artwork: artworkSchema.default(null),
  caption: frameValues.caption.default(''),
  credit: frameValues.credit.default(''),
  alt: frameValues.alt.default(''),
  /** By the figure's number in the story, from 0. A figure without a place stands in the column where it is. */
  pictures: z.array(pictureSchema.extend({ figure: z.int().min(0).max(31) })).max(32),
});

export type Frame = z.infer<typeof frameSchema>;
export type FramePicture = Frame['pictures'][number];
export type Artwork = NonNullable<Frame['artwork']>;

/** Stands for an article that the reader may not know of: its frame is drawn without its words. */
export const withheldArticle = 'withheld';

/** The frame's own picture, when it is that which it shows. */
export const artworkOf = ({ kind, article, artwork }: Frame): Artwork | null =>
  (kind === 'picture' || kind === 'advertisement') && article === null ? artwork : null;

/** A frame's own picture and all that is said about it. */
export const noArtwork = { artwork: null, caption: '', credit: '', alt: '' } as const;

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
    ...noArtwork,
    pictures: [],
  };
}

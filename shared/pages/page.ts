/** A printed page: its size and grid, and the frames that stories fill. */
import { z } from 'zod';

/** Where a story stands on the page: whole columns and whole grid lines, counted from 0 at the top left of
 * the type area. The headline block, the byline, the pictures and the columns are all inside. */
export const frameSchema = z.object({
  id: z.string(),
  /** Null where the reader may not know the story; the frame is then drawn empty. */
  article: z.string().nullable(),
  column: z.int().min(0).max(15),
  line: z.int().min(0).max(400),
  columns: z.int().min(1).max(16),
  lines: z.int().min(1).max(400),
  /** Sizes of the headline block in points; kicker and deck are set two sizes smaller. */
  headlineSize: z.number().min(9).max(144),
  /** Where the story's first picture stands inside the frame: columns from the frame's left, lines down from
   * the first line of text, columns spanned, lines of picture (the caption's lines come below). */
  picture: z
    .object({
      column: z.int().min(0).max(15),
      line: z.int().min(0).max(400),
      columns: z.int().min(1).max(16),
      lines: z.int().min(1).max(400),
    })
    .nullable(),
});

export type Frame = z.infer<typeof frameSchema>;

export const pageSchema = z.object({
  id: z.string(),
  /** As printed in the folio line: A03. */
  number: z.string(),
  /** 要闻 */
  section: z.string(),
  paper: z.string(),
  /** The day of the edition, ISO date. */
  date: z.string(),
  /** Printed in the folio line after 责编, 美编 and 校对. */
  credits: z.object({ editor: z.string(), designer: z.string(), proofreader: z.string() }),
  format: z.enum(['tabloid', 'broadsheet']),
  /** Trim size in mm. */
  width: z.number(),
  height: z.number(),
  grid: z.object({
    columns: z.int().min(1).max(16),
    /** Characters a column line holds. */
    characters: z.int().min(5).max(60),
    /** Grid lines of the type area, folio line not counted. */
    lines: z.int().min(1).max(400),
    /** Body type size and line pitch in points. */
    size: z.number(),
    pitch: z.number(),
    /** Column gap in points. */
    gap: z.number(),
  }),
  frames: z.array(frameSchema).max(64),
});

export type Page = z.infer<typeof pageSchema>;

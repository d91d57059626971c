/** A printed page 版面: its size and grid, the paper's styles, and the frames on it; and the edition 期 it is of. */
import { z } from 'zod';
import { frameSchema, withheldArticle } from './frame.ts';
import { stylesSchema } from './styles.ts';

export const formats = ['tabloid', 'broadsheet', 'custom'] as const;

export const gridSchema = z.object({
  columns: z.int().min(1).max(16),
  /** Characters a column line holds. */
  characters: z.int().min(5).max(60),
  /** Grid lines of the type area, folio line not counted. */
  lines: z.int().min(1).max(400),
  /** Body type size and line pitch in points. */
  size: z.number().min(5).max(24),
  pitch: z.number().min(6).max(36),
  /** Column gap in points. */
  gap: z.number().min(0).max(72),
});

export const creditsSchema = z.object({
  editor: z.string().max(40),
  designer: z.string().max(40),
  proofreader: z.string().max(40),
});

/** What is set about a page by itself; the edition says the paper and the day. */
export const sheetSchema = z.object({
  /** As printed in the folio line: A03. */
  number: z.string().trim().min(1).max(8),
  /** 要闻 */
  section: z.string().trim().max(20),
  /** Printed in the folio line after 责编, 美编 and 校对. */
  credits: creditsSchema,
  /** What stands above the type area: the folio line 报眉, or nothing where a nameplate is a frame. */
  head: z.enum(['folio', 'none']),
  format: z.enum(formats),
  /** Trim size in mm. */
  width: z.number().min(100).max(450),
  height: z.number().min(100).max(620),
  grid: gridSchema,
});

export type SheetSettings = z.infer<typeof sheetSchema>;

export const pageSchema = sheetSchema.extend({
  id: z.string(),
  /** The edition it is in. */
  edition: z.string(),
  /** Its place in the edition, from 0. */
  position: z.int().min(0),
  paper: z.string(),
  /** The day of the edition, ISO date. */
  date: z.string(),
  /** 总第 N 期; '' when not counted. */
  issue: z.string(),
  number: z.string(),
  styles: stylesSchema,
  frames: z.array(frameSchema).max(64),
});

export type Page = z.infer<typeof pageSchema>;

/** The articles that stand on a page, each once. */
export const articlesOn = ({ frames }: Page): string[] => [
  ...new Set(
    frames.flatMap(({ article }) => (article === null || article === withheldArticle ? [] : article)),
  ),
];

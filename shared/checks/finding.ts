/** A finding: what a check found wrong, how grave it is, and where. Values only; the client has the words. */
import { z } from 'zod';

/** An error keeps a page from the press; a warning is to be looked at; a note is good to know. */
export const grades = ['error', 'warning', 'note'] as const;
export type Grade = (typeof grades)[number];

export const findingSchema = z.object({
  /** The rule's code, as docs/api.md lists them. */
  rule: z.string(),
  grade: z.enum(grades),
  place: z.object({
    /** The page's id. */
    page: z.string().optional(),
    frame: z.string().optional(),
    /** What of the sheet stands in no frame. */
    part: z.enum(['folio']).optional(),
    article: z.string().optional(),
    /** Index in the story, and UTF-16 offsets into its text, `to` exclusive. */
    paragraph: z.int().optional(),
    from: z.int().optional(),
    to: z.int().optional(),
  }),
  /** The rule's own values, by name: lines, characters, ppi. */
  figures: z.record(z.string(), z.union([z.string(), z.number()])),
});

export type Finding = z.infer<typeof findingSchema>;

export const countOf = (findings: readonly Finding[], grade: Grade): number =>
  findings.filter((one) => one.grade === grade).length;

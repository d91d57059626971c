/** The calls about editions, pages and the paper's styles; what stands in a page's frames is live (sync). */
import { z } from 'zod';
import { call } from '../base/call.ts';
import { idSchema } from '../base/id.ts';
import { pageSchema, sheetSchema } from './page.ts';
import { stylesSchema } from './styles.ts';

const withId = z.object({ id: idSchema });
const day = z.iso.date().max(10);

/** 期: one day's paper. */
export const editionSchema = z.object({
  id: idSchema,
  /** ISO date. */
  date: day,
  /** 特刊, 号外; '' for the day's own paper. */
  name: z.string(),
  /** 总第 N 期, as printed; '' when not counted. */
  issue: z.string(),
  /** When it goes to the press 付印; null while nobody has said. */
  pressAt: z.string().nullable(),
});

export type Edition = z.infer<typeof editionSchema>;

const editionBody = z.object({
  date: day,
  name: z.string().trim().max(20).optional(),
  issue: z.string().trim().max(20).optional(),
  /** Null takes it back. */
  pressAt: z.iso.datetime().max(40).nullable().optional(),
});

const sheetChange = sheetSchema.partial();

/** What an export is for: the press, which findings of grade error stop, or a proof, which is marked as one. */
export const purposes = ['press', 'proof'] as const;
const purpose = z.enum(purposes).default('proof');
/** What is suggested in the stories: left out, taken in, or shown as it is 花脸稿. The press prints what was accepted. */
export const changesAsked = z.enum(['original', 'accepted', 'marked']).default('original');
const fileQuery = z
  .object({ format: z.enum(['html', 'pdf']).default('html'), purpose, changes: changesAsked })
  .refine(({ purpose, changes }) => purpose === 'proof' || changes === 'original');

const pressSchema = z.object({ name: z.string(), sent: z.boolean() });

export const pageCalls = {
  editions: call({ method: 'GET', path: '/api/editions', output: z.array(editionSchema) }),
  addEdition: call({ method: 'POST', path: '/api/editions', body: editionBody, output: editionSchema }),
  changeEdition: call({
    method: 'PATCH',
    path: '/api/editions/:id',
    params: withId,
    body: editionBody.partial(),
    output: editionSchema,
  }),
  /** An edition without pages. */
  removeEdition: call({ method: 'DELETE', path: '/api/editions/:id', params: withId }),
  exportEdition: call({
    method: 'GET',
    path: '/api/editions/:id/export',
    params: withId,
    query: fileQuery,
  }),

  pages: call({ method: 'GET', path: '/api/pages', output: z.array(pageSchema) }),
  page: call({ method: 'GET', path: '/api/pages/:id', params: withId, output: pageSchema }),
  /** A new page at the end of its edition. */
  addPage: call({
    method: 'POST',
    path: '/api/pages',
    body: sheetChange.extend({
      edition: idSchema,
      number: sheetSchema.shape.number,
      /** The page whose size, grid and frames it begins with; the frames wait for other stories. */
      from: idSchema.optional(),
    }),
    output: pageSchema,
  }),
  changePage: call({
    method: 'PATCH',
    path: '/api/pages/:id',
    params: withId,
    body: sheetChange.extend({
      /** Its place in the edition, counted from 0; the others move. */
      position: z.int().min(0).max(999).optional(),
    }),
    output: pageSchema,
  }),
  removePage: call({ method: 'DELETE', path: '/api/pages/:id', params: withId }),
  /** The Drawing as JSON, with `copyfit: [{article, lines, characters}]`. */
  drawing: call({ method: 'GET', path: '/api/pages/:id/drawing', params: withId }),
  exportPage: call({ method: 'GET', path: '/api/pages/:id/export', params: withId, query: fileQuery }),

  /** The profile that pictures get their inks by: what it calls itself, and whether an administrator sent it. */
  press: call({ method: 'GET', path: '/api/press', output: pressSchema }),
  /** Body: an ICC profile of a CMYK press, at most 4 MB, multipart field `file`. */
  changePress: call({ method: 'PUT', path: '/api/press', output: pressSchema }),
  removePress: call({ method: 'DELETE', path: '/api/press', output: pressSchema }),

  styles: call({ method: 'GET', path: '/api/styles', output: stylesSchema }),
  changeStyles: call({ method: 'PUT', path: '/api/styles', body: stylesSchema, output: stylesSchema }),
} as const;

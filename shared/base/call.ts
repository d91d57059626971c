/** What describes one HTTP call; the tables of calls are made of these. */
import type { z } from 'zod';

/** One call. `params` are the `:names` in the path; `body` is JSON; `output` is absent for 204 and for files. */
export interface Call {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  path: string;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  output?: z.ZodType;
}

/** Keeps a call's own type beside its being one. */
export const call = <const C extends Call>(c: C): C => c;

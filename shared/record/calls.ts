/** The HTTP call of the story's file 稿件档案. */
import { z } from 'zod';
import { call } from '../base/call.ts';
import { idSchema } from '../base/id.ts';

export const recordCalls = {
  /** Everything that is known of how a story came about, as a page to print. */
  articleFile: call({
    method: 'GET',
    path: '/api/articles/:id/file',
    params: z.object({ id: idSchema }),
    query: z.object({ language: z.enum(['zh', 'en']).default('zh') }),
  }),
} as const;

/** The HTTP calls of the notices 通知: what somebody was told, and what they have seen of it and dealt with. */
import { z } from 'zod';
import { call } from '../base/call.ts';
import { idSchema } from '../base/id.ts';
import { noticeKinds } from './kinds.ts';

export const noticeSchema = z.object({
  id: idSchema,
  /** Order of telling. */
  seq: z.int(),
  kind: z.enum(noticeKinds),
  /** Who did it. */
  by: idSchema,
  at: z.string(),
  article: idSchema.nullable(),
  /** The story's headline as it reads now; '' when it has none, and for what is of no story. */
  headline: z.string(),
  page: idSchema.nullable(),
  thread: idSchema.nullable(),
  suggestion: z.string().nullable(),
  /** What was said along with it: a comment, a reason. */
  text: z.string(),
  /** When what is asked is to be done; null where nobody said. */
  due: z.string().nullable(),
  seenAt: z.string().nullable(),
  doneAt: z.string().nullable(),
});
export type Notice = z.infer<typeof noticeSchema>;

const withId = z.object({ id: idSchema });

export const noticeCalls = {
  /** The newest first, as far as this member may still read what they are about. */
  notices: call({
    method: 'GET',
    path: '/api/notices',
    /** Only those told before the one with this `seq`. */
    query: z.object({
      before: z
        .string()
        .regex(/^\d{1,15}$/)
        .transform(Number)
        .optional(),
    }),
    output: z.object({
      notices: z.array(noticeSchema),
      unseen: z.int(),
      /** The `before` of the next page; null when there is none. */
      next: z.int().nullable(),
    }),
  }),
  /** What still asks something of this member, and how each story came to them last: all of it, the newest first. */
  openNotices: call({ method: 'GET', path: '/api/notices/open', output: z.array(noticeSchema) }),
  seeNotice: call({ method: 'POST', path: '/api/notices/:id/seen', params: withId }),
  /** What is done is seen as well. */
  doneNotice: call({ method: 'POST', path: '/api/notices/:id/done', params: withId }),
  /** Everything that this member was told about one story: it is open before them. */
  seeStoryNotices: call({ method: 'POST', path: '/api/articles/:id/notices/seen', params: withId }),
  seeAllNotices: call({ method: 'POST', path: '/api/notices/seen' }),
} as const;

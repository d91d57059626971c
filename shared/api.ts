/** Every HTTP call: method, path, input and output. The server serves this table, the client calls it. */
import { z } from 'zod';
import { call } from './base/call.ts';
import { errorCodes } from './base/errors.ts';
import { idSchema } from './base/id.ts';
import { checkCalls, placedFitSchema } from './checks/calls.ts';
import { commentLimits, reactions, threadAbouts, threadSchema } from './comments/thread.ts';
import { isLinkHref } from './manuscript/marks.ts';
import { paragraphStyles } from './manuscript/styles.ts';
import { noticeCalls } from './notifications/calls.ts';
import { mailCalls } from './notifications/mail.ts';
import { changesAsked, pageCalls } from './pages/calls.ts';
import { type memberSchema, peopleCalls, type tokenSchema } from './people/calls.ts';
import { stages } from './people/can.ts';
import { proofCalls } from './proofs/calls.ts';
import { recordCalls } from './record/calls.ts';
import { reviewCalls } from './review/calls.ts';
import { storyActs } from './review/stages.ts';
import { suggestionCalls } from './suggestions/calls.ts';
import { versionCalls } from './versions/calls.ts';

const withId = z.object({ id: idSchema });

export const errorSchema = z.object({ error: z.enum(errorCodes), detail: z.string().optional() });

export const articleSchema = z.object({
  id: idSchema,
  /** The headline as it reads now, or the working title. */
  headline: z.string(),
  /** The working title given by hand; '' when none. */
  title: z.string(),
  stage: z.enum(stages),
  /** The section 版 it is for; '' when none yet. */
  section: z.string(),
  people: z.array(z.object({ member: idSchema, part: z.enum(['reporter', 'correspondent']) })),
  /** White space not counted. */
  characters: z.int(),
  /** Pages that hold it, as printed: A03. */
  pages: z.array(
    z.object({
      id: idSchema,
      number: z.string(),
      section: z.string(),
      /** How it fits there, at most some seconds ago; null where it does not run, and before it is known. */
      fit: placedFitSchema.nullable(),
    }),
  ),
  /** What this reader may do. */
  may: z.object({
    write: z.boolean(),
    /** Propose changes in its text; whoever writes may do so too. */
    suggest: z.boolean(),
    /** Accept and reject what was proposed. */
    answer: z.boolean(),
    comment: z.boolean(),
    invite: z.boolean(),
    rename: z.boolean(),
    classify: z.boolean(),
    /** What this reader may do next; what is still open in the story is not asked here. */
    acts: z.array(z.enum(storyActs)),
  }),
  /** When it is to be ready 截稿; null while nobody has said. */
  due: z.string().nullable(),
  /** When it came to its stage; null for one that never left its first. */
  stageAt: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
});

export const storyParagraphSchema = z.object({
  style: z.enum(paragraphStyles),
  text: z.string(),
  marks: z.array(
    z.object({
      from: z.int(),
      to: z.int(),
      type: z.enum(['bold', 'italic', 'link']),
      href: z.string().optional(),
    }),
  ),
  gap: z.literal(true).optional(),
  image: z.string().optional(),
  width: z.int().optional(),
  height: z.int().optional(),
  credit: z.string().optional(),
  alt: z.string().optional(),
});

/** A paragraph as somebody gives it. */
const givenParagraphSchema = storyParagraphSchema.pick({ style: true, gap: true }).extend({
  text: z.string().max(100_000),
  credit: z.string().max(2_000).optional(),
  alt: z.string().max(2_000).optional(),
  marks: z
    .array(
      z.object({
        from: z.int().min(0),
        to: z.int().min(0),
        type: z.enum(['bold', 'italic', 'link']),
        href: z.string().max(2_000).refine(isLinkHref, 'no address that a link may have').optional(),
      }),
    )
    .max(5_000)
    .refine((marks) => marks.every(({ type, href }) => (type === 'link') === (href !== undefined)), 'href'),
});

/** Where a comment goes: a passage by paragraph and characters (of the story as GET …/story gives it), by
 * Yjs relative positions (encoded, base64), or by its words alone, found when they occur. */
export const anchorSchema = z.object({
  quote: z.string().min(1).max(commentLimits.quote).optional(),
  range: z.object({ paragraph: z.int().min(0), from: z.int().min(0), to: z.int().min(1) }).optional(),
  positions: z.object({ from: z.string().max(400), to: z.string().max(400) }).optional(),
  /** The words just before and after the quote, by which one of several is chosen. */
  before: z.string().max(commentLimits.surroundings).optional(),
  after: z.string().max(commentLimits.surroundings).optional(),
});

const commentText = z.string().trim().min(1).max(commentLimits.text);

export const api = {
  ...peopleCalls,
  ...reviewCalls,
  ...suggestionCalls,
  ...versionCalls,
  ...recordCalls,
  ...noticeCalls,
  ...mailCalls,

  // articles
  articles: call({ method: 'GET', path: '/api/articles', output: z.array(articleSchema) }),
  article: call({ method: 'GET', path: '/api/articles/:id', params: withId, output: articleSchema }),
  addArticle: call({
    method: 'POST',
    path: '/api/articles',
    body: z
      .object({
        title: z.string().trim().max(120).optional(),
        /** What it begins with; an empty headline and an empty paragraph when absent. Without pictures, which
         * belong to the story they were given to. */
        paragraphs: z.array(givenParagraphSchema).min(1).max(5_000).optional(),
      })
      .optional(),
    output: articleSchema,
  }),
  renameArticle: call({
    method: 'PATCH',
    path: '/api/articles/:id',
    params: withId,
    body: z.object({
      title: z.string().trim().max(120).optional(),
      section: z.string().trim().max(20).optional(),
      /** Null takes the deadline back. */
      due: z.iso.datetime().max(40).nullable().optional(),
    }),
    output: articleSchema,
  }),
  invite: call({
    method: 'PUT',
    path: '/api/articles/:id/people/:member',
    params: withId.extend({ member: idSchema }),
    output: articleSchema,
  }),
  uninvite: call({
    method: 'DELETE',
    path: '/api/articles/:id/people/:member',
    params: withId.extend({ member: idSchema }),
    output: articleSchema,
  }),
  story: call({
    method: 'GET',
    path: '/api/articles/:id/story',
    params: withId,
    output: z.object({ paragraphs: z.array(storyParagraphSchema) }),
  }),
  /** The latest changes in the log, newest first, with what the story read like after each; administrators only. */
  changes: call({
    method: 'GET',
    path: '/api/articles/:id/changes',
    params: withId,
    output: z.array(
      z.object({
        seq: z.int(),
        at: z.string(),
        /** Null for the server's own. */
        member: idSchema.nullable(),
        characters: z.int(),
      }),
    ),
  }),
  /** Makes the story read as after this change, as a new edit; administrators only. */
  recover: call({
    method: 'POST',
    path: '/api/articles/:id/recover',
    params: withId,
    body: z.object({ seq: z.int().min(1) }),
    output: z.object({ characters: z.int() }),
  }),

  // comments
  comments: call({
    method: 'GET',
    path: '/api/articles/:id/comments',
    params: withId,
    output: z.array(threadSchema),
  }),
  addThread: call({
    method: 'POST',
    path: '/api/articles/:id/comments',
    params: withId,
    /** A figure is named by `positions` or by `range`'s paragraph; a whole story by nothing. */
    body: anchorSchema.extend({
      text: commentText,
      about: z.enum(threadAbouts).default('passage'),
      suggestion: idSchema.optional(),
    }),
    output: threadSchema,
  }),
  reply: call({
    method: 'POST',
    path: '/api/articles/:id/comments/:thread/replies',
    params: withId.extend({ thread: idSchema }),
    body: z.object({ text: commentText }),
    output: threadSchema,
  }),
  editComment: call({
    method: 'PATCH',
    path: '/api/articles/:id/comments/:thread/replies/:comment',
    params: withId.extend({ thread: idSchema, comment: idSchema }),
    body: z.object({ text: commentText }),
    output: threadSchema,
  }),
  /** What it said before it was changed, oldest first; `at` is when it was said so. */
  commentHistory: call({
    method: 'GET',
    path: '/api/articles/:id/comments/:thread/replies/:comment/history',
    params: withId.extend({ thread: idSchema, comment: idSchema }),
    output: z.array(z.object({ text: z.string(), at: z.string() })),
  }),
  /** Deletes one's own; with the last comment the thread goes too. */
  removeComment: call({
    method: 'DELETE',
    path: '/api/articles/:id/comments/:thread/replies/:comment',
    params: withId.extend({ thread: idSchema, comment: idSchema }),
  }),
  /** Puts one's own sign to a comment, or takes it back. */
  react: call({
    method: 'POST',
    path: '/api/articles/:id/comments/:thread/replies/:comment/reactions',
    params: withId.extend({ thread: idSchema, comment: idSchema }),
    body: z.object({ reaction: z.enum(reactions), on: z.boolean() }),
    output: threadSchema,
  }),
  /** Gives the thread to somebody who may read the story, to deal with it. */
  assignThread: call({
    method: 'PUT',
    path: '/api/articles/:id/comments/:thread/assignee',
    params: withId.extend({ thread: idSchema }),
    body: z.object({ member: idSchema, due: z.iso.datetime().max(40).nullable().default(null) }),
    output: threadSchema,
  }),
  unassignThread: call({
    method: 'DELETE',
    path: '/api/articles/:id/comments/:thread/assignee',
    params: withId.extend({ thread: idSchema }),
    output: threadSchema,
  }),
  /** All comments and suggestions of a story, as a page to print. */
  talkFile: call({
    method: 'GET',
    path: '/api/articles/:id/comments/file',
    params: withId,
    query: z.object({ language: z.enum(['zh', 'en']).default('zh') }),
  }),
  resolveThread: call({
    method: 'POST',
    path: '/api/articles/:id/comments/:thread/resolve',
    params: withId.extend({ thread: idSchema }),
    output: threadSchema,
  }),
  reopenThread: call({
    method: 'POST',
    path: '/api/articles/:id/comments/:thread/reopen',
    params: withId.extend({ thread: idSchema }),
    output: threadSchema,
  }),
  readThread: call({
    method: 'POST',
    path: '/api/articles/:id/comments/:thread/read',
    params: withId.extend({ thread: idSchema }),
  }),

  // media
  /** Body: the file's bytes, multipart field `file`. The picture belongs to the article. */
  addPicture: call({
    method: 'POST',
    path: '/api/articles/:id/pictures',
    params: withId,
    output: z.object({ image: idSchema, width: z.int(), height: z.int() }),
  }),
  /** The picture re-encoded, at most `size` pixels on its longer side. */
  picture: call({
    method: 'GET',
    path: '/api/articles/:id/pictures/:image',
    params: withId.extend({ image: idSchema }),
    query: z.object({ size: z.enum(['screen', 'print']).default('screen') }),
  }),
  /** The same for a picture of the paper's own: an advertisement's, or one that belongs to no story. */
  addPagePicture: call({
    method: 'POST',
    path: '/api/pages/:id/pictures',
    params: withId,
    output: z.object({ image: idSchema, width: z.int(), height: z.int() }),
  }),
  /** Any picture of the paper's own, whichever page it was sent to: frames are copied from page to page. */
  pagePicture: call({
    method: 'GET',
    path: '/api/pages/:id/pictures/:image',
    params: withId.extend({ image: idSchema }),
    query: z.object({ size: z.enum(['screen', 'print']).default('screen') }),
  }),

  // pages
  ...pageCalls,
  ...proofCalls,
  ...checkCalls,
  exportArticle: call({
    method: 'GET',
    path: '/api/articles/:id/export',
    params: withId,
    query: z
      .object({
        /** `screen`: the story as a page to read on any screen, not as it prints. */
        format: z.enum(['html', 'pdf', 'screen']).default('html'),
        changes: changesAsked,
      })
      .refine(({ format, changes }) => format !== 'screen' || changes !== 'marked'),
  }),
} as const;

/** Milliseconds between two words of the server's over `/live` when nothing happens. */
export const pulseEvery = 20_000;

/** What the server tells a signed-in browser over `/live`: which answers are out of date, and who is where. */
export const liveEventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('articles') }),
  z.object({ kind: z.literal('article'), article: idSchema }),
  z.object({ kind: z.literal('comments'), article: idSchema }),
  z.object({ kind: z.literal('review'), article: idSchema }),
  z.object({ kind: z.literal('suggestions'), article: idSchema }),
  z.object({ kind: z.literal('versions'), article: idSchema }),
  /** Only to whom they tell something. */
  z.object({ kind: z.literal('notices') }),
  z.object({ kind: z.literal('people') }),
  z.object({ kind: z.literal('pages') }),
  /** Nothing changed, and the line holds: said to everybody every `pulseEvery` milliseconds. */
  z.object({ kind: z.literal('pulse') }),
  /** Everybody inside each article that the reader may see; sent whole at connection and at changes. */
  z.object({ kind: z.literal('presence'), inside: z.record(idSchema, z.array(idSchema)) }),
]);

export type LiveEvent = z.infer<typeof liveEventSchema>;
export type Article = z.infer<typeof articleSchema>;
export type Member = z.infer<typeof memberSchema>;
export type Me = z.infer<typeof api.me.output>;
export type Token = z.infer<typeof tokenSchema>;

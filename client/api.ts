/** Typed fetch over the table of calls in shared/api.ts, and the keys under which answers are kept. */
import type { z } from 'zod';
import { errorSchema } from '../shared/api.ts';
import type { Call } from '../shared/base/call.ts';
import type { ErrorCode } from '../shared/base/errors.ts';

/** A refusal by the server, or `offline` when it cannot be reached at all. */
export class ApiError extends Error {
  readonly code: ErrorCode | 'offline' | 'broken';
  /** What exactly, where the server says so in a word of its own. */
  readonly detail: string | undefined;

  constructor(code: ErrorCode | 'offline' | 'broken', detail?: string) {
    super(code);
    this.name = 'ApiError';
    this.code = code;
    this.detail = detail;
  }
}

type Part<C extends Call, K extends 'params' | 'query' | 'body'> = C[K] extends z.ZodType
  ? undefined extends z.input<C[K]>
    ? { [P in K]?: z.input<C[K]> }
    : { [P in K]: z.input<C[K]> }
  : unknown;

export type Input<C extends Call> = Part<C, 'params'> &
  (C['query'] extends z.ZodType ? { query?: z.input<C['query']> } : unknown) &
  Part<C, 'body'> & { signal?: AbortSignal };

export type Output<C extends Call> = C['output'] extends z.ZodType ? z.output<C['output']> : undefined;

interface LooseInput {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
  signal?: AbortSignal;
}

/** The address of a call, its `:names` filled in. */
export function address<C extends Call>(c: C, input: Omit<Input<C>, 'body' | 'signal'>): string {
  const { params = {}, query } = input as LooseInput;
  const path = c.path.replace(/:([a-z]+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
  if (!query) return path;
  return `${path}?${new URLSearchParams(query as Record<string, string>)}`;
}

/** Makes the call. Throws ApiError, and nothing else but an abort. */
export async function call<C extends Call>(c: C, input: Input<C>): Promise<Output<C>> {
  const { body, signal } = input as LooseInput;
  let response: Response;
  try {
    response = await fetch(address(c, input), {
      method: c.method,
      credentials: 'same-origin',
      ...(signal ? { signal } : {}),
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError('offline');
  }
  if (!response.ok) throw await refusal(response);
  if (!c.output) return undefined as Output<C>;
  const answer = c.output.safeParse(await response.json().catch(() => undefined));
  if (!answer.success) throw new ApiError('broken');
  return answer.data as Output<C>;
}

/** The ApiError that a response outside 200–299 stands for. */
export async function refusal(response: Response): Promise<ApiError> {
  const parsed = errorSchema.safeParse(await response.json().catch(() => undefined));
  if (parsed.success) return new ApiError(parsed.data.error, parsed.data.detail);
  if (response.status === 502 || response.status === 503 || response.status === 504)
    return new ApiError('offline');
  return new ApiError('broken');
}

/** Keys of kept answers; client/live/events.ts marks them out of date. */
export const keys = {
  me: ['me'],
  people: ['people'],
  members: ['members'],
  tokens: ['tokens'],
  account: ['account'],
  invitations: ['invitations'],
  signInWays: ['signInWays'],
  articles: ['articles'],
  article: (id: string) => ['article', id],
  comments: (article: string) => ['comments', article],
  commentHistory: (article: string, comment: string, editedAt: string) => [
    'commentHistory',
    article,
    comment,
    editedAt,
  ],
  suggestions: (article: string) => ['suggestions', article],
  review: (article: string) => ['review', article],
  since: (article: string, state: string) => ['since', article, state],
  versions: (article: string) => ['versions', article],
  notices: ['notices'],
  mail: ['mail'],
  openNotices: ['notices', 'open'],
  reviewSettings: ['reviewSettings'],
  pages: ['pages'],
  press: ['press'],
  pageReview: (page: string) => ['page', page, 'review'],
  page: (id: string) => ['page', id],
  preflight: (page: string, stages: string) => ['preflight', page, stages],
} as const;

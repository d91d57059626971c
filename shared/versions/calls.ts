/** The HTTP calls of the versions 版本: what was kept of a story, what lies between two, and bringing one back. */
import { z } from 'zod';
import { call } from '../base/call.ts';
import { idSchema } from '../base/id.ts';
import { paragraphStyles } from '../manuscript/styles.ts';
import { storyActions, storyStages } from '../review/stages.ts';

const withId = z.object({ id: idSchema });
const withVersion = withId.extend({ version: idSchema });

/** `name`: characters; `listed`: versions told at once; `acts`: acts told with them; `named`: versions of one story that
 * people may name. */
export const versionLimits = { name: 60, listed: 300, acts: 300, named: 200 } as const;

/** Why a version was kept. `quiet`: nobody had changed anything for a while; `fall`: just before much went at once. */
export const versionReasons = [
  'stage',
  'restore',
  'import',
  'quiet',
  'named',
  'signed',
  'correction',
  'fall',
] as const;
export type VersionReason = (typeof versionReasons)[number];

/** Characters that a person added and took away, without white space; null: the server's own. */
const workSchema = z.object({ member: idSchema.nullable(), added: z.int(), removed: z.int() });
export type Work = z.infer<typeof workSchema>;

export const versionSchema = z.object({
  id: idSchema,
  at: z.string(),
  /** Who did what it was kept for; null for the server's own. */
  member: idSchema.nullable(),
  why: z.enum(versionReasons),
  /** '' when nobody named it. */
  name: z.string(),
  characters: z.int(),
  /** SHA-256 of what it reads like; decisions name the same. */
  hash: z.string(),
  /** What was done since the one before. */
  work: z.array(workSchema),
});
export type Version = z.infer<typeof versionSchema>;

/** What was done to a story as a whole: decided in review, or: a correction asked for, refused, a version brought back. */
export const versionActs = [...storyActions, 'ask', 'refuse', 'bringBack'] as const;

const actSchema = z.object({
  at: z.string(),
  member: idSchema.nullable(),
  what: z.enum(versionActs),
  /** The stage at which it was decided; null of what is no decision. */
  before: z.enum(storyStages).nullable(),
  /** '' when none was given. */
  reason: z.string(),
  /** Of a correction. */
  change: z.object({ quote: z.string(), wanted: z.string() }).nullable(),
  /** The version that reads as the story did; null where none was kept. */
  version: idSchema.nullable(),
});
export type VersionAct = z.infer<typeof actSchema>;

const changes = ['kept', 'added', 'removed'] as const;

const comparedParagraphSchema = z.object({
  /** What became of its end: a removed one joins it to the next, an added one parts it. */
  end: z.enum(changes),
  style: z.enum(paragraphStyles),
  /** Its style before, where that was another. */
  was: z.enum(paragraphStyles).nullable(),
  /** Whether something else about it changed: the picture, a credit. */
  otherwise: z.boolean(),
  /** The same number stands where a paragraph was taken from and where it was put. */
  moved: z.int().nullable(),
  runs: z.array(
    z.object({
      change: z.enum(changes),
      text: z.string(),
      /** Who wrote it, or took it away; null where nobody is known for it. */
      member: idSchema.nullable(),
      /** It went along with its paragraph. */
      moved: z.boolean(),
    }),
  ),
});
export type ComparedStory = z.infer<typeof comparedParagraphSchema>[];

const comparisonSchema = z.object({
  paragraphs: z.array(comparedParagraphSchema),
  work: z.array(workSchema),
});
export type Comparison = z.infer<typeof comparisonSchema>;

const name = z.string().trim().min(1).max(versionLimits.name);

export const versionCalls = {
  /** The newest first. */
  versions: call({
    method: 'GET',
    path: '/api/articles/:id/versions',
    params: withId,
    output: z.object({
      versions: z.array(versionSchema),
      /** The newest first. */
      acts: z.array(actSchema),
      /** The story as it stands, and what was done since the newest version. */
      now: z.object({ characters: z.int(), work: z.array(workSchema) }),
    }),
  }),
  /** Keeps the story as it stands under a name. */
  addVersion: call({
    method: 'POST',
    path: '/api/articles/:id/versions',
    params: withId,
    body: z.object({ name }),
    output: versionSchema,
  }),
  renameVersion: call({
    method: 'PATCH',
    path: '/api/articles/:id/versions/:version',
    params: withVersion,
    body: z.object({ name }),
    output: versionSchema,
  }),
  /** What lies between the version and another, or the story as it stands; the older is the first, whichever was asked. */
  compareVersions: call({
    method: 'GET',
    path: '/api/articles/:id/versions/:version/compare',
    params: withVersion,
    query: z.object({ with: z.union([z.literal('now'), idSchema]).default('now') }),
    output: comparisonSchema,
  }),
  /** Makes the story read as the version does, as a new edit; what it reads like now is kept first. */
  restoreVersion: call({
    method: 'POST',
    path: '/api/articles/:id/versions/:version/restore',
    params: withVersion,
    output: z.object({ characters: z.int(), before: idSchema }),
  }),
  /** Looks through the log for the place before much went at once, and keeps it; null when there is none. */
  findLost: call({
    method: 'POST',
    path: '/api/articles/:id/versions/lost',
    params: withId,
    output: z.object({ version: versionSchema.nullable() }),
  }),
  /** The story as it stands, with who wrote each word. */
  authors: call({
    method: 'GET',
    path: '/api/articles/:id/authors',
    params: withId,
    output: comparisonSchema,
  }),
} as const;

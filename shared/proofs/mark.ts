/** Marks that a proofreader puts on the printed page 校样标记, and what became of them 核红. */
import { z } from 'zod';
import { idSchema } from '../base/id.ts';
import type { Story } from '../manuscript/story.ts';
import { pageStages } from '../review/stages.ts';

/** 错字 漏字 多字 标点 事实 版式 图片 其他 */
export const markKinds = [
  'wrong',
  'missing',
  'extra',
  'punctuation',
  'fact',
  'layout',
  'picture',
  'other',
] as const;
export type MarkKind = (typeof markKinds)[number];

/** Characters. */
export const markLimits = { quote: 60, wanted: 60, note: 300, around: 8, perPage: 500 } as const;

/** What the editor said of it. */
export const markAnswers = ['open', 'applied', 'rejected'] as const;
export type MarkAnswer = (typeof markAnswers)[number];

/** `missed`: said to be applied, and its words stand there still. */
export const markOutcomes = ['open', 'applied', 'rejected', 'missed'] as const;
export type MarkOutcome = (typeof markOutcomes)[number];

export const markSchema = z.object({
  id: idSchema,
  at: z.string(),
  member: idSchema,
  /** The pass at which it was put. */
  stage: z.enum(pageStages),
  kind: z.enum(markKinds),
  /** Null for what is no story's: a rule, the folio line, an empty place. */
  article: idSchema.nullable(),
  paragraph: z.int().nullable(),
  /** The words on the page, and a few around them by which they are found again. */
  quote: z.string(),
  before: z.string(),
  after: z.string(),
  /** What they are to be; '' takes them out. */
  wanted: z.string(),
  note: z.string(),
  outcome: z.enum(markOutcomes),
  answeredBy: idSchema.nullable(),
  answeredAt: z.string().nullable(),
  answer: z.string(),
});
export type Mark = z.infer<typeof markSchema>;

type Placed = Pick<Mark, 'quote' | 'before' | 'after' | 'wanted'>;

/** Whether a mark's words stand in the story as they did. */
const standsIn = (story: Story, { before, quote, after }: Placed) =>
  story.paragraphs.some(({ text }) => text.includes(before + quote + after));

/** What became of a mark: by the answer, and by what the story reads like now (核红). Without a story, by the answer. */
export function outcomeOf(answer: MarkAnswer, mark: Placed, story: Story | null): MarkOutcome {
  if (answer === 'rejected') return 'rejected';
  const checks = story !== null && mark.quote !== '';
  if (!checks) return answer;
  if (standsIn(story, mark)) return answer === 'applied' ? 'missed' : 'open';
  const put = story.paragraphs.some(({ text }) => text.includes(mark.wanted));
  return answer === 'applied' || put ? 'applied' : 'open';
}

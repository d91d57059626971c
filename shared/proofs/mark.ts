/** Marks that a proofreader puts on the printed page 校样标记, and what became of them 核红. */
import { z } from 'zod';
import { idSchema } from '../base/id.ts';
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

/** `missed`: said to be applied, and its words stand there still; `suggested`: they do, until a suggestion that puts them
 * right is accepted. */
export const markOutcomes = ['open', 'applied', 'rejected', 'missed', 'suggested'] as const;
export type MarkOutcome = (typeof markOutcomes)[number];

/** Whether the page still waits for it. */
export const isLeft = ({ outcome }: { outcome: MarkOutcome }): boolean =>
  outcome !== 'applied' && outcome !== 'rejected';

/** Whether it is the editor's to answer. */
export const isAsked = ({ outcome }: { outcome: MarkOutcome }): boolean =>
  outcome === 'open' || outcome === 'missed';

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
/** A story as far as its words go. */
type Worded = { paragraphs: readonly { text: string }[] };

/** Where a mark's words stand in the story now. A change beside them takes away the words on one side; what is left on
 * the other finds them if it stands there once. Null when they are nowhere, or cannot be told apart. */
export function placeOf(
  story: Worded,
  { quote, before, after }: Pick<Placed, 'quote' | 'before' | 'after'>,
): { paragraph: number; start: number } | null {
  for (const [left, right] of [
    [before, after],
    [before, ''],
    ['', after],
  ] as const) {
    const sides = left + right !== '' || before + after === '';
    const found = sides ? occurrences(story, left + quote + right) : [];
    const [one] = found;
    if (one && (found.length === 1 || (left === before && right === after)))
      return { paragraph: one.paragraph, start: one.start + left.length };
  }
  return null;
}

function occurrences({ paragraphs }: Worded, words: string): { paragraph: number; start: number }[] {
  return paragraphs.flatMap(({ text }, paragraph) => {
    const found: { paragraph: number; start: number }[] = [];
    for (let start = text.indexOf(words); start >= 0; start = text.indexOf(words, start + 1))
      found.push({ paragraph, start });
    return found;
  });
}

/** What became of a mark: by the answer, and by what the story reads like now (核红) and once its suggestions are
 * `accepted`. Without a story, by the answer. Nothing counts as applied while its words may still stand there. */
export function outcomeOf(
  answer: MarkAnswer,
  mark: Placed,
  story: Worded | null,
  accepted: Worded | null = null,
): MarkOutcome {
  const outcome = printedOutcome(answer, mark, story);
  const suggested = outcome === 'missed' && accepted && printedOutcome(answer, mark, accepted) === 'applied';
  return suggested ? 'suggested' : outcome;
}

function printedOutcome(answer: MarkAnswer, mark: Placed, story: Worded | null): MarkOutcome {
  if (answer === 'rejected') return 'rejected';
  const checks = story !== null && mark.quote !== '';
  if (!checks) return answer;
  const stands = answer === 'applied' ? 'missed' : 'open';
  const { before, quote, after, wanted } = mark;
  const has = (words: string) => occurrences(story, words).length > 0;
  if (has(before + quote + after)) return stands;
  if (has(before + wanted + after)) return 'applied';
  if (has(quote)) return stands;
  return answer === 'applied' || has(wanted) ? 'applied' : 'open';
}

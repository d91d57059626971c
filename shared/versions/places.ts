/** Which words of a comparison are one change, so that one can go from each to the next. */
import type { ComparedStory } from './calls.ts';

type Paragraph = ComparedStory[number];
type Run = Paragraph['runs'][number];

export interface Shown {
  paragraph: Paragraph;
  /** Its place among the story's paragraphs. */
  index: number;
  runs: (Run & { place: number | null })[];
  /** Where the paragraph itself changed: its style, its picture, or where it ends. */
  place: number | null;
}

const isChange = ({ change }: Run) => change !== 'kept';

/** Every change has a number: neighbouring words that changed are one, and so is a paragraph that was moved whole. */
export function shownOf(paragraphs: ComparedStory): { shown: Shown[]; places: number } {
  let places = 0;
  const shown = paragraphs.map((paragraph, index): Shown => {
    let open: number | null = null;
    const runs = paragraph.runs.map((run) => {
      if (!isChange(run)) open = null;
      else open ??= places++;
      return { ...run, place: open };
    });
    const itself =
      paragraph.was !== null ||
      paragraph.otherwise ||
      (paragraph.end !== 'kept' && !paragraph.runs.some(isChange));
    return { paragraph, index, runs, place: itself ? places++ : null };
  });
  return { shown, places };
}

/** Whether nothing about it changed. */
export const isUntouched = ({ runs, place, paragraph }: Shown): boolean =>
  place === null && paragraph.end === 'kept' && runs.every((run) => run.place === null);

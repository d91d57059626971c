/** Line ends 禁则: no mark that must not start a line starts one, none that must not end one ends one (L3). */
import { mayEnd, mayStart } from '../../layout/classes.ts';
import type { LineItem, LineRole } from '../../layout/drawing.ts';
import { type Check, type Checked, found, linesIn, placeOfLine } from './checked.ts';

const running: readonly LineRole[] = [
  'kicker',
  'headline',
  'deck',
  'byline',
  'lead',
  'crosshead',
  'body',
  'quote',
  'caption',
];

function wordsOf(line: LineItem): string[] {
  return [
    ...line.runs
      .map(({ text }) => text)
      .join('')
      .trim(),
  ];
}

const pointOf = (character: string) => character.codePointAt(0) ?? 0;

function lengthOf({ stories }: Checked, { source }: LineItem): number {
  const story = stories.find(({ article }) => article === source?.article);
  return story?.paragraphs[source?.paragraph ?? 0]?.text.trimEnd().length ?? 0;
}

/** A line that goes on with its paragraph starts with a mark that is kept from there. */
export const lineStart: Check = (checked) =>
  linesIn(checked.drawing).flatMap((line) => {
    const first = wordsOf(line)[0];
    if (!running.includes(line.role) || !line.source || line.source.from === 0 || first === undefined)
      return [];
    return mayStart(pointOf(first))
      ? []
      : [found('warning', placeOfLine(checked, line), { character: first })];
  });

/** A line whose paragraph goes on ends with a mark that is kept from there. */
export const lineEnd: Check = (checked) =>
  linesIn(checked.drawing).flatMap((line) => {
    const last = wordsOf(line).at(-1);
    if (!running.includes(line.role) || !line.source || last === undefined) return [];
    if (line.source.to >= lengthOf(checked, line) || mayEnd(pointOf(last))) return [];
    return [found('warning', placeOfLine(checked, line), { character: last })];
  });

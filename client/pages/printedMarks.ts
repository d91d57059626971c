/** Where a proofreader's marks stand on the printed page: found among its lines as the page is now. */
import type { LineItem, Rect } from '../../shared/layout/drawing.ts';
import { type Mark, placeOf } from '../../shared/proofs/mark.ts';
import { alongOf } from './carets.ts';

export interface PrintedMark {
  mark: Mark;
  /** Counted from 1, as the list of marks counts. */
  number: number;
  /** In points of the sheet, one for each line that its words reach into. */
  places: Rect[];
}

/** Marks whose words are printed on the page; those about the page, and those whose words are gone, are in the list
 * alone. */
export function printedMarks(lines: readonly LineItem[], marks: readonly Mark[]): PrintedMark[] {
  const words = new Map<string, { paragraphs: { text: string }[] }>();
  return marks.flatMap((mark, i) => {
    const { article, before, after } = mark;
    const quote = mark.outcome === 'applied' ? mark.wanted : mark.quote;
    if (article === null || quote === '') return [];
    const story = words.get(article) ?? printedWords(lines, article);
    words.set(article, story);
    const at = placeOf(story, { quote, before, after });
    if (!at) return [];
    const places = stretches(lines, article, at.paragraph, at.start, at.start + quote.length);
    return places.length === 0 ? [] : [{ mark, number: i + 1, places }];
  });
}

/** What of a story is printed, each character where it stands in its paragraph; spaces where nothing is. */
function printedWords(lines: readonly LineItem[], article: string): { paragraphs: { text: string }[] } {
  const paragraphs: { text: string }[] = [];
  for (const { source, runs } of lines) {
    if (source?.article !== article) continue;
    while (paragraphs.length <= source.paragraph) paragraphs.push({ text: '' });
    const paragraph = paragraphs[source.paragraph] ?? { text: '' };
    const text = runs.map((run) => run.text).join('');
    paragraph.text =
      paragraph.text.slice(0, source.from).padEnd(source.from) + text + paragraph.text.slice(source.to);
  }
  return { paragraphs };
}

/** How far a character's ink reaches above its baseline, in ems: the ideographic em box of the faces. */
const above = 0.88;

/** Where some of a paragraph's characters are printed, one place for each line that they reach into. */
export function stretches(
  lines: readonly LineItem[],
  article: string,
  paragraph: number,
  from: number,
  to: number,
): Rect[] {
  return lines.flatMap((line) => {
    const { source } = line;
    if (source?.article !== article || source.paragraph !== paragraph) return [];
    const first = Math.max(from, source.from);
    const last = Math.min(to, source.to);
    if (first >= last) return [];
    const size = line.runs[0]?.size ?? 0;
    const start = alongOf(line, first);
    const length = alongOf(line, last) - start;
    return line.vertical
      ? [{ x: line.runs[0]?.x ?? 0, y: start, width: size, height: length }]
      : [{ x: start, y: line.y - size * above, width: length, height: size }];
  });
}

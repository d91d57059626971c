/** Glyph 缺字: a character that no face has is printed as 〓. */
import type { Face, LineItem } from '../../layout/drawing.ts';
import { faceFor, missing } from '../../layout/measure.ts';
import type { Finding } from '../finding.ts';
import { type Check, type Checked, type Found, found, linesIn, placeOfLine } from './checked.ts';

const geta = String.fromCodePoint(missing);

/** The story's words of a line, a code point for each that is drawn. */
function wordsOf({ stories }: Checked, { source }: LineItem): string[] {
  const story = stories.find(({ article }) => article === source?.article);
  return [...(story?.paragraphs[source?.paragraph ?? 0]?.text.slice(source?.from, source?.to) ?? '')];
}

/** Characters of stories that are drawn as 〓, each with where it stands. */
function* inStories(checked: Checked): Generator<[character: string, place: Finding['place']]> {
  for (const line of linesIn(checked.drawing)) {
    const drawn = line.runs.flatMap(({ text }) => [...text]);
    if (!line.source || !drawn.includes(geta)) continue;
    const words = wordsOf(checked, line);
    let to = line.source.from;
    for (const [n, character] of drawn.entries()) {
      const own = words[n] ?? geta;
      const from = to;
      to += own.length;
      if (character === geta && own !== geta) yield [own, { ...placeOfLine(checked, line), from, to }];
    }
  }
}

/** Characters of the page's own words that would be. */
function* inOwnWords({ page }: Checked): Generator<[character: string, place: Finding['place']]> {
  const lacks = (face: Face, character: string) =>
    character !== geta && faceFor(face, character.codePointAt(0) ?? 0).point === missing;
  for (const { id, text, type } of page.frames)
    for (const character of text)
      if (character !== '\n' && lacks(type.face, character)) yield [character, { frame: id }];
  if (page.head === 'none') return;
  const { editor, designer, proofreader } = page.credits;
  for (const character of `${page.paper}${page.section}${page.number}${editor}${designer}${proofreader}`)
    if (lacks('song', character)) yield [character, { part: 'folio' }];
}

/** One finding for each character of a story, or of a frame, where it first occurs. */
export const glyphMissing: Check = (checked) => {
  const told = new Map<string, Found>();
  for (const [character, place] of [...inStories(checked), ...inOwnWords(checked)]) {
    const key = `${place.article ?? place.frame ?? place.part} ${character}`;
    const known = told.get(key) ?? found('error', place, { character, count: 0 });
    known.figures.count = Number(known.figures.count) + 1;
    told.set(key, known);
  }
  return [...told.values()];
};

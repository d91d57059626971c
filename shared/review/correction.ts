/** Which change of a signed story alters no meaning, as far as its form can tell: a wrong character, a mark. Where it is
 * in doubt, it does. */
import type { ParagraphStyle } from '../manuscript/styles.ts';
import { isSurname, namesIn, namesOf, type Stretch, termsOf } from './names.ts';

/** Characters that one correction takes out or puts in. */
export const mostCorrected = 6;

/** Why a change has to go back to the third review. */
export const graveReasons = [
  /** In a headline, a byline, a dateline. */
  'weighty',
  'number',
  'negation',
  /** The one for its contrary: 上 for 下. */
  'contrary',
  'name',
  'cut',
  /** Another word, or one more, rather than another character. */
  'word',
  'long',
] as const;
export type GraveReason = (typeof graveReasons)[number];

/** Words of one paragraph and what is to stand in their place. */
export interface Wanted {
  style: ParagraphStyle;
  /** The paragraph as it stands. */
  text: string;
  /** UTF-16 units into it. */
  start: number;
  quote: string;
  wanted: string;
}

/** Styles whose words are facts: who wrote it, from where, and what the story says it is. */
const weighty: readonly ParagraphStyle[] = ['kicker', 'headline', 'deck', 'byline', 'dateline'];

/** Names that a correction must not touch: those of the newsroom and the byline, and what the story names in marks. */
export function knownNames(
  story: readonly { style: ParagraphStyle; text: string; credit?: string }[],
  people: readonly string[],
): string[] {
  const lines = story.flatMap(({ style, text, credit }) => [
    ...(style === 'byline' ? [text] : []),
    ...(credit ? [credit] : []),
  ]);
  const terms = termsOf(story.map(({ text }) => text));
  return [...people, ...lines.flatMap(namesIn), ...terms].filter((one) => one.length > 1);
}

const isNumeral = /[\p{N}〇零一二三四五六七八九十百千万亿两半几壹贰叁肆伍陆柒捌玖拾佰仟萬億]/u;
/** Of 一 alone nobody can say whether it counts: 一致. */
const counting = /[\p{Nd}二三四五六七八九十百千万亿两]/u;
const numbers = /[\p{N}〇零一二三四五六七八九十百千万亿两半]+(?:[.．,，:：/／~～—–-]+\p{Nd}+)*[%％‰℃°]?/gu;
const negations = [...'不没未无非莫勿否'];
const contraries =
  '大小 多少 高低 上下 前后 左右 升降 增减 买卖 进出 进退 来去 有无 胜负 胜败 赢输 男女 东西 南北 东南 西北 新旧 老少 内外 是非 生死 生亡 正负 正反 早晚 快慢 加减 开关 涨跌 真假 好坏 强弱 长短 轻重 远近 冷热 甲乙 公私 攻守 收支 借还 主次 首末 年月 月日 年日 市县 省市 县区 市区'
    .split(' ')
    .map((pair) => [...pair]);

const isMark = (text: string) => /^[\p{P}\p{S}\s]*$/u.test(text);
const hanIn = (text: string) => [...text].filter((one) => /\p{Script=Han}|\p{L}/u.test(one)).length;
const countOf = (text: string, one: string) => text.split(one).length - 1;

/** What is gone of the old words and what is put for it, without what both begin and end with; `before` is that
 * beginning. */
export function changedWords(quote: string, wanted: string): { before: string; gone: string; put: string } {
  const [a, b] = [[...quote], [...wanted]];
  let same = 0;
  while (same < Math.min(a.length, b.length) && a[same] === b[same]) same++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - same && a.at(-1 - end) === b.at(-1 - end)) end++;
  return {
    before: a.slice(0, same).join(''),
    gone: a.slice(same, a.length - end).join(''),
    put: b.slice(same, b.length - end).join(''),
  };
}

/** Of the whole paragraph: what it says then, what is gone, what is put, and where. */
function differenceOf({ text, start, quote, wanted }: Wanted) {
  const after = text.slice(0, start) + wanted + text.slice(start + quote.length);
  const { before, gone, put } = changedWords(quote, wanted);
  return { after, gone, put, from: start + before.length };
}

/** Whether a stretch that was changed touches one of the others. Where nothing stands, both its neighbours count. */
function touches(from: number, length: number, others: readonly Stretch[]): boolean {
  const [start, end] = length === 0 ? [from - 1, from + 1] : [from, from + length];
  return length === 0
    ? others.some((one) => one.from <= start && one.to >= end)
    : others.some((one) => one.from < end && one.to > start);
}

/** Whether the words are said twice where they stand, so that one of them may go. */
const isDoubled = (text: string, from: number, gone: string): boolean =>
  text.startsWith(gone, from + gone.length) || text.slice(0, from).endsWith(gone);

/** Why a correction has to go back to the third review; `same` when it changes nothing; null when the editor may
 * confirm it. `known` are names (knownNames). */
export function needsReview(change: Wanted, known: readonly string[]): GraveReason | 'same' | null {
  const { style, text, quote, wanted } = change;
  if (quote === wanted) return 'same';
  if (weighty.includes(style)) return 'weighty';
  const { after, gone, put, from } = differenceOf(change);
  if (isNumeral.test(gone + put) || changesNumbers(text, after, { from, gone, put })) return 'number';
  const isLong = Math.max([...gone].length, [...put].length) > mostCorrected;
  if (isMark(gone) && isMark(put)) return isLong ? 'long' : null;
  if (negations.some((one) => countOf(gone, one) !== countOf(put, one))) return 'negation';
  if (contraries.some(([one, other]) => isPair(gone, put, one, other))) return 'contrary';
  // What stands before the change is a surname only if it still is once the words are right: 高制量, 高质量.
  const meant = (at: number) => at >= from || isSurname(after, at);
  if (touches(from, gone.length, namesOf(text, known, meant))) return 'name';
  if (touches(from, put.length, namesOf(after, known))) return 'name';
  const doubled = put === '' && isDoubled(text, from, gone);
  if (!doubled && hanIn(gone) > hanIn(put)) return 'cut';
  if (isLong) return 'long';
  return isOtherWord(gone, put) ? 'word' : null;
}

const isPair = (gone: string, put: string, one = '', other = '') =>
  (gone === one && put === other) || (gone === other && put === one);

/** Whether the numbers that a reader finds are others, or what is counted. */
function changesNumbers(
  before: string,
  after: string,
  { from, gone, put }: { from: number; gone: string; put: string },
): boolean {
  const said = (text: string) => (text.match(numbers) ?? []).join(' ');
  if (said(before) !== said(after)) return true;
  return counting.test(before[from - 1] ?? '') && !(isMark(gone) && isMark(put));
}

/** One character for another is a slip; more than one that has no character in common with what stood there, or more
 * than one that stood nowhere, is another word. */
function isOtherWord(gone: string, put: string): boolean {
  const more = hanIn(put) - hanIn(gone);
  if (more > 1) return true;
  return hanIn(gone) > 1 && ![...gone].some((one) => put.includes(one));
}

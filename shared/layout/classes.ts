/** Character classes of Chinese typesetting and 禁则: between which characters a line may end (L3, clreq §3.1). */

export const kind = {
  han: 0,
  /** 前引号、前括号、前书名号: its ink stands in the right half of its em. */
  open: 1,
  /** 后引号、后括号、后书名号: ink in the left half. */
  close: 2,
  /** ， 、 ； ： */
  comma: 3,
  /** 。 ！ ？ */
  stop: 4,
  /** · ink in the middle. */
  middle: 5,
  dash: 6,
  ellipsis: 7,
  latin: 8,
  space: 9,
  /** ～ ％ ℃ and the like: a full em that never starts a line. */
  follows: 10,
  /** ￥ № and the like: never ends a line. */
  leads: 11,
  /** Adds no width and never parts from what it stands on. */
  joined: 12,
} as const;
export type Kind = (typeof kind)[keyof typeof kind];

const lists: [Kind, string][] = [
  [kind.open, '“‘（《〈「『【〔〖［｛〘〚'],
  [kind.close, '”’）》〉」』】〕〗］｝〙〛'],
  [kind.comma, '，、；：'],
  [kind.stop, '。！？．'],
  [kind.middle, '·・‧•'],
  [kind.dash, '—―⸺'],
  [kind.ellipsis, '…⋯'],
  [kind.follows, '～％‰℃℉°′″％‱〜々ーぁぃぅぇぉっゃゅょァィゥェォッャュョ／＂＇＋－＝'],
  [kind.leads, '￥＄￡＃№＠'],
  [kind.space, ' \u00a0\u2007\u202f\u3000\u2002\u2003\u2009\t'],
];

const listed = new Map<number, Kind>();
for (const [k, chars] of lists) for (const char of chars) listed.set(char.codePointAt(0) ?? 0, k);

const isJoined = (p: number) =>
  (p >= 0x300 && p <= 0x36f) ||
  (p >= 0x200b && p <= 0x200f) ||
  (p >= 0x202a && p <= 0x202e) ||
  (p >= 0x2060 && p <= 0x206f) ||
  (p >= 0x20d0 && p <= 0x20ff) ||
  (p >= 0xfe00 && p <= 0xfe0f) ||
  (p >= 0x302a && p <= 0x302f) ||
  (p >= 0x3099 && p <= 0x309a) ||
  (p >= 0xe0100 && p <= 0xe01ef) ||
  (p >= 0x1f3fb && p <= 0x1f3ff) ||
  p === 0xfeff ||
  p === 0xad;

/** The class of one code point. Western letters, figures and marks are `latin`. */
export function kindOf(point: number): Kind {
  const known = listed.get(point);
  if (known !== undefined) return known;
  if (isJoined(point)) return kind.joined;
  if (point < 0x1100 || (point >= 0x1e00 && point <= 0x205f)) return kind.latin;
  return kind.han;
}

const closingLatin = new Set([...',.;:!?)]}%…/-‐–'].map((c) => c.charCodeAt(0)));
/** A Western compound may part after these. */
const hyphens = new Set([...'-/‐–'].map((c) => c.charCodeAt(0)));
const openingLatin = new Set([...'([{$#'].map((c) => c.charCodeAt(0)));
const isFigure = (point: number) => point >= 0x30 && point <= 0x39;

/** Units and counting words that stay with the number before them (L3). */
const units = new Set(
  [...'万亿千百十年月日时点分秒元角米吨亩克升度个名人家次岁场条期届号倍成'].map((c) => c.codePointAt(0) ?? 0),
);

const neverStarts = new Set<Kind>([
  kind.close,
  kind.comma,
  kind.stop,
  kind.middle,
  kind.dash,
  kind.ellipsis,
  kind.follows,
  kind.joined,
  kind.space,
]);

/** Whether 禁则 lets a line start with this character. */
export function mayStart(point: number): boolean {
  return !neverStarts.has(kindOf(point)) && !closingLatin.has(point);
}

/** Whether 禁则 lets a line end with this character. */
export function mayEnd(point: number): boolean {
  const k = kindOf(point);
  return k !== kind.open && k !== kind.leads && !openingLatin.has(point);
}

/** Whether a line may end between two neighbouring characters, neither of them a space. */
export function mayBreak(before: number, after: number): boolean {
  if (!mayStart(after) || !mayEnd(before)) return false;
  const a = kindOf(before);
  const b = kindOf(after);
  if (a === kind.latin && b === kind.latin) {
    // A compound may part after its hyphen or slash, a number or a minus sign may not.
    return hyphens.has(before) && !isFigure(after);
  }
  if (isFigure(before) && units.has(after)) return false;
  if (a === kind.latin && (before === 0x22 || before === 0x27)) return false;
  if (b === kind.latin && (after === 0x22 || after === 0x27)) return false;
  return true;
}

/** Western letters and figures, which keep a gap from the Chinese beside them (L5). */
export function isWord(point: number): boolean {
  if (kindOf(point) !== kind.latin) return false;
  return (
    isFigure(point) ||
    (point >= 0x41 && point <= 0x5a) ||
    (point >= 0x61 && point <= 0x7a) ||
    (point >= 0xc0 && point < 0x1100 && point !== 0xd7 && point !== 0xf7) ||
    point === 0x25 ||
    point === 0x26
  );
}

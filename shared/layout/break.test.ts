import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BreakMode, breakEvenly, breakLines, type LinePlan } from './break.ts';
import { kind, kindOf, mayEnd, mayStart } from './classes.ts';
import { itemize } from './itemize.ts';
import { naturalWidth, place, type Sums, spread, sum } from './justify.ts';

const set = (text: string): Sums => sum(itemize([{ slot: 0, text, face: 'song', bold: 'songBold' }]));
const words = (sums: Sums, { from, to }: LinePlan) =>
  sums.items.chars
    .slice(from, to)
    .map((c) => c.text)
    .join('');
const broken = (text: string, characters: number, mode: BreakMode = 'whole', indent = 0) => {
  const sums = set(text);
  return breakLines(sums, { width: characters * 1000, indent }, mode).map((plan) => words(sums, plan));
};

const han = fc.constantFrom(...'今年以来街道按照工作思路系统实施三项工程构建起多元参与资源融合服务为民');
const piece = fc.oneof(
  { weight: 30, arbitrary: fc.array(han, { minLength: 1, maxLength: 9 }).map((c) => c.join('')) },
  { weight: 8, arbitrary: fc.constantFrom('，', '。', '、', '；', '：', '？', '！') },
  {
    weight: 3,
    arbitrary: fc.constantFrom('“双升级”', '《人民日报》', '（试行）', '“‘链’”，', '——', '……', '·', '～'),
  },
  { weight: 3, arbitrary: fc.constantFrom('2023', '15万', '6000', '35％', '20℃', '3.5%', '1,200', '￥50') },
  { weight: 2, arbitrary: fc.constantFrom('AI', 'iPhone 15', 'WTO', 'co-editing', 'Y.Text', 'don’t') },
  { weight: 1, arbitrary: fc.constantFrom(' ', '\u3000') },
);
// Marks follow words, as in writing; a row of marks longer than a line has no lawful break.
const paragraph = fc
  .array(
    fc.tuple(
      fc.array(han, { minLength: 1, maxLength: 4 }).map((c) => c.join('')),
      piece,
    ),
    { minLength: 1, maxLength: 40 },
  )
  .map((pairs) => pairs.flat().join(''));

test('L3 no forbidden line start or end, no split pair, number or word, in 10,000 paragraphs of 11–28 characters', () => {
  fc.assert(
    fc.property(
      paragraph,
      fc.integer({ min: 11, max: 28 }),
      fc.constantFrom<BreakMode>('whole', 'greedy'),
      (text, characters, mode) => {
        const lines = broken(text, characters, mode, 2000);
        expect(lines.join('')).toBe(text);
        for (const [n, line] of lines.entries()) {
          const first = line.codePointAt(0) ?? 0;
          const last = line.trimEnd().codePointAt(line.trimEnd().length - 1) ?? 0;
          if (n > 0) expect(mayStart(first), `starts ${line}`).toBe(true);
          if (n < lines.length - 1) expect(mayEnd(last), `ends ${line}`).toBe(true);
          const next = lines[n + 1];
          if (next !== undefined) {
            const around = line.slice(-1) + next.slice(0, 1);
            expect(around).not.toMatch(/——|……|\d[\d％℃%万]|[A-Za-z][A-Za-z]|\d[.,]/u);
          }
        }
      },
    ),
    { numRuns: 10_000, seed: 20_261_123 },
  );
});

test('L6 no last line of one character, in either mode', () => {
  fc.assert(
    fc.property(
      paragraph,
      fc.integer({ min: 11, max: 28 }),
      fc.constantFrom<BreakMode>('whole', 'greedy'),
      (text, characters, mode) => {
        const lines = broken(text, characters, mode, 2000);
        if (lines.length > 1) expect([...(lines.at(-1) ?? '').trim()].length).toBeGreaterThan(1);
      },
    ),
    { numRuns: 2_000, seed: 7 },
  );
});

test('L4 every line but the last is exactly as wide as its measure, marks at its edges half cut', () => {
  fc.assert(
    fc.property(paragraph, fc.integer({ min: 11, max: 28 }), (text, characters) => {
      const sums = set(text);
      const width = characters * 1000;
      const plans = breakLines(sums, { width, indent: 2000 }, 'whole');
      plans.forEach(({ from, end }, n) => {
        const room = width - (from === 0 ? 2000 : 0);
        const need = room - naturalWidth(sums, from, end);
        const last = n === plans.length - 1;
        const given = spread(sums, from, end, last && need > 0 ? 0 : need);
        const pens = place(sums, from, end, given);
        if (!last) expect(pens.at(-1)).toBe(room - given.rest);
        if (given.gaps > 0 && need < 0) expect(given.rest).toBe(0);
        expect(pens.at(-1)).toBeLessThanOrEqual(room);
        const opening = kindOf(sums.items.chars[from]?.point ?? 0) === kind.open;
        expect(pens[0]).toBe(opening ? -500 : 0);
        for (let i = 1; i < pens.length; i += 1) expect(pens[i]).toBeGreaterThan((pens[i - 1] ?? 0) - 501);
      });
    }),
    { numRuns: 1_000, seed: 4 },
  );
});

test('L4 neighbouring marks share an em and a half, a line-start bracket and a line-end mark take half an em', () => {
  const width = (text: string) => naturalWidth(set(text), 0, [...text].length);
  expect(width('甲。”乙')).toBe(3500);
  expect(width('甲”，“乙')).toBe(2000 + 1500 + 500);
  expect(width('甲：“乙')).toBe(3500);
  expect(width('“甲乙')).toBe(2500);
  expect(width('甲乙。')).toBe(2500);
  expect(width('甲——乙')).toBe(4000);
});

test('L5 Chinese beside figures keeps an eighth of an em, not beside marks', () => {
  const width = (text: string) => naturalWidth(set(text), 0, [...text].length);
  const figures = width('15');
  expect(width('甲15乙')).toBe(2000 + figures + 250);
  expect(width('甲，15％')).toBe(3000 + figures);
});

test('L4 gives way in order: word space, ·, brackets, ，、；, 。？！', () => {
  const sums = set('甲·乙“丙”丁，戊。己 庚辛');
  const count = sums.items.chars.length;
  expect(spread(sums, 0, count, -500).shrink).toEqual([500, 0, 0, 0, 0]);
  expect(spread(sums, 0, count, -1000).shrink).toEqual([750, 250, 0, 0, 0]);
  expect(spread(sums, 0, count, -2500).shrink).toEqual([750, 500, 1000, 250, 0]);
  expect(spread(sums, 0, count, -3000).shrink).toEqual([750, 500, 1000, 500, 250]);
});

test('L6 the two modes are two ways to the same words', () => {
  const text = '近年来，社区以“党建引领、多元共治”为抓手，着力推动智慧社区建设，居民满意度达到95％以上。';
  expect(broken(text, 14, 'whole').join('')).toBe(text);
  expect(broken(text, 14, 'greedy').join('')).toBe(text);
});

test('L3 an address longer than a line is broken in an emergency, nothing is lost', () => {
  const text = `网址https://example.com/${'abcdefghij'.repeat(8)}`;
  const lines = broken(text, 14);
  expect(lines.join('')).toBe(text);
  const sums = set(text);
  for (const { from, end } of breakLines(sums, { width: 14_000, indent: 0 }, 'whole')) {
    expect(naturalWidth(sums, from, end)).toBeLessThanOrEqual(14_000);
  }
});

test('a heading breaks evenly, at its space, and never leaves one character alone', () => {
  const even = (text: string, characters: number) => {
    const sums = set(text);
    return breakEvenly(sums, characters * 1000).map((plan) => words(sums, plan).trim());
  };
  expect(even('坚守初心不断砥砺前行 蝶变多功能大型商圈', 14)).toEqual([
    '坚守初心不断砥砺前行',
    '蝶变多功能大型商圈',
  ]);
  expect(even('党建聚“链”，串联起创新智慧人才链', 10)).toEqual(['党建聚“链”，', '串联起创新智慧人才链']);
  for (let n = 12; n < 60; n += 1) {
    for (const line of even('新'.repeat(n), 11)) expect(line.length).toBeGreaterThan(1);
  }
});

test.each(['whole', 'greedy'] as const)(
  'a credit stands on one line, however long its caption (%s)',
  (mode) => {
    const face = { face: 'song', bold: 'songBold' } as const;
    const credit = '\u3000本报记者 张晓燕 摄';
    for (let length = 1; length <= 60; length += 1)
      for (const width of [11, 14, 28]) {
        const caption = { slot: 0, text: '泺口服装城新开张'.repeat(8).slice(0, length), ...face };
        const sums = sum(itemize([caption, { slot: 1, text: credit, ...face, whole: true }]));
        const lines = breakLines(sums, { width: width * 1000, indent: 0 }, mode).map((plan) =>
          words(sums, plan),
        );
        expect([length, width, lines.some((line) => line.includes(credit.slice(1)))]).toEqual([
          length,
          width,
          true,
        ]);
      }
    // One that is longer than a line is broken after all.
    const long = sum(itemize([{ slot: 1, text: '新华社记者张晓燕程建政宗兆洋摄', ...face, whole: true }]));
    const lines = breakLines(long, { width: 8000, indent: 0 }, mode).map((plan) => words(long, plan));
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.join('')).toBe('新华社记者张晓燕程建政宗兆洋摄');
  },
);

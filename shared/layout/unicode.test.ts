import { expect, test } from 'vitest';
import { itemize } from './itemize.ts';

/** Cases written from the rules of UAX #14 for the classes that we handle: ÷ may break, × may not; unmarked places
 * are not asked about. */
const cases: [rule: string, ...cases: string[]][] = [
  ['LB2 LB3 never at the start', '×甲', '×a'],
  ['LB7 × SP, × ZW', '甲× 乙', '甲×\u200b乙', 'a× b', 'a×\u200bb'],
  ['LB8 ZW ÷', '甲\u200b÷乙', 'ab\u200b÷cd', '12\u200b÷34'],
  ['LB8a ZWJ ×', '\u{1F468}\u200d×\u{1F469}'],
  [
    'LB9 LB10 CM and what it stands on are one',
    'e×\u0301',
    'a×\u0308×b',
    '葛×\u{E0100}',
    '甲×\u20dd÷乙',
    '\u{1F44D}×\u{1F3FD}',
  ],
  ['LB11 WJ holds both sides', '甲×\u2060×乙', 'a×\u2060×b', '甲×\ufeff×乙'],
  ['LB12 LB12a GL holds both sides', '甲×\u00a0×乙', '3×\u00a0×月', '甲×\u202f×乙', 'a×\u2007×b'],
  ['LB13 × CL', '甲×，', '甲×。', '甲×、', '甲×）', '甲×》', '甲×」', 'a×}', '甲 ×，', 'a ×）'],
  ['LB13 × CP', 'a×)', '甲×)', '甲×]', '甲 ×)'],
  ['LB13 × EX', '甲×！', '甲×？', 'a×!', '甲×?', '甲 ×！'],
  ['LB13 LB15d × IS', '甲×,', '甲×.', '甲×:', '甲×;', 'a×,', '3×.'],
  ['LB13 × SY', '甲×/', 'and×/'],
  ['LB14 OP SP* ×', '（×甲', '《×甲', '「×甲', '(×a', '[×甲', '（ ×甲', '{×a'],
  ['LB16 (CL | CP) SP* × NS', '）×々', '） ×ー', ')×々'],
  ['LB17 B2 SP* × B2', '—×—', '— ×—'],
  ['LB18 SP ÷', '甲 ÷乙', 'a ÷b', '甲 ÷a', '，\u3000÷甲', 'a ÷（'],
  ['LB19 QU of no direction holds both sides', 'a×"×b', '甲×"×乙', "a×'×b"],
  ['LB19a quotes of a direction between East Asian characters', '甲÷“×乙', '甲×”÷乙', '甲÷‘×乙', '甲×’÷乙'],
  ['LB20 ÷ CB ÷', '甲÷\ufffc÷乙'],
  [
    'LB21 × BA, × HY, × NS',
    '甲×‐',
    'co×-',
    'a×–',
    '甲×-',
    '甲×々',
    'ア×ー',
    'ア×ッ',
    '甲×：',
    '甲×；',
    '甲×〜',
  ],
  ['LB21 what follows BA and HY', 'co-÷editing', 'co‐÷editing', 'and/÷or', '甲-÷乙'],
  ['LB22 × IN', '甲×…', '…×…', '，×…', '12×…', 'a×…'],
  ['LB23 AL × NU, NU × AL', 'a×1', '1×a'],
  ['LB23a PR × ID, ID × PO', '￥×甲', '$×甲', '№×甲', '甲×％', '甲×℃', '甲×°'],
  ['LB24 PR × AL', '￥×a', '$×a'],
  [
    'LB25 numbers',
    '1×2',
    '1×,×2',
    '3×.×5',
    '￥×5',
    '$×5',
    '5×％',
    '5×%',
    '2×0×℃',
    '-×5',
    '1×/×2',
    '(×5',
    '№×5',
    '＃×5',
  ],
  ['LB28 AL × AL', 'a×b', 'é×t', 'Y×.×T'],
  ['LB29 IS × AL', 'e×.×g', 'a×,×b'],
  [
    'LB30 (AL | NU) × OP, CP × (AL | NU), not of East Asian width',
    'a×(',
    '1×(',
    ')×a',
    ']×1',
    'a÷（',
    '）÷a',
    '1÷《',
  ],
  [
    'LB31 ÷ elsewhere',
    '甲÷乙',
    '甲÷a',
    'a÷甲',
    '甲÷1',
    '）÷甲',
    '，÷甲',
    '。÷a',
    '％÷甲',
    '甲÷（',
    '：÷甲',
    '…÷甲',
    ',÷甲',
    '\u{1F600}÷\u{1F600}',
  ],
];

/** Where L3 asks for more, or less, than the Unicode rules, on purpose. */
const differing: [why: string, ...cases: string[]][] = [
  ['L3 a dash never starts a line (LB17 and LB31 let B2)', '甲×—', '甲×—×—÷乙'],
  ['L3 · never starts a line (LB31 lets AL after ID)', '甲×·', '马克·÷吐温'],
  ['L3 ～ never starts a line, a range may part after it', '3×～', '甲×～÷乙'],
  ['L3 a number keeps its unit (LB31 parts NU and ID)', '15×万', '3×月', '9×人', '12÷甲'],
  ['L3 sense ends after a percentage (LB24, LB25 keep PO with AL and NU)', '％÷a', '％÷5'],
  ['L3 hyphenation is off: a soft hyphen is no place to break (LB21)', 'co\u00ad×op'],
  ['L3 closing marks start no line even after ZW (LB8)', '甲\u200b×，'],
  ['L3 iteration marks and small kana are never started with (the strict form of CJ)', 'ア×ァ', '人×々'],
];

function check(marked: string): void {
  const places: { at: number; may: boolean }[] = [];
  let text = '';
  let at = 0;
  for (const char of marked) {
    if (char === '÷' || char === '×') places.push({ at, may: char === '÷' });
    else {
      text += char;
      at += 1;
    }
  }
  const { breaks } = itemize([{ slot: 0, text, face: 'song', bold: 'songBold' }]);
  for (const { at: place, may } of places) expect(breaks[place] === 1, `${marked} at ${place}`).toBe(may);
}

test.each(cases)('L3 Unicode line breaking: %s', (_, ...own) => {
  for (const one of own) check(one);
});

test.each(differing)('L3 differs from Unicode line breaking: %s', (_, ...own) => {
  for (const one of own) check(one);
});

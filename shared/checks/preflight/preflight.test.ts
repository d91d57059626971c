/** Each rule of preflight on a page that breaks it, beside one that breaks none. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { must } from '../../base/must.ts';
import { compose } from '../../layout/compose.ts';
import type { Drawing, LineItem } from '../../layout/drawing.ts';
import { frameAt, tabloid } from '../../layout/sample-pages.ts';
import { sampleStories } from '../../layout/sample-stories.ts';
import type { Story, StoryParagraph } from '../../manuscript/story.ts';
import { type Frame, wholeCrop } from '../../pages/frame.ts';
import type { Page } from '../../pages/page.ts';
import type { StoryFacts } from '../calls.ts';
import type { Grade } from '../finding.ts';
import { type PreflightRule, preflight, preflightRules } from './preflight.ts';
import { undersetLimit } from './underset.ts';

const [sampleA] = sampleStories((name) =>
  readFileSync(new URL(`../../../server/sample/${name}`, import.meta.url), 'utf8'),
);

const inFull = (story: Story, more: Partial<StoryParagraph> = {}): Story => ({
  article: story.article,
  paragraphs: story.paragraphs.map(({ gap: _, ...one }) =>
    one.style === 'figure'
      ? { ...one, image: 'i'.repeat(22), width: 3000, height: 2000, credit: '同稿制图', ...more }
      : one,
  ),
});
const storyA = inFull(sampleA);

const above = frameAt('above', 'story', [0, 0, 5, 39], {
  article: 'A',
  headline: { size: 30 },
  pictures: [{ figure: 0, column: 2, line: 0, columns: 2, lines: 10, ...wholeCrop }],
});
const advertisement = frameAt('below', 'advertisement', [0, 40, 5, 36], { text: '同稿书店' });
const poster: Frame = { ...advertisement, artwork: { image: 'p'.repeat(22), width: 3000, height: 2000 } };
const own = frameAt('below', 'picture', [0, 40, 5, 36], {
  artwork: { image: 'p'.repeat(22), width: 3000, height: 2000 },
  caption: '泺口服装城的夜市。',
  credit: '本报记者　张晓燕　摄',
});
const credits = { editor: '责编', designer: '美编', proofreader: '校对甲' };
const clean: Page = { ...tabloid, id: 'page', credits, frames: [above, advertisement] };

interface Case {
  page?: Partial<Page>;
  /** In place of the frame of this id, or beside the others. */
  frames?: Frame[];
  stories?: Story[];
  facts?: Partial<StoryFacts>;
  neighbours?: Page[];
  /** What the composer never makes by itself. */
  drawn?: (drawing: Drawing) => Drawing;
}

const changed = (story: Story, change: (one: StoryParagraph) => StoryParagraph): Story => ({
  ...story,
  paragraphs: story.paragraphs.map(change),
});

function findingsOf({ page, frames = [], stories = [storyA], facts, neighbours = [], drawn }: Case) {
  const kept = clean.frames.filter(({ id }) => !frames.some((one) => one.id === id));
  const checked: Page = { ...clean, frames: [...kept, ...frames], ...page };
  const drawing = compose(checked, stories, { neighbours });
  return preflight({
    page: checked,
    drawing: drawn ? drawn(drawing) : drawing,
    stories: stories.map((story) => ({
      ...story,
      signed: true,
      spiked: false,
      openComments: 0,
      openSuggestions: 0,
      ...facts,
    })),
    neighbours,
  });
}

/** The first body line that goes on with its paragraph. */
const withLine = (change: (line: LineItem) => LineItem) => (drawing: Drawing) => {
  const at = drawing.items.findIndex(
    (item) => item.kind === 'line' && item.role === 'body' && (item.source?.from ?? 0) > 0,
  );
  return {
    ...drawing,
    items: drawing.items.map((item, n) => (n === at ? change(item as LineItem) : item)),
  };
};
const retold = (text: (before: string) => string) =>
  withLine((line) => ({ ...line, runs: line.runs.map((run) => ({ ...run, text: text(run.text) })) }));

const without = (style: string) =>
  ({ ...storyA, paragraphs: storyA.paragraphs.filter((one) => one.style !== style) }) satisfies Story;
const otherPage = (part: number, id = 'other'): Page => ({
  ...clean,
  id,
  number: 'A04',
  position: 1,
  frames: [{ ...above, id: 'there', part }],
});

const cases: Record<PreflightRule, { given: Case; grade: Grade; place: object; figures?: object }[]> = {
  overset: [
    {
      given: { frames: [{ ...above, place: { ...above.place, lines: 30 } }] },
      grade: 'error',
      place: { article: 'A', frame: 'above' },
      figures: { lines: expect.any(Number), characters: expect.any(Number) },
    },
  ],
  underset: [
    {
      given: { stories: [{ ...storyA, paragraphs: storyA.paragraphs.slice(0, -4) }] },
      grade: 'warning',
      place: { article: 'A', frame: 'above' },
    },
  ],
  cut: [
    {
      given: { frames: [frameAt('below', 'box', [0, 70, 1, 5], { text: '链接'.repeat(200) })] },
      grade: 'error',
      place: { frame: 'below' },
    },
  ],
  headlineMissing: [
    { given: { stories: [without('headline')] }, grade: 'error', place: { article: 'A', frame: 'above' } },
  ],
  bylineMissing: [
    { given: { stories: [without('byline')] }, grade: 'warning', place: { article: 'A', frame: 'above' } },
  ],
  captionMissing: [
    {
      given: { frames: [{ ...own, caption: '' }] },
      grade: 'warning',
      place: { page: 'page', frame: 'below' },
    },
    {
      given: { stories: [inFull(sampleA, { text: ' ' })] },
      grade: 'warning',
      place: { article: 'A', frame: 'above', paragraph: 18 },
      figures: { number: 1 },
    },
  ],
  creditMissing: [
    {
      given: { frames: [{ ...own, credit: ' ' }] },
      grade: 'warning',
      place: { page: 'page', frame: 'below' },
      figures: { number: 0, caption: '泺口服装城的夜市。' },
    },
    {
      given: { stories: [inFull(sampleA, { credit: '' })] },
      grade: 'warning',
      place: { paragraph: 18 },
    },
  ],
  pictureAwaited: [
    {
      given: { stories: [changed(storyA, ({ image: _, ...one }) => one)] },
      grade: 'error',
      place: { article: 'A', frame: 'above', paragraph: 18 },
    },
    {
      given: {
        stories: [storyA],
        frames: [
          frameAt('below', 'picture', [0, 40, 5, 36], {
            article: 'A',
            pictures: [{ figure: 7, column: 0, line: 0, columns: 1, lines: 1, ...wholeCrop }],
          }),
        ],
      },
      grade: 'error',
      place: { article: 'A', frame: 'below' },
    },
  ],
  pictureLeftOut: [
    {
      given: {
        stories: [
          { ...storyA, paragraphs: [...storyA.paragraphs.slice(0, 3), ...storyA.paragraphs.slice(18)] },
        ],
        frames: [{ ...above, place: { ...above.place, columns: 1, lines: 6 }, pictures: above.pictures }],
        drawn: (drawing) => ({
          ...drawing,
          items: drawing.items.filter(({ kind }) => kind !== 'image'),
          overset: [],
        }),
      },
      grade: 'error',
      place: { article: 'A', paragraph: 3 },
    },
  ],
  resolution: [
    {
      given: { stories: [inFull(sampleA, { width: 700, height: 500 })] },
      grade: 'warning',
      place: { paragraph: 18 },
      figures: { ppi: expect.any(Number) },
    },
    {
      given: { frames: [{ ...poster, artwork: { image: 'p'.repeat(22), width: 1500, height: 1000 } }] },
      grade: 'warning',
      place: { page: 'page', frame: 'below' },
      figures: { number: 0, caption: '', ppi: expect.any(Number) },
    },
    {
      given: { frames: [{ ...own, pictures: [{ ...above.pictures[0]!, figure: 0, zoom: 4 }] }] },
      grade: 'error',
      place: { page: 'page', frame: 'below' },
    },
    { given: { stories: [inFull(sampleA, { width: 300, height: 200 })] }, grade: 'error', place: {} },
    {
      given: {
        frames: [{ ...above, pictures: above.pictures.map((one) => ({ ...one, zoom: 4 })) }],
        stories: [inFull(sampleA, { width: 2400, height: 1600 })],
      },
      grade: 'warning',
      place: { paragraph: 18 },
    },
  ],
  unlabelled: [
    {
      given: { frames: [{ ...poster, labelled: false }] },
      grade: 'error',
      place: { frame: 'below' },
    },
    {
      given: { frames: [{ ...advertisement, labelled: false }] },
      grade: 'error',
      place: { frame: 'below' },
      figures: { name: '同稿书店' },
    },
  ],
  jumpUnmatched: [
    { given: { frames: [{ ...above, part: 1 }] }, grade: 'error', place: { frame: 'above' } },
    {
      given: { frames: [{ ...above, part: 2 }], neighbours: [otherPage(0)] },
      grade: 'error',
      place: { frame: 'above', article: 'A' },
      figures: { part: 3, missing: 2 },
    },
  ],
  placedTwice: [
    {
      given: { neighbours: [otherPage(0)] },
      grade: 'error',
      place: { frame: 'above' },
      figures: { times: 2 },
    },
    {
      given: { frames: [{ ...above, id: 'below', place: { ...above.place, line: 40, lines: 36 } }] },
      grade: 'error',
      place: { frame: 'above' },
      figures: { part: 1, pages: 'A03' },
    },
  ],
  openSuggestions: [
    {
      given: {
        facts: { openSuggestions: 3 },
        stories: [
          changed(storyA, (one) =>
            one.style === 'lead' || one.style === 'headline'
              ? { ...one, suggested: [{ from: 1, to: 2, type: 'delete', color: 0 }] }
              : one,
          ),
        ],
      },
      grade: 'error',
      place: { article: 'A', from: 1, to: 2 },
      figures: { count: 3 },
    },
  ],
  openComments: [
    { given: { facts: { openComments: 2 } }, grade: 'error', place: { article: 'A' }, figures: { count: 2 } },
  ],
  unsigned: [
    { given: { facts: { signed: false } }, grade: 'error', place: { article: 'A', frame: 'above' } },
  ],
  spikedPlaced: [
    {
      given: { facts: { signed: false, spiked: true } },
      grade: 'error',
      place: { article: 'A', frame: 'above' },
    },
  ],
  lineStart: [
    {
      given: { drawn: retold((text) => `。${text.slice(1)}`) },
      grade: 'warning',
      place: { article: 'A', frame: 'above', from: expect.any(Number) },
      figures: { character: '。' },
    },
  ],
  lineEnd: [
    {
      given: { drawn: retold((text) => `${text.slice(0, -1)}《`) },
      grade: 'warning',
      place: { article: 'A', frame: 'above' },
      figures: { character: '《' },
    },
  ],
  glyphMissing: [
    {
      given: {
        stories: [
          changed(storyA, (one) => (one.style === 'headline' ? { ...one, text: `🀄${one.text}🀄` } : one)),
        ],
      },
      grade: 'error',
      place: { article: 'A', paragraph: 0, from: 0, to: 2 },
      figures: { character: '🀄', count: 2 },
    },
    {
      given: { frames: [{ ...advertisement, text: '🀄🀄面' }] },
      grade: 'error',
      place: { frame: 'below' },
    },
  ],
  outsideTypeArea: [
    {
      given: { drawn: withLine((line) => ({ ...line, y: line.y + 2000 })) },
      grade: 'error',
      place: { article: 'A' },
    },
    {
      given: {
        drawn: withLine((line) => ({ ...line, runs: line.runs.map((run) => ({ ...run, x: run.x - 40 })) })),
      },
      grade: 'warning',
      place: { article: 'A' },
    },
  ],
  overlap: [
    {
      given: { frames: [frameAt('box', 'box', [1, 35, 2, 4], { text: '链接' })] },
      grade: 'error',
      place: { frame: 'box' },
      figures: { other: 'above' },
    },
    {
      given: {
        frames: [
          frameAt('below', 'picture', [0, 40, 5, 36], { article: 'A' }),
          frameAt('words', 'text', [1, 45, 2, 3], { text: '压图' }),
        ],
      },
      grade: 'note',
      place: { frame: 'words' },
    },
  ],
  offGrid: [
    {
      given: { page: { grid: { ...tabloid.grid, lines: 70 } } },
      grade: 'error',
      place: { frame: 'below' },
      figures: { columns: 0, lines: 6 },
    },
  ],
  emptyFrame: [
    {
      given: { frames: [frameAt('below', 'story', [0, 40, 5, 36])] },
      grade: 'error',
      place: { frame: 'below' },
      figures: { kind: 'story' },
    },
    {
      given: { frames: [frameAt('below', 'text', [0, 40, 5, 36], { text: ' ' })] },
      grade: 'warning',
      place: { frame: 'below' },
    },
    {
      given: { frames: [frameAt('below', 'picture', [0, 40, 5, 36], { article: 'gone' })] },
      grade: 'error',
      place: { frame: 'below' },
    },
  ],
  folioIncomplete: [
    {
      given: { page: { credits: { ...credits, editor: ' ', proofreader: '' } } },
      grade: 'error',
      place: { part: 'folio' },
      figures: { missing: 'editor proofreader' },
    },
  ],
  gapLeft: [
    {
      given: {
        stories: [
          {
            ...inFull(sampleA),
            paragraphs: inFull(sampleA).paragraphs.with(12, { ...sampleA.paragraphs[12]!, gap: true }),
          },
        ],
      },
      grade: 'warning',
      place: { article: 'A', paragraph: 12 },
    },
  ],
};

test('a page in order has nothing to be found', () => {
  expect(findingsOf({})).toEqual([]);
});

describe.each(Object.keys(preflightRules) as PreflightRule[])('%s', (rule) => {
  test.each(cases[rule].map((one, n) => [n + 1, one] as const))(
    'is found on page %i that breaks it',
    (_, { given, grade, place, figures = {} }) => {
      const own = findingsOf(given).filter((one) => one.rule === rule);
      expect(own).toHaveLength(1);
      expect(own[0]).toMatchObject({ rule, grade, place: { page: 'page', ...place }, figures });
    },
  );
});

test('what is in order by another way is no finding', () => {
  const codes = (given: Case) => findingsOf(given).map(({ rule }) => rule);
  const signed = '本报记者 张晓燕 摄';
  expect(codes({ stories: [inFull(sampleA, { text: `开展大集。${signed}`, credit: '' })] })).toEqual([]);
  expect(codes({ page: { credits: { editor: '', designer: '', proofreader: '' }, head: 'none' } })).toEqual(
    [],
  );
  expect(codes({ neighbours: [otherPage(1)] })).not.toContain('placedTwice');
  expect(codes({ frames: [{ ...above, part: 1 }], neighbours: [otherPage(0)] })).not.toContain(
    'jumpUnmatched',
  );
  const dated = changed(without('byline'), (one) =>
    one.style === 'lead' ? { ...one, style: 'dateline', text: '本报讯（记者 宗兆洋）今年' } : one,
  );
  expect(codes({ stories: [dated] })).not.toContain('bylineMissing');
  const missed = { ...advertisement, text: '用〓代字' };
  expect(
    codes({ stories: [changed(storyA, (one) => (one.style === 'headline' ? { ...one, text: '〓' } : one))] }),
  ).not.toContain('glyphMissing');
  expect(codes({ frames: [missed] })).toEqual([]);
  // An advertisement prints neither caption nor credit.
  expect(codes({ frames: [{ ...poster, text: '' }] })).toEqual([]);
  expect(codes({ frames: [own] })).toEqual([]);
});

test('a story may miss so many lines at its end', () => {
  const last = storyA.paragraphs.findLast(({ style }) => style === 'body');
  /** The story without the last characters of its text. */
  const without = (count: number) =>
    changed(storyA, (one) => (one.text === last?.text ? { ...one, text: one.text.slice(0, -count) } : one));
  const missing = (count: number) => -compose(clean, [without(count)]).copyfit[0]!.lines;
  const counts = Array.from({ length: 100 }, (_, n) => n + 1);
  const shortBy = (lines: number) =>
    must(
      counts.find((count) => missing(count) === lines),
      'a shorter text',
    );
  const rules = (lines: number) => findingsOf({ stories: [without(shortBy(lines))] }).map(({ rule }) => rule);
  expect(rules(undersetLimit)).toEqual([]);
  expect(rules(undersetLimit + 1)).toEqual(['underset']);
});

test('the gravest come first, and of these what is no frame’s, then in the order of the page', () => {
  const many = findingsOf({
    page: { credits: { editor: '', designer: '', proofreader: '' } },
    facts: { signed: false, openComments: 1 },
    frames: [{ ...advertisement, labelled: false }],
    stories: [inFull(sampleA, { credit: '' })],
  });
  expect(many.map(({ rule, grade }) => [rule, grade])).toEqual([
    ['folioIncomplete', 'error'],
    ['unsigned', 'error'],
    ['openComments', 'error'],
    ['unlabelled', 'error'],
    ['creditMissing', 'warning'],
  ]);
});

test('outsideTypeArea: a line of the first column that opens with a quotation mark stands inside it', () => {
  const quotes = Array.from({ length: 60 }, (_, n) => `说“${'打卡泺享汇'.slice(0, 1 + (n % 5))}”`).join('');
  const opening = changed(storyA, (one) => (one.style === 'body' ? { ...one, text: quotes } : one));
  const lines = compose({ ...clean }, [opening]).items.filter(
    (item): item is LineItem => item.kind === 'line' && item.role === 'body' && (item.source?.from ?? 0) > 0,
  );
  const first = Math.min(...lines.map(({ runs }) => runs[0]!.x));
  const starts = lines.filter(({ runs }) => runs[0]!.x === first && runs[0]!.text.startsWith('“'));
  expect(starts.length).toBeGreaterThan(0);
  expect(findingsOf({ stories: [opening] }).filter(({ rule }) => rule === 'outsideTypeArea')).toEqual([]);
});

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Story } from '../manuscript/story.ts';
import { withheldArticle } from '../pages/frame.ts';
import type { Page } from '../pages/page.ts';
import { samplePage } from '../pages/sample.ts';
import { mayEnd, mayStart } from './classes.ts';
import { compose } from './compose.ts';
import type { Drawing, LineItem } from './drawing.ts';
import { composeGalley } from './galley.ts';
import { frameAt, goldenPages, shortened } from './sample-pages.ts';
import { sampleStories } from './sample-stories.ts';
import type { SetCache } from './set.ts';

const stories = sampleStories((name) =>
  readFileSync(new URL(`../../server/sample/${name}`, import.meta.url), 'utf8'),
);
const [a, b] = stories;
const page = samplePage({ articleA: 'A', articleB: 'B', date: '2026-11-23' });
const linesOf = (items: readonly { kind: string }[]) => items.filter((i): i is LineItem => i.kind === 'line');
const textOf = (line: LineItem) => line.runs.map((run) => run.text).join('');
const golden = (drawing: Drawing) => `${JSON.stringify(drawing, null, 1)}\n`;

test('L14 golden Drawing of the page with both sample articles', async () => {
  await expect(golden(compose(page, stories))).toMatchFileSnapshot('golden/page.json');
});

test('L14 golden Drawings of each sample article as a galley', async () => {
  await expect(golden(composeGalley(a, page.grid))).toMatchFileSnapshot('golden/galley-a.json');
  await expect(golden(composeGalley(b, page.grid))).toMatchFileSnapshot('golden/galley-b.json');
});

test('L14 L11 the same input gives the same bytes, with and without a cache', () => {
  const cache: SetCache = new Map();
  const first = JSON.stringify(compose(page, stories));
  expect(JSON.stringify(compose(page, stories, { cache }))).toBe(first);
  const before = cache.size;
  expect(JSON.stringify(compose(page, stories, { cache }))).toBe(first);
  expect(cache.size).toBe(before);
});

test('L11 one keystroke sets one paragraph anew', () => {
  const cache: SetCache = new Map();
  compose(page, stories, { cache });
  const before = cache.size;
  const typed = structuredClone(b);
  const paragraph = typed.paragraphs[5];
  if (paragraph) paragraph.text = paragraph.text.replace('创建于', '始创建于');
  compose(page, [a, typed], { cache });
  expect(cache.size).toBe(before + 1);
});

test('L11 on a page of eight stories a keystroke draws one of them anew', () => {
  const eight = Array.from({ length: 8 }, (_, i) => shortened(i % 2 === 0 ? a : b, `S${i}`, 4));
  const cache: SetCache = new Map();
  const first = compose(goldenPages.eight, eight, { cache });
  const before = cache.size;
  const typed = eight.map((own, n) =>
    n === 3
      ? { ...own, paragraphs: own.paragraphs.map((p, m) => (m === 2 ? { ...p, text: `新${p.text}` } : p)) }
      : structuredClone(own),
  );
  const second = compose(goldenPages.eight, typed, { cache });
  expect(cache.size).toBe(before + 1);
  const of = (drawing: Drawing, article: string) =>
    drawing.items.filter((item) => item.kind === 'line' && item.article === article);
  for (const { article } of eight) {
    const kept = of(second, article).every((item, n) => item === of(first, article)[n]);
    expect(kept, article).toBe(article !== 'S3');
  }
});

test('L12 the lines of a story cover every character of it exactly once, printed and overset', () => {
  for (const drawing of [compose(page, stories), composeGalley(a), composeGalley(b)]) {
    const lines = [...linesOf(drawing.items), ...drawing.overset.flatMap((o) => o.items)];
    for (const story of stories.filter((s) => drawing.copyfit.some((c) => c.article === s.article))) {
      story.paragraphs.forEach((paragraph, index) => {
        const own = lines
          .filter((line) => line.source?.article === story.article && line.source.paragraph === index)
          .sort((x, y) => (x.source?.from ?? 0) - (y.source?.from ?? 0));
        let at = 0;
        for (const line of own) {
          expect(line.source?.from).toBe(at);
          at = line.source?.to ?? 0;
          expect(textOf(line)).toBe(paragraph.text.slice(line.source?.from, at));
        }
        expect(at, paragraph.text).toBe(paragraph.text.length);
      });
    }
  }
});

test('L3 L6 both articles: no forbidden start or end, no last line of one character, at every width', () => {
  for (let characters = 11; characters <= 28; characters += 1) {
    for (const story of stories) {
      const drawing = composeGalley(story, { ...page.grid, characters });
      const lines = linesOf(drawing.items).filter((l) => l.role === 'body' || l.role === 'lead');
      for (const line of lines) {
        const text = textOf(line).trimEnd();
        const whole = story.paragraphs[line.source?.paragraph ?? -1]?.text ?? '';
        if (line.source?.from !== 0) expect(mayStart(text.codePointAt(0) ?? 0), text).toBe(true);
        if ((line.source?.to ?? 0) < whole.length)
          expect(mayEnd(text.codePointAt(text.length - 1) ?? 0), text).toBe(true);
        else if (line.source?.from !== 0) expect([...text].length, text).toBeGreaterThan(1);
      }
    }
  }
});

test('L1 every body line stands on the common grid, and every full line ends at its column', () => {
  const drawing = compose(page, stories);
  const body = linesOf(drawing.items).filter((l) => ['body', 'lead', 'crosshead'].includes(l.role));
  const base = Math.min(...body.map((l) => l.y));
  for (const line of body) expect(((line.y - base) / 12.75) % 1).toBe(0);
  const full = body.filter((l) => {
    const text =
      stories.find((s) => s.article === l.source?.article)?.paragraphs[l.source?.paragraph ?? 0]?.text ?? '';
    return l.role !== 'crosshead' && (l.source?.to ?? 0) < text.length;
  });
  expect(full.length).toBeGreaterThan(150);
  for (const line of full) {
    const last = line.runs.at(-1)!;
    const end = last.advances.reduce((x, advance) => x + advance, last.x);
    const column = (end - 93 + 12) / 138;
    expect(Math.abs(column - Math.round(column)) * 138, textOf(line)).toBeLessThan(0.002);
  }
});

const withLines = (lines: number): Page => ({
  ...page,
  grid: { ...page.grid, lines: 400 },
  height: 2000,
  frames: [{ ...page.frames[1]!, place: { column: 0, line: 0, columns: 1, lines }, pictures: [] }],
});

test('L9 copyfit is exact: so many lines more and it fits, one fewer and it does not', () => {
  const cache: SetCache = new Map();
  for (let lines = 30; lines < 190; lines += 1) {
    const fit = compose(withLines(lines), [b], { cache }).copyfit[0]!;
    expect(compose(withLines(lines + fit.lines), [b], { cache }).copyfit[0]!.lines, String(lines)).toBe(0);
    if (fit.lines > 0) {
      const less = compose(withLines(lines + fit.lines - 1), [b], { cache }).copyfit[0]!;
      expect(less.lines).toBe(1);
      expect(less.characters).toBeGreaterThan(0);
    }
  }
});

test('L9 overset characters are those of the lines that hang below, each with its source', () => {
  const drawing = compose(page, stories);
  const fit = drawing.copyfit.find((c) => c.article === 'B')!;
  const over = drawing.overset.find((o) => o.article === 'B')!;
  expect(fit.lines).toBe(over.items.length);
  expect(fit.characters).toBe(over.items.map(textOf).join('').replace(/\s/g, '').length);
  expect(over.items.every((line) => line.source?.article === 'B')).toBe(true);
  expect(over.box.y).toBeGreaterThan(drawing.trim.y + drawing.trim.height);
  expect(drawing.copyfit.find((c) => c.article === 'A')!.lines).toBeLessThanOrEqual(0);
});

test('L9 stories that are overset in one column hang clear of each other', () => {
  const frames = [
    frameAt('a', 'story', [0, 0, 2, 30], { article: 'A' }),
    frameAt('b', 'story', [0, 31, 2, 30], { article: 'B' }),
  ];
  const [one, two] = compose({ ...page, frames }, stories).overset.map(({ box }) => box);
  expect(two!.x).toBe(one!.x);
  expect(two!.y).toBeCloseTo(one!.y + one!.height, 6);
});

test('L7 a crosshead never ends a column, wherever the columns end', () => {
  for (let lines = 14; lines < 60; lines += 1) {
    const frame = { ...page.frames[1]!, line: 0, lines };
    const drawing = compose({ ...page, frames: [frame] }, [b]);
    const body = linesOf(drawing.items).filter(
      (l) => l.source && ['body', 'lead', 'crosshead'].includes(l.role),
    );
    body.forEach((line, n) => {
      const next = body[n + 1];
      if (line.role !== 'crosshead') return;
      expect(next, textOf(line)).toBeDefined();
      expect(next!.y, textOf(line)).toBe(line.y + 12.75);
    });
  }
});

test('L7 no line of a story falls outside its frame or over its picture', () => {
  const drawing = compose(page, stories);
  const pictures = drawing.items.filter((i) => i.kind === 'image');
  expect(pictures).toHaveLength(2);
  for (const line of linesOf(drawing.items)) {
    if (line.role !== 'body' && line.role !== 'crosshead') continue;
    const x = line.runs[0]!.x;
    for (const p of pictures) {
      const over = x >= p.x - 1 && x < p.x + p.width && line.y > p.y && line.y - 9 < p.y + p.height;
      expect(over, textOf(line)).toBe(false);
    }
  }
});

test('a withheld frame is drawn empty, and nothing of the story is in the Drawing', () => {
  const [above, below] = page.frames;
  const drawing = compose({ ...page, frames: [{ ...above!, article: withheldArticle }, below!] }, [b]);
  expect(drawing.items.filter((i) => i.kind === 'box' && i.role === 'withheld')).toHaveLength(1);
  expect(JSON.stringify(drawing)).not.toContain('孙村');
});

const story = (...paragraphs: Story['paragraphs']): Story => ({ article: 'A', paragraphs });

test('a lost tail is printed as it is: 原文缺 stands nowhere', () => {
  expect(JSON.stringify(compose(page, stories))).not.toContain('原文缺');
});

test('a dateline runs on into its paragraph, each part with its own source', () => {
  const drawing = compose(page, [
    story(
      { style: 'dateline', text: '本报济南11月22日讯', marks: [] },
      { style: 'lead', text: '今年，“新质生产力”是备受关注的热词之一。', marks: [] },
    ),
  ]);
  const own = linesOf(drawing.items).filter((l) => l.source?.article === 'A');
  expect(own[0]).toMatchObject({ role: 'dateline', source: { paragraph: 0, from: 0 } });
  expect(own[1]).toMatchObject({ role: 'lead', source: { paragraph: 1, from: 0 } });
  expect(own[1]!.y).toBe(own[0]!.y);
});

test('a photograph with its credit, a bold passage, an emoji and a character no face has', () => {
  const drawing = compose(page, [
    story(
      { style: 'headline', text: '甲', marks: [] },
      {
        style: 'figure',
        text: '图说',
        marks: [],
        image: 'x'.repeat(22),
        width: 800,
        height: 600,
        credit: '本报记者 张晓燕 摄',
      },
      { style: 'body', text: '甲乙\u{1F9E7}丙', marks: [{ from: 1, to: 2, type: 'bold' }] },
      { style: 'figure', text: '第二张', marks: [] },
    ),
  ]);
  expect(drawing.items.filter((i) => i.kind === 'image').map((i) => i.image)).toEqual(['x'.repeat(22), null]);
  const lines = linesOf(drawing.items);
  expect(
    lines
      .filter((l) => l.role === 'credit')
      .map(textOf)
      .join(''),
  ).toContain('本报记者 张晓燕 摄');
  const body = lines.find((l) => l.role === 'body')!;
  expect(body.runs.map((r) => [r.face, r.text])).toEqual([
    ['song', '甲'],
    ['songBold', '乙'],
    ['song', '〓丙'],
  ]);
  expect(lines.some((l) => textOf(l).includes('第二张'))).toBe(true);
});

test('L3 L12 bold, slanted and linked passages break as plain ones do, and each keeps its face and its address', () => {
  const text =
    '今年以来，Tonggao 2.0在15万名读者中试用，满意度达95.5%；参见《人民日报》（2026年第3期）与WTO官网，价格为￥1,200起。'.repeat(
      3,
    );
  const href = 'https://example.com/a';
  const marks: Story['paragraphs'][number]['marks'] = [
    { from: 3, to: 20, type: 'bold' },
    { from: 12, to: 33, type: 'link', href },
    { from: 40, to: 47, type: 'italic' },
    { from: 61, to: 90, type: 'link', href: 'mailto:desk@example.com' },
  ];
  const draw = (own: typeof marks) =>
    linesOf(compose(page, [story({ style: 'body', text, marks: own })]).items).filter(
      (l) => l.role === 'body',
    );
  const marked = draw(marks);
  const ends = (lines: LineItem[]) => lines.map(({ source }) => source!.to);
  expect(ends(draw(marks.filter(({ type }) => type !== 'bold')))).toEqual(ends(draw([])));
  for (const line of marked) {
    let at = line.source!.from;
    for (const run of line.runs) {
      const own = (type: string) => marks.find((m) => m.type === type && m.from <= at && at < m.to);
      expect(run.text).toBe(text.slice(at, at + run.text.length));
      expect(run.face).toBe(own('bold') ? 'songBold' : 'song');
      expect(run.href).toBe(own('link')?.href);
      expect(run.italic).toBe(own('italic') ? true : undefined);
      expect(run.advances).toHaveLength([...run.text].length);
      at += run.text.length;
    }
    expect(at).toBe(line.source!.to);
  }
  for (const [n, line] of marked.entries()) {
    const around = textOf(line).slice(-1) + textOf(marked[n + 1] ?? line).slice(0, 1);
    if (n + 1 < marked.length)
      expect(around).not.toMatch(/[A-Za-z]{2}|\d[\d.,%万年]|￥\d|[（《].|.[）》，。；]/u);
  }
});

test('an empty story, or one that is only a headline, leaves its frame empty and says how much is missing', () => {
  for (const given of [story(), story({ style: 'headline', text: '', marks: [] })]) {
    const drawing = compose(page, [given]);
    const fit = { lines: -195, characters: -195 * 14, room: 195 };
    expect(drawing.copyfit[0]).toEqual({ article: 'A', ...fit, frames: [{ frame: 'above', ...fit }] });
  }
});

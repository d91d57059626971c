/** The print-ready file as a document: what is read, in which order, what leads where, and what is in it once. */
import { expect, test } from 'vitest';
import { must } from '../../shared/base/must.ts';
import type { Drawing, LineItem } from '../../shared/layout/drawing.ts';
import { printHtml } from './html.ts';
import { readingOrder } from './html-order.ts';
import { trialSheets, trialStories } from './trial-edition.ts';

const asked: [string, string][] = [];
const painted = async (sheets = trialSheets()) =>
  printHtml({
    sheets,
    title: '同稿日报',
    subset: async (face, text) => {
      asked.push([face, text]);
      return Buffer.from(face);
    },
    picture: async () => ({ bytes: Buffer.from('jpeg'), type: 'image/jpeg' }),
  });

const textOf = (lines: readonly LineItem[]) =>
  lines.flatMap(({ runs }) => runs.map(({ text }) => text)).join('');
const linesOf = (drawing: Drawing) => drawing.items.filter((item) => item.kind === 'line');

test('every line of a Drawing is read exactly once', () => {
  for (const { drawing } of trialSheets()) {
    const read = readingOrder(drawing).flatMap((part) =>
      part.kind === 'article' ? part.elements.flatMap(({ lines }) => lines) : part.lines,
    );
    expect(new Set(read)).toEqual(new Set(linesOf(drawing)));
    expect(read).toHaveLength(linesOf(drawing).length);
  }
});

test('a story is read whole and in its own order, however its frames lie', () => {
  const [front] = trialSheets().map(({ drawing }) => drawing);
  const items = must(front, 'front').items;
  // As when the part with the headline stands below the one that goes on.
  const turned = { ...must(front, 'front'), items: items.toReversed() };
  const part = readingOrder(turned).find((each) => each.kind === 'article' && each.article === 'B');
  const read = part?.kind === 'article' ? part.elements : [];
  const paragraphs = read.flatMap(({ role, lines }) => (role === 'body' ? [textOf(lines)] : []));
  const written = trialStories[1].paragraphs.filter(({ style }) => style === 'body').map(({ text }) => text);
  // The first has a suggestion in it, the last goes on elsewhere.
  expect(paragraphs.slice(1, -1)).toEqual(written.slice(1, paragraphs.length - 1));
  expect(read.map(({ role }) => role).slice(0, 3)).toEqual(['headline', 'deck', 'byline']);
});

test('parts of a story lead to each other, and each face is cut once for all pages', async () => {
  asked.length = 0;
  const html = await painted();
  expect(html).toMatch(/<article id="p1-2" aria-flowto="p2-1">/);
  expect(html).toMatch(/<article id="p2-1" aria-label="济南泺口服装城“双升级.双转型”（续）">/);
  const bare = html.replaceAll(/<\/?span[^>]*>/g, '');
  expect(bare).toContain('<a href="#p2-1">（下转A02版）</a>');
  expect(bare).toContain('<a href="#p1-2">（上接A01版）</a>');
  expect(new Set(asked.map(([face]) => face)).size).toBe(asked.length);
  expect(html.match(/@font-face/g)).toHaveLength(asked.length);
  expect(html).toContain('@page p1 { size: 864.568pt 1204.725pt');
  expect(html).toContain('@page p2 { size: 1190.552pt 1615.749pt');
});

test('each kind of frame is an element of its kind', async () => {
  const html = await painted();
  expect(html).toMatch(/<header><h2>.*同稿日报/);
  expect(html).toMatch(/<aside><p>.*编者按/);
  expect(html.match(/<figure aria-label="广告">/g)).toHaveLength(3);
  expect(html).toMatch(/<figcaption><span class="l"[^>]*><span class="t\d+">广告/);
  // Pictures of the page's own, with what is printed below one, and an advertisement's that says nothing of itself.
  const bare = html.replaceAll(/<\/?span[^>]*>/g, '');
  expect(bare).toMatch(
    /<figure><img alt="亮灯的街" [^>]*><figcaption>▲泺口服装城的夜市。\s*本报记者　张晓燕　摄<\/figcaption><\/figure>/,
  );
  expect(html).toMatch(/<figure aria-label="广告"><img alt="同稿书店"/);
  expect(html).toContain('<span class="l v"');
  expect(html).toContain('.v { writing-mode: vertical-rl }');
  // The white ground of 广告 lies on the advertisement's picture.
  expect(html).toMatch(/<svg[^>]*class="over"[^>]*><rect/);
});

test('a proof says so: pale words below everything, its slug last, changes in their persons’ colours', async () => {
  const slug = '大样　第A01版　2026年11月23日 14:05　张三';
  const html = await painted(trialSheets({ words: '大样', slug, unsigned: ['A'] }));
  expect(html.match(/<text [^>]*>大样<\/text>/g)).toHaveLength(2);
  expect(html.match(/<text [^>]*>未签<\/text>/g)).toHaveLength(1);
  expect(html).toMatch(/<footer><p><span class="l"/);
  expect(html).toMatch(/<ins style="color:#1b7352">/);
  expect(html).toMatch(/<del style="color:#a02e66">/);
  const press = await painted();
  expect(press).not.toMatch(/<text |大样|未签|<ins|<del|<footer/);
});

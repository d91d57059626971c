/** The screen edition: the story's parts as elements of their kind, its marks, its pictures, and nothing else. */
import { expect, test } from 'vitest';
import type { Story } from '../../shared/manuscript/story.ts';
import { screenHtml } from './screen.ts';
import { trialStories } from './trial-edition.ts';

const picture = async () => ({ bytes: Buffer.from('jpeg'), type: 'image/jpeg', width: 1440, height: 960 });
const show = (story: Story) => screenHtml({ story, source: '同稿日报', picture });

test('a story reads from its heading to its source, with one h1 and its picture inside', async () => {
  const html = await show(trialStories[1]);
  expect(html.match(/<h1>/g)).toHaveLength(1);
  expect(html).toContain('<h1>济南泺口服装城“双升级　双转型”</h1>'.replace('　', ' '));
  expect(html).toContain('<p class="deck">点亮传统商贸流通行业跨界发展新篇章</p></hgroup>');
  expect(html.match(/<h2>/g)).toHaveLength(3);
  expect(html).toContain('<img alt="商城夜景" width="1440" height="960" src="data:image/jpeg;base64,');
  expect(html).toContain('<span class="credit">本报记者 摄</span></figcaption>');
  expect(html).toContain('<html lang="zh-Hans">');
  expect(html).not.toMatch(/<script|src="http|url\(/);
});

test('marks nest, addresses pass the allow-list, suggestions read as accepted', async () => {
  const html = await show({
    article: 'A',
    paragraphs: [
      { style: 'headline', text: '<b>题</b>', marks: [] },
      { style: 'dateline', text: '本报济南讯', marks: [] },
      {
        style: 'body',
        text: '粗斜连坏增删完',
        marks: [
          { from: 0, to: 2, type: 'bold' },
          { from: 1, to: 2, type: 'italic' },
          { from: 2, to: 3, type: 'link', href: 'https://a.example/?"x' },
          { from: 3, to: 4, type: 'link', href: 'javascript:ran()' },
        ],
        suggested: [
          { from: 4, to: 5, type: 'insert', color: 0 },
          { from: 5, to: 6, type: 'delete', color: 0 },
        ],
      },
      { style: 'quote', text: '说。', marks: [] },
      { style: 'figure', text: '说明', marks: [] },
    ],
  });
  expect(html).toContain('<h1>&lt;b&gt;题&lt;/b&gt;</h1>');
  expect(html).toContain(
    '<p><span class="dateline">本报济南讯</span><strong>粗</strong><strong><em>斜</em></strong>' +
      '<a href="https://a.example/?&quot;x" rel="noopener noreferrer">连</a>坏增完</p>',
  );
  expect(html).toContain('<blockquote><p>说。</p></blockquote>');
  expect(html).toContain('<figure><p class="awaited">照片待传</p><figcaption>说明</figcaption></figure>');
});

test('a story without a headline has a heading all the same', async () => {
  expect(await show({ article: 'A', paragraphs: [{ style: 'body', text: '正文。', marks: [] }] })).toContain(
    '<h1>正文。</h1>',
  );
  expect(await show({ article: 'A', paragraphs: [] })).toContain('<h1>无题</h1>');
});

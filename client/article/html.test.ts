import { expect, test } from 'vitest';
import { readHtml, readPlain } from './html.ts';
import { sliceOf } from './paste.ts';
import { articleSchema } from './schema.ts';

const brief = (html: string) =>
  readHtml(html).map(
    ({ style, runs }) => `${style}:${runs.map(({ text, bold }) => (bold ? `*${text}*` : text)).join('')}`,
  );

const word = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator content="Microsoft Word 15">
<style><!-- p.MsoNormal {margin:0cm; font-family:"等线"} --></style><!--[if gte mso 9]><xml><o:Doc>x</o:Doc></xml><![endif]--></head>
<body lang=ZH-CN style='tab-interval:21.0pt'><!--StartFragment-->
<h1><span style='font-family:宋体'>济南泺口服装城</span><span lang=EN-US>“双升级”<o:p></o:p></span></h1>
<p class=MsoSubtitle>点亮传统商贸</p>
<p class=MsoNormal style='text-indent:21.0pt'><span style='font-family:宋体'>　　济南泺口服装城创建于</span><span
lang=EN-US>1989</span><span style='font-family:宋体'>年，<b>党支部</b>成立。</span><span lang=EN-US><o:p>&nbsp;</o:p></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<h2>坚守初心</h2>
<p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp;&nbsp;</span></span><![endif]>第一项</p>
<p class=MsoNormal><a href="https://example.com/">链接</a>与<a href="javascript:alert(1)">坏链接</a></p>
<h1>第二个一级标题</h1>
<!--EndFragment--></body></html>`;

test('Word: headings, subtitle, list text, links; no dress, no list numbers, no empty lines', () => {
  expect(brief(word)).toEqual([
    'headline:济南泺口服装城“双升级”',
    'deck:点亮传统商贸',
    'body:济南泺口服装城创建于1989年，*党支部*成立。',
    'crosshead:坚守初心',
    'body:第一项',
    'body:链接与坏链接',
    'crosshead:第二个一级标题',
  ]);
  expect(readHtml(word)[5]?.runs.map(({ href }) => href)).toEqual(['https://example.com/', null]);
});

const wps = `<html><head><meta name="Generator" content="WPS Office"><style>@font-face{font-family:"宋体";}</style></head>
<body><!--StartFragment--><p class="MsoNormal" align="center" style="text-align:center;"><b><span style="mso-spacerun:'yes';font-family:黑体;font-weight:bold;font-size:22.0000pt;">党建聚“链”</span></b></p>
<p class="MsoNormal" style="text-indent:32.0000pt;"><span style="mso-spacerun:'yes';font-family:仿宋;font-size:16.0000pt;">孙村街道<font face="仿宋">激活</font>新质生产力，</span><span style="font-weight:bold">重点</span>与<i>斜</i>。</p>
<p class="MsoNormal"><span>甲&lt;乙&amp;丙&#160;&#x4E01;</span></p><!--EndFragment--></body></html>`;

test('WPS: a short bold line is a crosshead, inline dress goes, entities are read', () => {
  expect(brief(wps)).toEqual([
    'crosshead:党建聚“链”',
    'body:孙村街道激活新质生产力，*重点*与斜。',
    'body:甲<乙&丙 丁',
  ]);
});

const wechat = `<h1 class="rich_media_title" id="activity-name">泺口服装城焕新</h1><div id="js_content"><section style="margin:0"><section><span style="font-size:15px;letter-spacing:1px;">今年，“新质生产力”<br/>成为热词。</span></section></section>
<p style="text-align:center"><img class="rich_pages" data-src="https://mmbiz.qpic.cn/x/640?wx_fmt=jpeg" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="商圈夜景" width="auto"></p>
<section><strong><span>坚守初心</span></strong></section><section><span>正文\u200b一\n  段。</span></section><img src="https://x/i.png" width="1"><script>alert("<p>no</p>")</script><style>p{}</style></div>`;

test('WeChat: nested sections, line breaks, pictures as places to fill, scripts and trackers dropped', () => {
  expect(brief(wechat)).toEqual([
    'headline:泺口服装城焕新',
    'body:今年，“新质生产力”',
    'body:成为热词。',
    'figure:',
    'crosshead:坚守初心',
    'body:正文一 段。',
  ]);
  expect(readHtml(wechat)[3]).toMatchObject({
    picture: 'https://mmbiz.qpic.cn/x/640?wx_fmt=jpeg',
    alt: '商圈夜景',
  });
});

test('plain text: every line a paragraph, indents and empty lines dropped', () => {
  expect(readPlain('　　第一段\r\n\r\n  第二段\t完\n')).toEqual([
    { style: 'body', runs: [{ text: '第一段', bold: false, italic: false, href: null }] },
    { style: 'body', runs: [{ text: '第二段 完', bold: false, italic: false, href: null }] },
  ]);
});

test('broken or hostile HTML is read as far as it goes and never hangs', () => {
  expect(brief('<p>一<b>二</p><p>三')).toEqual(['body:一*二*', 'body:三']);
  expect(brief('a < b')).toEqual(['body:a < b']);
  expect(brief('<!-- no end')).toEqual([]);
  expect(brief(`<p>${'<span>'.repeat(20_000)}深</p>`)).toEqual(['body:深']);
  expect(brief('</p></div>甲')).toEqual(['body:甲']);
});

test('a picture inside the clipboard is no words, however long its address', () => {
  const picture = `data:image/png;base64,${'iVBORw0KGgo/'.repeat(20_000)}`;
  expect(readHtml(`<p>前</p><img alt="a>b" src="${picture}"><p>后</p>`)).toMatchObject([
    { style: 'body' },
    { style: 'figure', picture, alt: 'a>b' },
    { style: 'body' },
  ]);
  expect(brief(`<p class="never closed>甲</p><p>乙`)).toEqual(['body:甲', 'body:乙']);
});

/** What takes minutes where reading is more than linear. */
test.each([
  ['tags that never end', '<a '.repeat(500_000)],
  ['quotes that never close', `${'<a \'">'.repeat(200_000)}`],
  ['scripts', '<script></script>'.repeat(100_000)],
  ['ends of what is not open', '<b></i>'.repeat(200_000)],
  ['spaces before a word', `${'&emsp;'.repeat(200_000)}完`],
  ['fragments without an end', '<!--StartFragment-->'.repeat(100_000)],
  ['comments without an end', '<!-- x '.repeat(100_000)],
])('security row 27: a megabyte of %s is read at once', (_, html) => {
  expect(readHtml(html).length).toBeLessThan(10);
});

test('one paragraph goes into the line it is pasted in; headings and figures stand alone', () => {
  const schema = articleSchema();
  expect([sliceOf(schema, readPlain('甲')).openStart, sliceOf(schema, readPlain('甲')).openEnd]).toEqual([
    1, 1,
  ]);
  const several = sliceOf(schema, readHtml(word));
  expect([several.openStart, several.openEnd]).toEqual([0, 0]);
  expect(sliceOf(schema, []).size).toBe(0);
});

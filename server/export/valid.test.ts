/** Every kind of HTML file is valid by an HTML checker, with the rules it recommends. */
import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import { expect, test } from 'vitest';
import { compose } from '../../shared/layout/compose.ts';
import { composeGalley } from '../../shared/layout/galley.ts';
import type { Proof } from '../../shared/layout/proof.ts';
import { samplePage } from '../../shared/pages/sample.ts';
import { type PrintSheet, printHtml } from './html.ts';
import { screenHtml } from './screen.ts';
import { trialSheets, trialStories } from './trial-edition.ts';

const print = new HtmlValidate(
  new StaticConfigLoader({
    extends: ['html-validate:recommended'],
    // Every line of a print has its own place on the paper: as rules of a sheet of styles they would be as many again.
    rules: { 'no-inline-style': 'off' },
  }),
);
const screen = new HtmlValidate(new StaticConfigLoader({ extends: ['html-validate:recommended'] }));

const printed = (sheets: readonly PrintSheet[]) =>
  printHtml({
    sheets,
    title: '同稿日报 2026-11-23',
    subset: async () => Buffer.from('font'),
    picture: async () => ({ bytes: Buffer.from('jpeg'), type: 'image/jpeg' }),
  });

async function complaints(checker: HtmlValidate, html: string): Promise<string[]> {
  const { results } = await checker.validateString(html);
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line, column }) => `${line}:${column} ${ruleId}: ${message}`),
  );
}

const page = samplePage({ articleA: 'A', articleB: 'B', date: '2026-11-23' });
const proof: Proof = { words: '大样', slug: '大样　第A01版　2026年11月23日 14:05　张三', unsigned: ['A'] };
const galley: Proof = { words: '', slug: '小样　2026年11月23日 14:05　张三', unsigned: ['B'] };

const prints: [string, () => PrintSheet[]][] = [
  ['the sample page', () => [{ drawing: compose(page, trialStories), title: 'A03' }]],
  ['a page without stories', () => [{ drawing: compose(page, []), title: 'A03' }]],
  [
    'a galley',
    () => [{ drawing: composeGalley(trialStories[1], page.grid, { proof: galley }), title: '小样' }],
  ],
  ['an edition with every kind of frame', () => trialSheets()],
  ['the edition as proofs with changes marked', () => trialSheets(proof)],
];

test.each(prints)('%s is valid HTML', async (_, sheets) => {
  expect(await complaints(print, await printed(sheets()))).toEqual([]);
});

test.each(trialStories)(
  'the screen edition of $article is valid HTML, without an exception',
  async (story) => {
    const picture = async () => ({ bytes: Buffer.from('jpeg'), type: 'image/jpeg', width: 3, height: 2 });
    const html = await screenHtml({ story, source: '同稿日报　A03 要闻', picture });
    expect(await complaints(screen, html)).toEqual([]);
  },
);

test('the checker finds what is wrong', async () => {
  const html = (await printed([{ drawing: compose(page, trialStories), title: 'A03' }])).replace(
    '</article>',
    '<p><div></div></p><img src="x"></article>',
  );
  expect((await complaints(print, html)).join(' ')).toMatch(/wcag|element-permitted|close-order/);
});

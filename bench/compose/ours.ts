/** The composer at the same work: a page composed, painted as HTML and laid out by a Chromium; whole exports. */
import type { Browser } from 'playwright';
import { printHtml } from '../../server/export/html.ts';
import { graphicsCss, graphicsHtml } from '../../server/export/html-graphics.ts';
import { lineCss, lineHtml, typeClasses } from '../../server/export/html-line.ts';
import { paintApart } from '../../server/export/pdf/paint-apart.ts';
import { readProfile } from '../../server/export/pdf/profile.ts';
import { subset } from '../../server/export/subset.ts';
import { compose } from '../../shared/layout/compose.ts';
import type { Drawing } from '../../shared/layout/drawing.ts';
import type { SetCache } from '../../shared/layout/set.ts';
import type { Story } from '../../shared/manuscript/story.ts';
import type { Work } from './pages.ts';

const ms = async (work: () => unknown) => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

/** Milliseconds to compose alone; with a cache what a keystroke costs, without one a cold page. */
export function composeTime({ page }: Work, stories: readonly Story[], cache?: SetCache): number {
  const start = performance.now();
  compose(page, stories, cache ? { cache } : {});
  return performance.now() - start;
}

/** Composes, paints and has the browser lay it out: the whole sheet, or as the preview does the lines that changed. */
export async function openPainting(browser: Browser, font: Buffer) {
  const tab = await browser.newPage({ viewport: { width: 1300, height: 1700 } });
  const face = `@font-face { font-family: tg-song; src: url(data:font/ttf;base64,${font.toString('base64')}) }`;
  await tab.setContent(
    `<style>${face}${graphicsCss}${lineCss}</style><style></style><main class="sheet"></main>`,
  );
  await tab.evaluate(async () => {
    await document.fonts.load('9pt tg-song', '字');
  });
  const types = typeClasses();
  let before: string[] = [];
  /** The lines of a Drawing, and where they differ from what is shown. */
  const paint = (drawing: Drawing, all: boolean) => {
    const lines = drawing.items.flatMap((item) => (item.kind === 'line' ? [lineHtml(item, types)] : []));
    if (all) before = [];
    const changed = lines.flatMap((html, n) => (html === before[n] ? [] : [{ n, html }]));
    before = lines;
    return { changed, count: lines.length, css: types.css(), graphics: all ? graphicsHtml(drawing) : '' };
  };
  return {
    /** With a cache a keystroke; without one a cold page, painted whole. */
    async set({ page }: Work, stories: readonly Story[], cache?: SetCache): Promise<number> {
      const start = performance.now();
      const painted = paint(compose(page, stories, cache ? { cache } : {}), cache === undefined);
      const made = performance.now() - start;
      const laid = await tab.evaluate(({ changed, count, css, graphics }) => {
        const begun = performance.now();
        const [, style] = document.querySelectorAll('style');
        const main = document.querySelector('main');
        if (!style || !main) return 0;
        if (style.textContent !== css) style.textContent = css;
        if (graphics !== '')
          main.innerHTML = `${graphics}<div>${changed.map(({ html }) => html).join('')}</div>`;
        const lines = main.querySelector('div') ?? main.appendChild(document.createElement('div'));
        if (graphics === '') {
          while (lines.children.length < count) lines.append(document.createElement('span'));
          while (lines.children.length > count) lines.lastElementChild?.remove();
          for (const { n, html } of changed) {
            const line = lines.children[n];
            if (line) line.outerHTML = html;
          }
        }
        main.getBoundingClientRect();
        return performance.now() - begun;
      }, painted);
      return made + laid;
    },
    close: () => tab.close(),
  };
}

/** A whole file from the stories on: the HTML to print, and the PDF. Fonts are cut in the first round alone. */
export async function exportTimes({ page, stories }: Work): Promise<{ html: number; pdf: number }> {
  const profile = await readProfile('');
  const html = await ms(() =>
    printHtml({
      sheets: [{ drawing: compose(page, stories), title: 'bench' }],
      title: 'bench',
      subset,
      picture: async () => null,
    }),
  );
  const about = {
    title: 'bench',
    author: '',
    made: '2026-11-23T00:00:00.000Z',
    document: 'bench',
    version: '1',
  };
  const pdf = await ms(() =>
    paintApart(
      [{ drawing: compose(page, stories), pictures: new Map() }],
      { ...about, purpose: 'press' },
      profile,
    ),
  );
  return { html, pdf };
}

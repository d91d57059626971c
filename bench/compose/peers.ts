/** Paged.js and Vivliostyle in a Chromium of their own, each setting a page from the beginning: neither keeps anything
 * of the page before, so that a keystroke costs them all of it. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page as Tab } from 'playwright';
import { peerBody, peerCss, type Work } from './pages.ts';

export const peerNames = ['Paged.js', 'Vivliostyle'] as const;
export type PeerName = (typeof peerNames)[number];

const scripts: Record<PeerName, { folder: string; file: string }> = {
  'Paged.js': { folder: 'pagedjs', file: 'pagedjs/dist/paged.js' },
  Vivliostyle: { folder: 'vivliostyle', file: '@vivliostyle/core/lib/vivliostyle.js' },
};

/** What the peers put into the page that drives them. */
interface PeerWindow {
  Paged: {
    Previewer: new () => {
      preview(content: string, styles: object[], into: Element): Promise<{ total: number }>;
    };
  };
  Vivliostyle: {
    CoreViewer: new (
      settings: { viewportElement: Element },
      options: object,
    ) => {
      readyState: string;
      addListener(name: string, heard: () => void): void;
      loadDocument(source: { url: string }, options: { documentObject: Document }): void;
    };
  };
}

export interface Peer {
  name: PeerName;
  tab: Tab;
  /** Sets the work; milliseconds, as the page itself counts them, until all of it is laid out. */
  set(work: Work): Promise<number>;
  close(): Promise<void>;
}

const setPaged = async ({ body, css }: { body: string; css: string }) => {
  const { Paged } = window as unknown as PeerWindow;
  for (const style of document.querySelectorAll('style[data-pagedjs-inserted-styles]')) style.remove();
  document.body.replaceChildren();
  const start = performance.now();
  await new Paged.Previewer().preview(body, [{ 'http://bench.local/page.css': css }], document.body);
  document.body.getBoundingClientRect();
  return performance.now() - start;
};

const setVivliostyle = async ({ body, css }: { body: string; css: string }) => {
  const { Vivliostyle } = window as unknown as PeerWindow;
  const place = document.createElement('div');
  document.body.replaceChildren(place);
  const start = performance.now();
  const viewer = new Vivliostyle.CoreViewer({ viewportElement: place }, { autoResize: false });
  const html = `<!DOCTYPE html><html lang="zh-Hans"><head><title>bench</title><style>${css}</style></head><body>${body}</body></html>`;
  const documentObject = new DOMParser().parseFromString(html, 'text/html');
  await new Promise<void>((resolve) => {
    viewer.addListener('readystatechange', () => {
      if (viewer.readyState === 'complete') resolve();
    });
    viewer.loadDocument({ url: `http://bench.local/page-${start}.html` }, { documentObject });
  });
  document.body.getBoundingClientRect();
  return performance.now() - start;
};

/** Null when the peer is not installed. `font` is what all set the text in. */
export async function openPeer(browser: Browser, name: PeerName, font: Buffer): Promise<Peer | null> {
  const { folder, file } = scripts[name];
  const script = path.join(import.meta.dirname, 'peers', folder, 'node_modules', file);
  if (!existsSync(script)) return null;
  const tab = await browser.newPage({ viewport: { width: 1300, height: 1700 } });
  await tab.route('**', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!DOCTYPE html><title>bench</title>' }),
  );
  await tab.goto('http://bench.local/');
  const source = readFileSync(script, 'utf8');
  await tab.addScriptTag({
    content:
      name === 'Paged.js'
        ? source
        : `(() => { const module = { exports: {} }; const exports = module.exports; ${source}\n; window.Vivliostyle = module.exports })()`,
  });
  await tab.evaluate(async (data) => {
    const face = new FontFace('bench', `url(data:font/ttf;base64,${data})`);
    document.fonts.add(await face.load());
  }, font.toString('base64'));
  return {
    name,
    tab,
    set: (work) => {
      const given = { body: peerBody(work), css: peerCss(work) };
      return name === 'Paged.js' ? tab.evaluate(setPaged, given) : tab.evaluate(setVivliostyle, given);
    },
    close: () => tab.close(),
  };
}

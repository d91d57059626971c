/** The policy that the browser holds: every desk works under it, what breaks in is stopped by it, and an exported
 * file runs nothing wherever it is opened. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import fc from 'fast-check';
import sharp from 'sharp';
import { printHtml } from '../server/export/html.ts';
import { compose } from '../shared/layout/compose.ts';
import { composeGalley } from '../shared/layout/galley.ts';
import { paragraphStyles } from '../shared/manuscript/styles.ts';
import { samplePage } from '../shared/pages/sample.ts';
import { expect, test } from './newsroom.ts';

const last = '厚重的黄河文化浸润着';

/** Collects what the browser refuses or complains of, in every page of the context. */
async function complaintsOf(context: BrowserContext): Promise<string[]> {
  const complaints: string[] = [];
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`violation ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  const hear = (page: Page) => {
    page.on('pageerror', (error) => complaints.push(`error ${error.message}`));
    page.on('console', (message) => {
      if (message.type() !== 'error' && message.type() !== 'warning') return;
      // A desk asks who is signed in before anybody is, and whether a link is good that is none.
      if (/status of (401|410)/.test(message.text())) return;
      complaints.push(`${page.url()} ${message.text()}`);
    });
  };
  for (const page of context.pages()) hear(page);
  context.on('page', hear);
  return complaints;
}

/** Where the page went that is neither here nor inside it; what a policy stopped did not go. */
function askedBy(page: Page, here = 'file:'): string[] {
  const asked: string[] = [];
  const hear = (address: string) => {
    if (!address.startsWith(here) && !/^(data|blob|about):/.test(address)) asked.push(address);
  };
  page.on('requestfinished', (request) => hear(request.url()));
  page.on('requestfailed', (request) => {
    if (request.failure()?.errorText !== 'csp') hear(request.url());
  });
  return asked;
}

test('security rows 11 to 13: every desk works under the policy, and the browser has nothing to refuse', async ({
  newsroom,
  browser,
}) => {
  test.slow();
  const article = await newsroom.storyB();
  const zhang = await newsroom.signIn(browser, 'zhangxiaoyan');
  const cheng = await newsroom.signIn(browser, 'chengjianzheng');
  const admin = await newsroom.signIn(browser, 'admin');
  const complaints = await Promise.all([zhang, cheng, admin].map((page) => complaintsOf(page.context())));

  for (const page of [zhang, cheng]) {
    await page.goto(`${newsroom.url}/articles/${article}`);
    await expect(page.locator('.ProseMirror')).toContainText(last);
  }
  // Carets, a comment, a style, a link, a picture, the find bar, the palette.
  await cheng.locator('.ProseMirror p').filter({ hasText: last }).first().click();
  await cheng.keyboard.insertText('会话');
  await expect(zhang.locator('.ProseMirror')).toContainText('会话');
  await expect(zhang.getByText('程建政').first()).toBeVisible();
  await zhang.locator('.ProseMirror p').filter({ hasText: last }).first().click();
  await zhang.keyboard.press('Home');
  for (let step = 0; step < 4; step += 1) await zhang.keyboard.press('Shift+ArrowRight');
  await zhang.keyboard.press('Control+Alt+m');
  await zhang.keyboard.type('核对');
  await zhang.keyboard.press('Control+Enter');
  await expect(cheng.getByText('核对').first()).toBeVisible();
  const photograph = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#786' } })
    .jpeg()
    .toBuffer();
  const chooser = zhang.locator('.ProseMirror input[type=file]').first();
  await chooser.setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: photograph });
  await expect(cheng.locator('.ProseMirror img[src*="/pictures/"]')).toBeVisible();
  await zhang.keyboard.press('Control+f');
  await zhang.keyboard.press('Escape');
  await zhang.keyboard.press('Control+k');
  await zhang.keyboard.type('泺口');
  await zhang.keyboard.press('Escape');

  const pages = await newsroom.call<{ id: string }[]>('admin', 'GET', '/api/pages');
  for (const where of [
    '/',
    '/pages',
    `/pages/${pages[0]?.id}`,
    '/members',
    '/settings',
    `/articles/${article}`,
    '/nowhere',
  ]) {
    await admin.goto(newsroom.url + where);
    await expect(admin.getByRole('heading').first()).toBeVisible();
  }
  await admin.emulateMedia({ colorScheme: 'dark' });
  await admin.goto(`${newsroom.url}/pages/${pages[0]?.id}`);
  await expect(admin.getByRole('heading').first()).toBeVisible();
  const fresh = await browser.newContext();
  complaints.push(await complaintsOf(fresh));
  const nobody = await fresh.newPage();
  for (const where of ['/sign-in', '/sign-in#x', '/invitation#x']) {
    await nobody.goto(newsroom.url + where);
    await expect(nobody.locator('main, form, h1').first()).toBeVisible();
  }
  expect(complaints.flat()).toEqual([]);
  for (const page of [zhang, cheng, admin, nobody]) await page.context().close();
});

test('what somebody got into the page is stopped: scripts, styles, pictures, frames, calls elsewhere', async ({
  newsroom,
  browser,
}) => {
  const page = await newsroom.signIn(browser, 'editor');
  const asked = askedBy(page, newsroom.url);
  const stopped = await page.evaluate(async () => {
    const directives = new Set<string>();
    document.addEventListener('securitypolicyviolation', (event) => directives.add(event.effectiveDirective));
    const state = window as unknown as { ran?: string };
    const put = (html: string) => {
      const place = document.createElement('div');
      place.innerHTML = html;
      document.body.append(place);
      return place;
    };
    const script = document.createElement('script');
    script.textContent = "window.ran = 'inline'";
    document.body.append(script);
    const foreign = document.createElement('script');
    foreign.src = 'https://evil.example/a.js';
    document.body.append(foreign);
    const data = document.createElement('script');
    data.src = 'data:text/javascript,window.ran="data"';
    document.body.append(data);
    put('<img src="x:" onerror="window.ran = \'onerror\'">');
    put('<img src="https://evil.example/a.png"><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">');
    const painted = put(
      '<p style="position:fixed;color:rgb(1,2,3)">x</p><style>body{color:rgb(1,2,3)}</style>',
    );
    put(
      '<iframe src="https://evil.example/"></iframe><iframe srcdoc="<script>parent.ran = 1</script>"></iframe>',
    );
    put('<object data="https://evil.example/a"></object><base href="https://evil.example/">');
    put('<a href="javascript:window.ran = \'link\'">x</a>').querySelector('a')?.click();
    put('<form action="https://evil.example/" method="post"><button>x</button></form>')
      .querySelector('button')
      ?.click();
    const failed: string[] = [];
    await fetch('https://evil.example/').catch(() => failed.push('fetch'));
    new WebSocket('wss://evil.example/').onerror = () => failed.push('socket');
    // The test's own code may make code of text; what it sets off may not.
    setTimeout("window.ran = 'timer'" as unknown as () => void);
    const blob = URL.createObjectURL(new Blob(['self.postMessage(1)'], { type: 'text/javascript' }));
    const worker = new Worker(blob);
    worker.onmessage = () => {
      state.ran = 'worker';
    };
    worker.onerror = () => failed.push('worker');
    await new Promise((resolve) => setTimeout(resolve, 500));
    return {
      ran: state.ran ?? null,
      painted: getComputedStyle(painted.querySelector('p') as Element).color,
      based: document.baseURI.startsWith('https://evil.example'),
      failed,
      directives: [...directives].toSorted(),
    };
  });
  expect(stopped.ran).toBeNull();
  expect(stopped.based).toBe(false);
  expect(stopped.painted).not.toBe('rgb(1, 2, 3)');
  expect(stopped.failed.toSorted()).toEqual(['fetch', 'socket', 'worker']);
  for (const directive of [
    'script-src',
    'script-src-elem',
    'script-src-attr',
    'style-src-attr',
    'style-src-elem',
    'img-src',
    'frame-src',
    'object-src',
    'base-uri',
    'form-action',
    'connect-src',
    'worker-src',
  ])
    expect(stopped.directives, directive).toContain(directive);
  expect(asked).toEqual([]);

  // Nobody frames a desk to have it clicked blindly.
  const other = await page.context().newPage();
  await other.setContent(`<iframe src="${newsroom.url}/"></iframe>`);
  await expect
    .poll(() => other.frames().map((frame) => frame.url()))
    .toContain('chrome-error://chromewebdata/');
  await page.context().close();
});

test('security row 12: hostile clipboards and link addresses leave no live link and no dress in the story', async ({
  newsroom,
  browser,
}) => {
  const { id } = await newsroom.call<{ id: string }>('zhangxiaoyan', 'POST', '/api/articles', {
    title: '粘贴',
  });
  const page = await newsroom.signIn(browser, 'zhangxiaoyan');
  await page.goto(`${newsroom.url}/articles/${id}`);
  const editor = page.locator('.ProseMirror');
  await expect(editor).toHaveAttribute('contenteditable', 'true');
  const links = [
    'javascript:alert(1)',
    ' JaVaScRiPt:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    '//evil.example',
    'https://ok.example/',
  ];
  const anchors = links.map((href) => `<a href="${href}">链</a>`).join('，');
  for (const html of [
    `<p onclick="window.ran=1" style="position:fixed">甲${anchors}<img src=x onerror=window.ran=1></p><script>window.ran=1</script><iframe src="//evil.example"></iframe>`,
    `<p data-pm-slice="0 0 []">乙${anchors}</p><svg><a href="javascript:alert(1)">丙</a></svg>`,
  ]) {
    await editor.locator('p').last().click();
    await editor.evaluate((element, pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/html', pasted);
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, html);
  }
  await expect(editor).toContainText('乙');
  const live = await editor.evaluate((element) =>
    [...element.querySelectorAll('*')].flatMap((one) => [
      ...(one instanceof HTMLAnchorElement && one.hasAttribute('href') ? [one.getAttribute('href')] : []),
      ...[...one.attributes].filter(({ name }) => name.startsWith('on')).map(({ name }) => name),
      ...(/^(script|iframe|svg|object)$/i.test(one.tagName) ? [one.tagName] : []),
    ]),
  );
  expect(new Set(live)).toEqual(new Set(['https://ok.example/']));
  await expect
    .poll(async () => JSON.stringify(await newsroom.call('editor', 'GET', `/api/articles/${id}/story`)))
    .toContain('乙');
  const story = await newsroom.call<{ paragraphs: { marks: { href?: string }[] }[] }>(
    'editor',
    'GET',
    `/api/articles/${id}/story`,
  );
  const hrefs = story.paragraphs.flatMap(({ marks }) => marks.flatMap(({ href }) => href ?? []));
  expect(new Set(hrefs)).toEqual(new Set(['https://ok.example/']));
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  await page.context().close();
});

/** Words by which somebody would break out of where they are put. */
const hostile = fc.oneof(
  fc.constantFrom(
    '<script>ran()</script>',
    '"><script>ran()</script>',
    "' onmouseover='ran()",
    '" onerror="ran()" x="',
    '</style><script>ran()</script>',
    '</title><script>ran()</script>',
    '--><script>ran()</script><!--',
    '<![CDATA[<script>ran()</script>]]>',
    '<img src=x onerror=ran()>',
    '<svg onload=ran()>',
    '&lt;script&gt;ran()&lt;/script&gt;',
    '&#60;script&#62;',
    '</span></p></article></main></body></html><script>ran()</script>',
    'url(javascript:ran())',
    ';background:url(//evil.example)',
    '<base href=//evil.example>',
    '<meta http-equiv=refresh content="0;url=//evil.example">',
    '\u0000<script>ran()</script>',
    '\u2028<script>ran()</script>',
    '新闻',
  ),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
);
const href = fc.oneof(
  fc.constantFrom(
    'javascript:ran()',
    'JAVASCRIPT:ran()',
    'java\nscript:ran()',
    '\u0001javascript:ran()',
    'data:text/html,<script>ran()</script>',
    'vbscript:ran()',
    'file:///etc/passwd',
    'blob:https://a.example/x',
    '//evil.example',
    'https://a.example/"onclick="ran()',
    "https://a.example/'><script>ran()</script>",
    'mailto:a@b.example?subject="><script>',
    'tel:+86"onclick="ran()',
    'https://a.example/',
  ),
  fc.webUrl(),
);

const paragraph = fc.record({
  style: fc.constantFrom(...paragraphStyles),
  text: fc
    .array(hostile, { minLength: 1, maxLength: 3 })
    .map((parts) => parts.join('').replaceAll(/[\n\r\u2028\u2029]/g, ' ')),
  href: fc.option(href, { nil: undefined }),
  alt: hostile,
  credit: hostile,
});

const elements = [
  'HTML',
  'HEAD',
  'META',
  'TITLE',
  'STYLE',
  'BODY',
  'MAIN',
  'HEADER',
  'ARTICLE',
  'H1',
  'H2',
  'H3',
  'P',
  'SPAN',
  'I',
  'A',
  'FIGURE',
  'FIGCAPTION',
  'IMG',
  'DIV',
  'HGROUP',
  'BLOCKQUOTE',
  'SVG',
  'RECT',
  'LINE',
];

test('security row 12: whatever is written, an exported file holds words, and links of four kinds', async ({
  browser,
}) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const asked = askedBy(page);
  const dot = await sharp({ create: { width: 2, height: 2, channels: 3, background: '#000' } })
    .jpeg()
    .toBuffer();
  await fc.assert(
    fc.asyncProperty(
      fc.array(paragraph, { minLength: 1, maxLength: 6 }),
      fc.record({ title: hostile, paper: hostile, section: hostile, number: hostile, editor: hostile }),
      async (paragraphs, words) => {
        const story = {
          article: 'A',
          paragraphs: paragraphs.map(({ style, text, href: to, alt, credit }) => ({
            style,
            text,
            marks: to === undefined ? [] : [{ from: 0, to: text.length, type: 'link' as const, href: to }],
            ...(style === 'figure' ? { image: 'x'.repeat(22), width: 20, height: 10, alt, credit } : {}),
          })),
        };
        const sheet = samplePage({ articleA: 'A', articleB: 'B', date: '2026-11-23' });
        Object.assign(sheet, { paper: words.paper, section: words.section, number: words.number });
        sheet.credits = { editor: words.editor, designer: words.title, proofreader: words.paper };
        for (const drawing of [composeGalley(story, sheet.grid), compose(sheet, [story])]) {
          const html = await printHtml({
            sheets: [{ drawing, title: words.title }],
            title: words.title,
            subset: async () => Buffer.from('font'),
            picture: async () => ({ bytes: dot, type: 'image/jpeg' }),
          });
          const wrong = await page.evaluate(
            ({ source, allowed }) => {
              const found = new DOMParser().parseFromString(source, 'text/html');
              const told: string[] = [];
              for (const element of found.querySelectorAll('*')) {
                if (!allowed.includes(element.tagName.toUpperCase())) told.push(element.tagName);
                for (const { name, value } of element.attributes) {
                  if (name.startsWith('on') || name === 'srcdoc' || name === 'formaction') told.push(name);
                  if (name === 'href' && !/^(https?:\/\/|mailto:|tel:)/i.test(value))
                    told.push(`href ${value}`);
                  if (name === 'src' && !value.startsWith('data:image/')) told.push(`src ${value}`);
                  if (name === 'style' && !/^[\w\s:;.,#%()+-]*$/.test(value)) told.push(`style ${value}`);
                  if (name === 'style' && /url|expression|import/i.test(value)) told.push(`style ${value}`);
                }
              }
              const first = found.head.children[1]?.outerHTML ?? '';
              if (!first.includes("default-src 'none'")) told.push('no policy before all else');
              if (found.querySelectorAll('style, title, meta').length !== 4) told.push('more in the head');
              return told;
            },
            { source: html, allowed: elements },
          );
          expect(wrong).toEqual([]);
        }
      },
    ),
    { numRuns: 60 },
  );
  expect(asked).toEqual([]);
  await context.close();
});

test('security rows 12 and 14: an exported file runs and fetches nothing, even with a script put into it', async ({
  newsroom,
  browser,
}, info) => {
  const hostileStory = await newsroom.call<{ id: string }>('zhangxiaoyan', 'POST', '/api/articles', {
    title: '<script>ran()</script>',
    paragraphs: [
      { style: 'headline', text: '</title><script>window.ran = 1</script>', marks: [] },
      {
        style: 'body',
        text: '<img src=x onerror="window.ran = 2">',
        marks: [{ from: 0, to: 4, type: 'link', href: 'https://a.example/"onclick="ran()' }],
      },
    ],
  });
  const signedIn = await newsroom.signIn(browser, 'zhangxiaoyan');
  const where = `${newsroom.url}/api/articles/${hostileStory.id}/export`;
  const download = signedIn.waitForEvent('download');
  await signedIn.goto(where).catch(() => undefined);
  const file = path.join(info.outputDir, 'story.html');
  await (await download).saveAs(file);
  expect((await download).suggestedFilename()).toMatch(/\.html$/);

  const context = await browser.newContext();
  const page = await context.newPage();
  const asked = askedBy(page);
  await page.goto(`file://${file}`);
  await expect(page.locator('h2')).toContainText('<script>window.ran = 1</script>');
  expect(await page.evaluate(() => (window as unknown as { ran?: number }).ran ?? null)).toBeNull();

  // The file's own policy, should a word ever get out of its place.
  const broken = path.join(info.outputDir, 'broken.html');
  const source = await page.content();
  await writeFile(
    broken,
    source.replace('<main>', '<script>window.ran = 3</script><img src="https://evil.example/a.png"><main>'),
  );
  await page.goto(`file://${broken}`);
  expect(await page.evaluate(() => (window as unknown as { ran?: number }).ran ?? null)).toBeNull();
  expect(asked).toEqual([]);
  await context.close();
  await signedIn.context().close();
});

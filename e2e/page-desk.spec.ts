/** The page desk: two designers lay out one page, stories reflow while they are typed, and all of it by keyboard. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from '@playwright/test';
import { expect, type Newsroom, test } from './newsroom.ts';

interface LaidPage {
  id: string;
  number: string;
  edition: string;
  frames: {
    id: string;
    article: string | null;
    place: { column: number; line: number; columns: number; lines: number };
    part: number;
    notch: { corner: string; columns: number; lines: number } | null;
    pictures: { figure: number; column: number; line: number; columns: number; lines: number }[];
  }[];
}

const pagesOf = (newsroom: Newsroom) => newsroom.call<LaidPage[]>('designer', 'GET', '/api/pages');
const samplePage = async (newsroom: Newsroom) => {
  const page = (await pagesOf(newsroom)).find(({ number }) => number === 'A03');
  if (!page) throw new Error('no sample page');
  return page.id;
};
const framesOf = async (newsroom: Newsroom, id: string) =>
  (await newsroom.call<LaidPage>('designer', 'GET', `/api/pages/${id}`)).frames;

async function openPage(newsroom: Newsroom, browser: Browser, handle: string, id: string): Promise<Page> {
  const page = await newsroom.signIn(browser, handle);
  await page.goto(`${newsroom.url}/pages/${id}`);
  await expect(page.locator('.canvas')).toBeVisible();
  await expect(page.getByTestId('saved')).toHaveText('已保存');
  return page;
}

/** A frame by words of its name. */
const frame = (page: Page, words: string | RegExp) =>
  page.locator('.canvas').getByRole('button', { name: words });

/** The middle of something on the screen. */
async function middleOf(page: Page, selector: string) {
  const box = await page.locator(selector).boundingBox();
  if (!box) throw new Error(`${selector} is not on the screen`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function drag(page: Page, from: { x: number; y: number }, by: { x: number; y: number }, drop = true) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + by.x / 2, from.y + by.y / 2, { steps: 3 });
  await page.mouse.move(from.x + by.x, from.y + by.y, { steps: 3 });
  if (drop) await page.mouse.up();
}

/** A blank page in an edition of its own. */
async function blankPage(newsroom: Newsroom, date: string, number = 'A01'): Promise<LaidPage> {
  const edition = await newsroom.call<{ id: string }>('designer', 'POST', '/api/editions', { date });
  return newsroom.call<LaidPage>('designer', 'POST', '/api/pages', {
    edition: edition.id,
    number,
    section: '试排',
  });
}

test('two designers at one page see each other, and what the one drags the other has', async ({
  newsroom,
  browser,
}) => {
  const id = await samplePage(newsroom);
  const designer = await openPage(newsroom, browser, 'designer', id);
  const editor = await openPage(newsroom, browser, 'editor', id);
  await expect(designer.getByRole('list', { name: '在场' }).getByLabel('责编')).toBeVisible();

  await frame(editor, /党建聚/).click();
  await expect(designer.locator('.canvas-others').getByText('责编').first()).toBeVisible();

  await frame(designer, /泺口/).click();
  await expect(frame(designer, /泺口.*5栏×36行/)).toHaveAttribute('aria-pressed', 'true');
  const top = await middleOf(designer, '[data-handle="1"]');
  await drag(designer, top, { x: 0, y: 90 }, false);
  // While it is dragged the other sees where it would stand, and nothing is laid yet.
  await expect(editor.locator('.canvas-others path[data-state="ghost"]')).toHaveCount(1);
  await expect(frame(editor, /泺口.*5栏×36行/)).toBeVisible();
  await designer.mouse.up();
  await expect(frame(designer, /泺口.*5栏×36行/)).toHaveCount(0);
  await expect(frame(editor, /泺口.*5栏×36行/)).toHaveCount(0);
  await expect(editor.locator('.canvas-others path[data-state="ghost"]')).toHaveCount(0);

  // What the editor does in between stays when the designer takes the drag back.
  await editor.getByRole('textbox', { name: '占几行' }).fill('37');
  await editor.keyboard.press('Enter');
  await expect(frame(designer, /党建聚.*5栏×37行/)).toBeVisible();
  await designer.keyboard.press('Control+z');
  await expect(frame(editor, /泺口.*5栏×36行/)).toBeVisible();
  await expect(frame(editor, /党建聚.*5栏×37行/)).toBeVisible();
  await expect
    .poll(async () => (await framesOf(newsroom, id)).map(({ place }) => place.lines))
    .toEqual([37, 36]);
  await editor.getByRole('button', { name: '撤销' }).click();
  await expect(frame(designer, /党建聚.*5栏×39行/)).toBeVisible();
  await designer.context().close();
  await editor.context().close();
});

test('Escape gives a drag up, and one frame over another is shown, not refused', async ({
  newsroom,
  browser,
}) => {
  const id = await samplePage(newsroom);
  const page = await openPage(newsroom, browser, 'designer', id);
  await frame(page, /泺口/).click();
  const bottom = await middleOf(page, '[data-handle="1"]');
  await drag(page, bottom, { x: 0, y: -60 }, false);
  await expect(page.locator('.canvas-overlap')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect(page.locator('.canvas-overlap')).toHaveCount(0);
  await expect(frame(page, /泺口.*5栏×36行/)).toBeVisible();
  await page.context().close();
});

test('a story typed elsewhere reflows on the page that is being laid', async ({ newsroom, browser }) => {
  const id = await samplePage(newsroom);
  const article = await newsroom.storyB();
  const designer = await openPage(newsroom, browser, 'designer', id);
  const zhang = await newsroom.signIn(browser, 'zhangxiaoyan');
  await zhang.goto(`${newsroom.url}/articles/${article}`);
  await expect(zhang.getByTestId('saved')).toHaveText('已保存');
  await frame(designer, /泺口/).click();
  const figure = designer.locator('.inspector-fit strong');
  const over = async () => Number((await figure.textContent())?.match(/\d+/)?.[0]);
  // The page has come to what the server's own composing tells: nothing of an earlier state is still on its way.
  const { copyfit } = await newsroom.call<{ copyfit: { article: string; lines: number }[] }>(
    'designer',
    'GET',
    `/api/pages/${id}/drawing`,
  );
  const before = copyfit.find((one) => one.article === article)?.lines ?? 0;
  await expect.poll(over).toBe(before);
  await zhang.locator('.ProseMirror').getByText('济南泺口服装城，一个书写传奇').click();
  await zhang.keyboard.press('End');
  // More than the white that a crosshead leaves when it is kept off a column's foot.
  await zhang.keyboard.insertText('随写随排'.repeat(60));
  await expect(zhang.locator('.ProseMirror')).toContainText('随写随排'.repeat(60));
  await expect.poll(over).toBeGreaterThan(before);
  await expect(designer.locator('.pages-line', { hasText: '随写随排' }).first()).toBeVisible();
  // One of the ways to fit is tried on the page, comes to what it said, and is taken.
  const way = designer.getByRole('button', { name: /^试排：/ }).first();
  // What does not fit yet is told as still over.
  const promised =
    /，仍?(?<result>[^，]+)$/.exec((await way.getAttribute('aria-label')) ?? '')?.groups?.result ?? '';
  await way.click();
  await expect(figure).toHaveText(promised);
  await designer.getByRole('button', { name: /^采用/ }).click();
  await expect(designer.getByRole('button', { name: '撤销' })).not.toHaveAttribute('aria-disabled', 'true');
  await expect(figure).toHaveText(promised);
  await designer.getByRole('button', { name: '撤销' }).click();
  await expect(figure).toHaveText(/超\d+行/);
  await designer.context().close();
  await zhang.context().close();
});

test('a story is dragged from the list onto free paper, then taken off again', async ({
  newsroom,
  browser,
}) => {
  const { id } = await newsroom.call<{ id: string }>('zhangxiaoyan', 'POST', '/api/articles', {
    paragraphs: [
      { style: 'headline', text: '云湖社区夜校开课', marks: [] },
      { style: 'body', text: '夜校昨天开课，来了三十多人。'.repeat(20), marks: [] },
    ],
  });
  const laid = await blankPage(newsroom, '2027-01-04');
  const page = await openPage(newsroom, browser, 'designer', laid.id);
  const row = page.locator('.placing-row', { hasText: '云湖社区夜校开课' });
  const from = await row.boundingBox();
  const canvas = await middleOf(page, '.canvas');
  if (!from) throw new Error('the story is not in the list');
  const start = { x: from.x + 60, y: from.y + 20 };
  await drag(page, start, { x: canvas.x - start.x, y: canvas.y - start.y });
  const made = frame(page, /稿件：云湖社区夜校开课/);
  await expect(made).toBeVisible();
  await expect(page.locator('.pages-line', { hasText: '夜校昨天开课' }).first()).toBeVisible();
  await expect.poll(async () => (await framesOf(newsroom, laid.id))[0]?.article).toBe(id);
  await page.getByRole('button', { name: '取下' }).click();
  await expect(frame(page, /稿件：还没有稿件/)).toBeVisible();
  await expect(page.getByText(/可容约 \d+ 字/)).toBeVisible();
  await page.context().close();
});

test('a page is laid by keyboard alone', async ({ newsroom, browser }) => {
  const laid = await blankPage(newsroom, '2027-01-05');
  const page = await openPage(newsroom, browser, 'designer', laid.id);
  const press = async (key: string, times = 1) => {
    for (let n = 0; n < times; n += 1) await page.keyboard.press(key);
  };
  // A tool set down without a pointer makes its frame in the first free place and leads there.
  await page.getByRole('button', { name: '稿件区' }).focus();
  await press('Enter');
  await expect(frame(page, /还没有稿件，2栏×24行/)).toBeFocused();
  await press('ArrowRight');
  await press('Shift+ArrowDown');
  await press('Alt+ArrowRight');
  await press('Alt+ArrowUp', 4);
  await expect(frame(page, /还没有稿件，3栏×20行/)).toBeFocused();
  await expect
    .poll(async () => (await framesOf(newsroom, laid.id))[0]?.place)
    .toEqual({ column: 1, line: 5, columns: 3, lines: 20 });
  // The story goes into the frame that waits.
  const put = page.getByRole('button', { name: /^把《.*泺口.*》放到版面/ });
  await put.focus();
  await press('Enter');
  await expect(frame(page, /稿件：济南泺口/)).toBeVisible();
  await frame(page, /稿件：济南泺口/).focus();
  await press('Control+d');
  await expect(page.locator('.canvas-frame')).toHaveCount(2);
  await press('Delete');
  await expect(page.locator('.canvas-frame')).toHaveCount(1);
  await press('Control+z', 2);
  await press('Control+Shift+z');
  await expect(page.locator('.canvas-frame')).toHaveCount(2);
  await press('Control+a');
  await expect(page.getByRole('toolbar', { name: /排列选中的 2 个/ })).toBeVisible();
  await press('Escape');
  await expect(page.getByRole('toolbar', { name: /排列选中/ })).toHaveCount(0);
  await frame(page, /稿件：济南泺口/).focus();
  await press('Enter');
  await expect(page).toHaveURL(/articles\//);
  await page.context().close();
});

/** A page of its own with the story of 泺口, which has one picture, in a selected frame. */
async function pageWithPicture(newsroom: Newsroom, browser: Browser, date: string) {
  const laid = await blankPage(newsroom, date);
  const page = await openPage(newsroom, browser, 'designer', laid.id);
  await page.getByRole('button', { name: /^把《.*泺口.*》放到版面/ }).click();
  await expect(frame(page, /稿件：济南泺口/)).toHaveAttribute('aria-pressed', 'true');
  const first = async () => {
    const [one] = await framesOf(newsroom, laid.id);
    if (!one) throw new Error('the page has no frame');
    return one;
  };
  // High enough for the picture, which stands late in the text.
  await frame(page, /稿件：济南泺口/).focus();
  await page.keyboard.press('Shift+Alt+ArrowDown');
  await page.keyboard.press('Shift+Alt+ArrowDown');
  await expect.poll(async () => (await framesOf(newsroom, laid.id))[0]?.place.lines ?? 0).toBeGreaterThan(45);
  await expect(page.locator('.canvas-picture')).toHaveAccessibleName(/随文$/);
  const { place } = await first();
  const box = await page.locator('.canvas-frame').boundingBox();
  if (!box) throw new Error('the frame is not on the screen');
  /** So many columns and lines, in pixels. */
  const cells = (columns: number, lines: number) => ({
    x: (columns * box.width) / place.columns,
    y: (lines * box.height) / place.lines,
  });
  return { page, place, cells, first, placed: async () => (await first()).pictures };
}

test('a picture is dragged out of the text, moved, resized, cut and put back, each in one step', async ({
  newsroom,
  browser,
}) => {
  const { page, place, cells, first, placed } = await pageWithPicture(newsroom, browser, '2027-01-06');
  const picture = page.locator('.canvas-picture');
  const image = page.locator('.canvas-world image, .canvas-world img').first();
  const drawnAt = async () => JSON.stringify(await image.boundingBox());
  const inText = await drawnAt();

  // While it is dragged the page flows around it and nothing is laid; Escape drops it.
  await drag(page, await middleOf(page, '.canvas-picture'), cells(1, 5), false);
  await expect(picture).toHaveAccessibleName(/第\d栏第\d+行，1栏×\d+行$/);
  await expect.poll(drawnAt).not.toBe(inText);
  expect(await placed()).toEqual([]);
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect(picture).toHaveAccessibleName(/随文$/);
  await expect.poll(drawnAt).toBe(inText);

  // Pushed as far as it goes it stands in the frame's corner.
  await drag(page, await middleOf(page, '.canvas-picture'), cells(-9, -90));
  await expect.poll(placed).toHaveLength(1);
  expect((await placed())[0]).toMatchObject({ column: 0, line: 0, columns: 1 });
  await page.keyboard.press('Control+z');
  await expect.poll(placed).toEqual([]);
  await page.keyboard.press('Control+Shift+z');
  await expect.poll(placed).toHaveLength(1);

  const corner = '.canvas-picture-handle[data-across="1"][data-down="1"]';
  const { lines } = (await placed())[0] ?? { lines: 0 };
  await drag(page, await middleOf(page, corner), cells(1, 3));
  await expect.poll(placed).toMatchObject([{ column: 0, line: 0, columns: 2, lines: lines + 3 }]);
  await drag(page, await middleOf(page, '.canvas-picture'), cells(0, 4));
  await expect.poll(placed).toMatchObject([{ column: 0, line: 4, columns: 2, lines: lines + 3 }]);
  expect((await first()).place).toEqual(place);

  await expect(picture).toBeFocused();
  await page.keyboard.press('Alt+ArrowLeft');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Alt+ArrowUp');
  await expect.poll(placed).toMatchObject([{ column: 1, line: 5, columns: 1, lines: lines + 2 }]);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('application', { name: /^裁切/ })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(picture).toBeFocused();
  const middle = await middleOf(page, '.canvas-picture');
  await page.mouse.dblclick(middle.x, middle.y);
  await expect(page.getByRole('application', { name: /^裁切/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(picture).toBeFocused();

  await page.keyboard.press('Delete');
  await expect.poll(placed).toEqual([]);
  await expect(picture).toHaveAccessibleName(/随文$/);
  await expect(page.locator('.canvas-frame')).toHaveCount(1);
  // An arrow takes it out of the text as a drag does.
  await expect(picture).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect.poll(placed).toHaveLength(1);
  await page.keyboard.press('Escape');
  await expect(frame(page, /稿件：济南泺口/)).toBeFocused();
  await expect(picture).toHaveAttribute('aria-pressed', 'false');
  await page.keyboard.press('Tab');
  await expect(picture).toBeFocused();
  await page.context().close();
});

test('a finger moves a picture, and two of them give that up', async ({ newsroom, browser }) => {
  const { page, cells, placed } = await pageWithPicture(newsroom, browser, '2027-01-07');
  const session = await page.context().newCDPSession(page);
  type Touch = 'touchStart' | 'touchMove' | 'touchEnd';
  const touch = (type: Touch, ...touchPoints: { x: number; y: number; id: number }[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints });
  const picture = page.locator('.canvas-picture');
  const from = { ...(await middleOf(page, '.canvas-picture')), id: 1 };
  const by = cells(1, 3);
  const to = { ...from, x: from.x + by.x, y: from.y + by.y };
  await touch('touchStart', from);
  // A browser that is behind takes no notice of a first move.
  await expect(async () => {
    await touch('touchMove', from);
    await touch('touchMove', to);
    await expect(picture).toHaveAccessibleName(/第\d栏第\d+行/, { timeout: 1_000 });
  }).toPass();
  await touch('touchStart', to, { ...from, id: 2 });
  await expect(picture).toHaveAccessibleName(/随文$/);
  await touch('touchEnd');
  expect(await placed()).toEqual([]);
  await touch('touchStart', from);
  await touch('touchMove', to);
  await touch('touchEnd');
  await expect.poll(placed).toHaveLength(1);
  await page.context().close();
});

test('a corner is cut with Alt, its notch resized by its handle and filled again', async ({
  newsroom,
  browser,
}) => {
  const { page, place, cells, first } = await pageWithPicture(newsroom, browser, '2027-01-08');
  const notch = async () => (await first()).notch;
  const corner = await middleOf(page, '[data-handle="4"]');
  const inwards = cells(-1, -6);
  await page.keyboard.down('Alt');
  await drag(page, corner, inwards, false);
  await expect(page.locator('[data-notch="bottomRight"]')).toBeVisible();
  expect(await notch()).toBeNull();
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect(page.locator('[data-notch]')).toHaveCount(0);
  await drag(page, corner, inwards);
  await page.keyboard.up('Alt');
  await expect.poll(notch).toEqual({ corner: 'bottomRight', columns: 1, lines: 6 });
  expect((await first()).place).toEqual(place);
  await expect(page.getByRole('textbox', { name: '缺口几行' })).toHaveValue('6');
  await drag(page, await middleOf(page, '[data-notch]'), cells(0, -4));
  await expect.poll(notch).toEqual({ corner: 'bottomRight', columns: 1, lines: 10 });
  await page.keyboard.press('Control+z');
  await expect.poll(notch).toEqual({ corner: 'bottomRight', columns: 1, lines: 6 });
  await drag(page, await middleOf(page, '[data-notch]'), cells(1, 6));
  await expect.poll(notch).toBeNull();
  await page.context().close();
});

test('one bar has the steps and the one next act; baselines and measures are at hand on a small screen', async ({
  newsroom,
  browser,
}) => {
  const id = await samplePage(newsroom);
  for (const [locale, next, toggle, lines] of [
    ['zh-CN', '送一校', '显示基线', '76 行'],
    ['en', 'Send to proof', 'Show the baselines', '76 lines'],
  ] as const) {
    const viewport = { width: 1280, height: 720 };
    const page = await newsroom.signIn(browser, 'designer', { locale, viewport });
    await page.goto(`${newsroom.url}/pages/${id}`);
    const bar = page.locator('.page-desk > header');
    await expect(bar.getByRole('button', { name: next })).toBeVisible();
    await expect(bar.locator('button[data-variant="filled"]')).toHaveText([next]);
    await expect(bar.getByRole('listitem').and(page.locator('[aria-current="step"]'))).toBeVisible();
    for (const one of [bar, page.locator('.canvas-bar')])
      expect(await one.evaluate((e) => e.scrollWidth - e.clientWidth)).toBe(0);
    // The editor begins right below the one bar.
    const top = (await page.locator('.page-editor').boundingBox())?.y;
    expect(top).toBe(56);
    await expect(page.locator('.canvas-measures').getByText(lines)).toBeInViewport();
    const baselines = page.getByRole('button', { name: toggle });
    const path = page.locator('.canvas-baselines');
    await expect(path).toHaveCount(0);
    await baselines.click();
    await expect(baselines).toHaveAttribute('aria-pressed', 'true');
    await page.locator('.canvas').focus();
    await page.keyboard.press('Control+1');
    await expect(path).toBeVisible();
    await page.getByRole('button', { name: /^(显示网格|Show the grid)$/ }).click();
    await expect(page.locator('.canvas-grid i')).toHaveCount(0);
    await expect(path).toBeVisible();
    await page.context().close();
  }
});

test('what two lay while no server can be reached merges when there is one again', async ({
  newsroom,
  browser,
}) => {
  const id = await samplePage(newsroom);
  const designer = await openPage(newsroom, browser, 'designer', id);
  const editor = await openPage(newsroom, browser, 'editor', id);
  await newsroom.stop();
  await expect(designer.getByText('离线中').first()).toBeVisible();
  await expect(editor.getByText('离线中').first()).toBeVisible();
  await frame(designer, /泺口/).focus();
  await designer.keyboard.press('Alt+ArrowUp');
  await frame(editor, /泺口/).focus();
  await editor.getByRole('textbox', { name: '主题' }).fill('26');
  await editor.keyboard.press('Enter');
  await expect(designer.getByTestId('saved')).toHaveText(/离线/);
  await newsroom.start();
  for (const page of [designer, editor]) {
    await expect(page.getByTestId('saved')).toHaveText('已保存', { timeout: 40_000 });
    await expect(frame(page, /泺口.*5栏×35行/)).toBeVisible();
  }
  await frame(designer, /泺口/).focus();
  await expect(designer.getByRole('textbox', { name: '主题' })).toHaveValue('26');
  await designer.context().close();
  await editor.context().close();
});

test('what is laid without a server is on the device: it outlives a closed page and merges later', async ({
  newsroom,
  browser,
}) => {
  const id = await samplePage(newsroom);
  const designer = await openPage(newsroom, browser, 'designer', id);
  // A second visit, so that the page itself is kept as well.
  await designer.reload();
  await expect(designer.getByTestId('saved')).toHaveText('已保存');
  const onServer = async () =>
    JSON.stringify(
      (await newsroom.call<{ frames: unknown[] }>('designer', 'GET', `/api/pages/${id}`)).frames,
    );
  const unlaid = await onServer();
  // How its story fits follows when it is composed.
  const shapeOf = async (page: Page) =>
    ((await frame(page, /泺口/).getAttribute('aria-label')) ?? '').replace(/，超.*$/, '');
  const shape = () => shapeOf(designer);
  const before = await shape();
  await newsroom.stop();
  await expect(designer.getByText('离线中').first()).toBeVisible();
  await frame(designer, /泺口/).focus();
  await designer.keyboard.press('Alt+ArrowUp');
  await expect.poll(shape).not.toBe(before);
  const laid = await shape();
  await expect(designer.getByText('都存在这台设备上')).toBeVisible();
  await designer.reload();
  await expect.poll(shape).toBe(laid);
  // It is laid on, and undone.
  await frame(designer, /泺口/).focus();
  await designer.keyboard.press('Alt+ArrowUp');
  await expect.poll(shape).not.toBe(laid);
  await designer.keyboard.press('Control+z');
  await expect.poll(shape).toBe(laid);
  await expect(designer.getByText('都存在这台设备上')).toBeVisible();
  // Closed altogether; another page of the same browser sends it when there is a server again.
  const context = designer.context();
  await designer.close();
  await newsroom.start();
  const again = await context.newPage();
  await again.goto(newsroom.url);
  await expect(again.getByRole('heading', { name: '稿件' })).toBeVisible();
  // The list of stories alone sends what an earlier page could not.
  await expect.poll(onServer, { timeout: 40_000 }).not.toBe(unlaid);
  await again.goto(`${newsroom.url}/pages/${id}`);
  await expect.poll(() => shapeOf(again)).toBe(laid);
  await expect(again.getByTestId('saved')).toHaveText('已保存');
  await context.close();
});

test('editions and pages are made, put in order, named and deleted', async ({ newsroom, browser }) => {
  const page = await newsroom.signIn(browser, 'designer');
  await page.goto(`${newsroom.url}/pages`);
  await page.getByRole('button', { name: '新的一期' }).click();
  await page.getByLabel('日期').fill('2027-02-01');
  await page.getByRole('button', { name: '建立' }).click();
  const edition = page.getByRole('region', { name: /2月1日/ });
  for (const number of ['A01', 'A02']) {
    await edition.getByRole('button', { name: '新版面' }).click();
    await expect(page.getByLabel('版次')).toHaveValue(number);
    await page.getByRole('textbox', { name: '版名' }).fill('要闻');
    await page.getByRole('button', { name: '建立' }).click();
    await expect(page).toHaveURL(/pages\/.+/);
    await expect(page.getByRole('heading', { name: `${number} 要闻` })).toBeVisible();
    await page.goto(`${newsroom.url}/pages`);
  }
  await expect(edition.locator('[data-page] strong')).toHaveText(['A01 要闻', 'A02 要闻']);
  await edition.getByRole('button', { name: '对 A02 版的操作' }).click();
  await page.getByRole('menuitem', { name: '提前一版' }).click();
  await expect(edition.locator('[data-page] strong')).toHaveText(['A02 要闻', 'A01 要闻']);
  const cards = edition.locator('[data-page]');
  const [first, second] = [await cards.nth(0).boundingBox(), await cards.nth(1).boundingBox()];
  if (!first || !second) throw new Error('the pages are not on the screen');
  const from = { x: second.x + second.width / 2, y: second.y + second.height / 2 };
  await drag(page, from, { x: first.x + 10 - from.x, y: 0 });
  await expect(edition.locator('[data-page] strong')).toHaveText(['A01 要闻', 'A02 要闻']);
  await drag(page, from, { x: first.x + 10 - from.x, y: 0 });
  await expect(edition.locator('[data-page] strong')).toHaveText(['A02 要闻', 'A01 要闻']);
  await page.reload();
  await expect(edition.locator('[data-page] strong')).toHaveText(['A02 要闻', 'A01 要闻']);
  await edition.getByRole('button', { name: '对 A02 版的操作' }).click();
  await page.getByRole('menuitem', { name: '改版次和版名' }).click();
  await page.getByRole('textbox', { name: '版名' }).fill('经济');
  await page.getByRole('button', { name: '改好了' }).click();
  await expect(edition.getByText('A02 经济')).toBeVisible();
  await edition.getByRole('button', { name: '对 A01 版的操作' }).click();
  await page.getByRole('menuitem', { name: '删除' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '删除' }).click();
  await expect(edition.locator('[data-page]')).toHaveCount(1);
  await edition
    .locator('header')
    .getByRole('button', { name: /的操作$/ })
    .click();
  await page.getByRole('menuitem', { name: /改日期/ }).click();
  await page.getByLabel('付印时间', { exact: true }).fill('2030-01-02T23:30');
  await page.getByRole('button', { name: '改好了' }).click();
  await expect(edition.locator('header')).toContainText('23:30 付印');
  await page.context().close();
});

test('a reporter sees the page and cannot lay it; nothing serious for axe', async ({ newsroom, browser }) => {
  const id = await samplePage(newsroom);
  const reporter = await newsroom.signIn(browser, 'zongzhaoyang');
  await reporter.goto(`${newsroom.url}/pages/${id}`);
  await expect(frame(reporter, /党建聚/)).toBeVisible();
  await expect(reporter.getByRole('button', { name: '稿件区' })).toHaveCount(0);
  await frame(reporter, /党建聚/).focus();
  await reporter.keyboard.press('Alt+ArrowUp');
  await expect(frame(reporter, /党建聚.*5栏×39行/)).toBeVisible();
  await reporter.context().close();
  for (const [locale, colorScheme] of [
    ['zh-CN', 'light'],
    ['en', 'dark'],
  ] as const) {
    const page = await newsroom.signIn(browser, 'designer', { locale, colorScheme });
    for (const where of ['/pages', `/pages/${id}`]) {
      await page.goto(newsroom.url + where);
      await expect(page.getByRole('heading').first()).toBeVisible();
      if (where !== '/pages') {
        await page.locator('.canvas-frame').last().click();
        await expect(page.locator('.inspector-ways li').first()).toBeVisible();
      }
      const found = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
        .analyze();
      const grave = found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(
        grave.map((one) => `${where} ${one.id}: ${one.nodes[0]?.html} ${one.nodes[0]?.failureSummary}`),
        `${locale} ${where}`,
      ).toEqual([]);
    }
    await page.context().close();
  }
});

test('the findings below the page are made higher, lower and folded; a telephone has them folded', async ({
  newsroom,
  browser,
}) => {
  const id = await samplePage(newsroom);
  const page = await openPage(newsroom, browser, 'designer', id);
  await page.setViewportSize({ width: 1280, height: 720 });
  const panel = page.getByRole('region', { name: '付印前检查' });
  const heightOf = async () => (await panel.boundingBox())?.height ?? 0;
  const edge = panel.getByRole('separator', { name: '检查结果的高度' });
  await expect(panel.locator('li').first()).toBeVisible();
  await edge.focus();
  await page.keyboard.press('End');
  await expect.poll(heightOf).toBe(80);
  await page.keyboard.press('ArrowUp');
  await expect.poll(heightOf).toBe(104);
  await drag(page, await middleOf(page, '.checks-resizer'), { x: 0, y: -12 });
  await expect.poll(heightOf).toBe(116);
  await edge.focus();
  await page.keyboard.press('End');
  await page.reload();
  await expect.poll(heightOf).toBe(80);
  await panel.getByRole('button', { name: '收起检查结果' }).click();
  await expect(edge).toHaveCount(0);
  await page.screenshot({ path: test.info().outputPath('folded.png') });
  await panel.getByRole('button', { name: '展开检查结果' }).click();
  await edge.focus();
  await page.keyboard.press('Home');
  // As high as there is to show, and no higher.
  const list = panel.getByRole('list');
  await expect.poll(heightOf).toBeGreaterThan(80);
  await expect.poll(() => list.evaluate((one) => one.scrollHeight - one.clientHeight)).toBe(0);
  const whole = await heightOf();
  await page.keyboard.press('ArrowUp');
  await expect.poll(heightOf).toBe(whole);
  await page.screenshot({ path: test.info().outputPath('high.png') });

  await page.setViewportSize({ width: 390, height: 844 });
  await expect(panel.getByRole('button', { name: '展开检查结果' })).toBeVisible();
  await expect(panel.locator('li')).toHaveCount(0);
  await panel.getByRole('button', { name: '展开检查结果' }).click();
  await expect(panel.locator('li').first()).toBeInViewport();
  await page.screenshot({ path: test.info().outputPath('phone.png') });
  await page.context().close();
});

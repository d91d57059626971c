/** Pictures of the page's own: an advertisement's artwork and a photograph that belongs to no story, sent from the page
 * desk, printed, copied, called off and refused. */
import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Download, Locator, Page } from '@playwright/test';
import sharp from 'sharp';
import { objectsOf } from '../server/export/pdf/read-back.ts';
import { expect, type Newsroom, test } from './newsroom.ts';

interface LaidFrame {
  id: string;
  kind: string;
  artwork: { image: string; width: number; height: number } | null;
  caption: string;
  pictures: { zoom: number }[];
}

interface LaidPage {
  id: string;
  edition: string;
  frames: LaidFrame[];
}

/** A blank page in an edition of its own. */
async function blankPage(newsroom: Newsroom, date: string): Promise<LaidPage> {
  const { id } = await newsroom.call<{ id: string }>('designer', 'POST', '/api/editions', { date });
  return newsroom.call<LaidPage>('designer', 'POST', '/api/pages', { edition: id, number: 'A01' });
}

async function open(newsroom: Newsroom, browser: Browser, handle: string, id: string, locale = 'zh-CN') {
  const page = await newsroom.signIn(browser, handle, { locale });
  await page.goto(`${newsroom.url}/pages/${id}`);
  await expect(page.locator('.canvas')).toBeVisible();
  return page;
}

const framesOf = async (newsroom: Newsroom, id: string) =>
  (await newsroom.call<LaidPage>('designer', 'GET', `/api/pages/${id}`)).frames;

/** Its left half red, its right half blue. */
async function poster(width: number, height: number): Promise<Buffer> {
  const half = { create: { width: width / 2, height, channels: 3 as const, background: '#2040c0' } };
  const right = await sharp(half).png().toBuffer();
  return sharp({ create: { width, height, channels: 3, background: '#c02020' } })
    .composite([{ input: right, left: width / 2, top: 0 }])
    .jpeg({ quality: 92 })
    .toBuffer();
}

const fileOf = (buffer: Buffer, name = '书店.jpg', mimeType = 'image/jpeg') => ({ name, mimeType, buffer });
const input = (page: Page) => page.locator('.inspector input[type="file"]');
const frame = (page: Page, words: string | RegExp) =>
  page.locator('.canvas').getByRole('button', { name: words });

/** A tool set down by keyboard makes its frame in the first free place and selects it. */
async function setDown(page: Page, tool: string): Promise<void> {
  await page.getByRole('toolbar').getByRole('button', { name: tool, exact: true }).focus();
  await page.keyboard.press('Enter');
}

/** Holds a file over the middle of something and lets it go, or takes it away again. */
async function dropOn(target: Locator, bytes: Buffer, act: 'drop' | 'hold' = 'drop', count = 1) {
  await target.evaluate(
    (element, { base64, act: wanted, count: files }) => {
      const box = element.getBoundingClientRect();
      const transfer = new DataTransfer();
      const content = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      for (let n = 0; n < files; n += 1)
        transfer.items.add(new File([content], 'photo.jpg', { type: 'image/jpeg' }));
      const init = {
        bubbles: true,
        cancelable: true,
        dataTransfer: transfer,
        clientX: box.x + box.width / 2,
        clientY: box.y + box.height / 2,
      };
      element.dispatchEvent(new DragEvent('dragover', init));
      if (wanted === 'drop') element.dispatchEvent(new DragEvent('drop', init));
    },
    { base64: bytes.toString('base64'), act, count },
  );
}

const isDecoded = (image: Locator) =>
  expect.poll(() => image.evaluate((one) => (one as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);

/** Red, green and blue of the middle of each half of what is on the screen there. */
async function halves(target: Locator): Promise<[number[], number[]]> {
  const { data, info } = await sharp(await target.screenshot())
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const at = (part: number) => {
    const start =
      (Math.round(info.height * 0.3) * info.width + Math.round(info.width * part)) * info.channels;
    return [...data.subarray(start, start + 3)];
  };
  return [at(0.25), at(0.75)];
}

const isRedAndBlue = ([left, right]: [number[], number[]]) =>
  (left[0] ?? 0) > 2 * (left[2] ?? 0) && (right[2] ?? 0) > 2 * (right[0] ?? 0);

const seesRedAndBlue = (target: Locator) =>
  expect.poll(async () => isRedAndBlue(await halves(target))).toBe(true);

test('an advertisement’s artwork is uploaded, seen by the other designer, cut, and printed as HTML and as PDF', async ({
  newsroom,
  browser,
}) => {
  const laid = await blankPage(newsroom, '2027-03-01');
  const page = await open(newsroom, browser, 'designer', laid.id);
  const editor = await open(newsroom, browser, 'editor', laid.id);
  await setDown(page, '广告');
  await page.getByRole('textbox', { name: '广告' }).fill('同稿书店');
  await page.keyboard.press('Enter');
  await expect(page.locator('.pages-line', { hasText: '同稿书店' })).toBeVisible();
  await input(page).setInputFiles(fileOf(await poster(2400, 600)));
  const shown = page.locator('.canvas .pages-picture img');
  await isDecoded(shown);
  await expect(shown).toHaveAttribute('alt', '同稿书店');
  await expect(page.locator('.pages-line', { hasText: '同稿书店' })).toHaveCount(0);
  await expect(page.locator('.pages-line[data-role="label"]')).toHaveText('广告');
  await expect(page.getByText('2400 × 600 像素')).toBeVisible();
  await isDecoded(editor.locator('.canvas .pages-picture img'));
  await page.getByRole('button', { name: '显示网格' }).click();
  for (const desk of [page, editor]) await seesRedAndBlue(desk.locator('.canvas .pages-picture'));
  await page.screenshot({ path: test.info().outputPath('advertisement.png') });

  // How fine it prints at this size, less so the nearer it is shown.
  const ppi = page.locator('.inspector-ppi');
  const ppiNow = async () => Number((await ppi.textContent())?.match(/^(\d+) ppi/)?.[1]);
  await expect(ppi).toBeVisible();
  const whole = await ppiNow();
  await page.getByRole('textbox', { name: '放大' }).fill('200');
  await page.keyboard.press('Enter');
  await expect.poll(ppiNow).toBeLessThan(whole * 0.51);
  await expect(page.getByText(/广告：同稿书店：图只有 \d+ ppi，印出来会糊/)).toBeVisible();
  await page.getByRole('button', { name: '裁切' }).click();
  await expect(page.getByRole('application', { name: /裁切《同稿书店》/ })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: '放大' }).fill('100');
  await page.keyboard.press('Enter');
  await expect.poll(ppiNow).toBe(whole);
  await page.getByRole('textbox', { name: '替代文字' }).fill('书店开业海报');
  await page.keyboard.press('Enter');
  await expect(shown).toHaveAttribute('alt', '书店开业海报');
  await expect.poll(async () => (await framesOf(newsroom, laid.id))[0]?.artwork?.width).toBe(2400);
  const { violations } = await new AxeBuilder({ page }).include('.inspector').analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);

  // Both files of one export: the poster stands in each, red and blue, with 广告.
  await page.getByRole('button', { name: '导出版面' }).click();
  const dialog = page.getByRole('dialog', { name: /导出 A01/ });
  await dialog.getByRole('checkbox', { name: '印刷网页 HTML' }).check();
  const files: Download[] = [];
  page.on('download', (file) => files.push(file));
  await dialog.getByRole('button', { name: '出大样' }).click();
  await expect.poll(() => files.length).toBe(2);
  const read = async (ending: string) => {
    const file = files.find((one) => one.suggestedFilename().endsWith(ending));
    if (!file) throw new Error(`no ${ending}`);
    return readFileSync(await file.path());
  };
  const print = await browser.newPage();
  await print.setContent((await read('.html')).toString('utf8'));
  const printed = print.getByRole('figure', { name: '广告' });
  await isDecoded(printed.getByRole('img', { name: '书店开业海报' }));
  await expect(printed.getByText('广告')).toBeVisible();
  await seesRedAndBlue(printed.getByRole('img'));
  await print.screenshot({ path: test.info().outputPath('html.png'), fullPage: true });
  const pdf = await objectsOf(await read('.pdf'));
  const [picture] = pdf.ofType('XObject');
  if (!picture) throw new Error('no picture in the PDF');
  expect(pdf.name(picture, 'ColorSpace')).toBe('/DeviceCMYK');
  expect(Number(pdf.name(picture, 'Width'))).toBeGreaterThan(2000);
  await print.close();
});

test('a photograph is dropped on its frame, given its words, replaced, copied to another page, taken out and brought back', async ({
  newsroom,
  browser,
}) => {
  const laid = await blankPage(newsroom, '2027-03-02');
  const page = await open(newsroom, browser, 'designer', laid.id);
  await setDown(page, '图片区');
  const photo = await poster(1200, 900);
  const here = frame(page, /^图片/);
  await dropOn(here, photo, 'hold');
  await expect(page.locator('.canvas-outlines path[data-state="target"]')).toHaveCount(1);
  // Beside the frame it is not taken, nor are two at once; and the browser does not leave the page for the file.
  await dropOn(page.locator('.editor-middle'), photo);
  await expect(page.getByText('图片文件要拖到广告或图片区块上。')).toBeVisible();
  await dropOn(here, photo, 'drop', 2);
  await expect(page.getByText('一个区块只放一张图片，请一次拖一个文件。')).toBeVisible();
  await expect(page.locator('.canvas-outlines path[data-state="target"]')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await dropOn(here, photo);
  await isDecoded(page.locator('.canvas .pages-picture img'));
  await expect(frame(page, '图片：本版自己的图，2栏×14行')).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByText('图片：没有图说')).toBeVisible();
  await expect(page.getByText('图片：没有图源署名')).toBeVisible();
  for (const [name, words] of [
    ['图说', '泺口服装城的夜市，灯亮到凌晨。'],
    ['图源', '本报记者　张晓燕　摄'],
  ] as const) {
    await page.getByRole('textbox', { name }).fill(words);
    await page.keyboard.press('Enter');
    await expect(page.locator('.pages-line', { hasText: words })).toBeVisible();
  }
  await expect(page.getByText(/没有图说|没有图源署名/)).toHaveCount(0);
  await expect(frame(page, /图片：泺口服装城的夜市/)).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('photograph.png') });

  // Another picture in its place keeps the words; the cut begins anew.
  await page.getByRole('textbox', { name: '放大' }).fill('150');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await framesOf(newsroom, laid.id))[0]?.pictures[0]?.zoom).toBe(1.5);
  await input(page).setInputFiles(fileOf(await poster(900, 1200)));
  await expect(page.getByText('900 × 1200 像素')).toBeVisible();
  await expect(page.getByRole('textbox', { name: '放大' })).toHaveValue('100');
  await expect(page.getByRole('textbox', { name: '图说' })).toHaveValue('泺口服装城的夜市，灯亮到凌晨。');

  // A copy on another page shows it, and keeps it when this page goes.
  const other = await newsroom.call<LaidPage>('designer', 'POST', '/api/pages', {
    edition: laid.edition,
    number: 'A02',
  });
  await here.focus();
  await page.keyboard.press('Control+c');
  await page.getByRole('link', { name: '版面' }).first().click();
  await page.locator('[data-page]', { hasText: 'A02' }).last().getByRole('link').first().click();
  await expect(page).toHaveURL(new RegExp(other.id));
  await expect(page.getByTestId('saved')).toHaveText('已保存');
  await page.locator('.canvas').focus();
  await page.keyboard.press('Control+v');
  await isDecoded(page.locator('.canvas .pages-picture img'));
  await expect.poll(async () => (await framesOf(newsroom, other.id))[0]?.artwork?.height).toBe(1200);
  await newsroom.call('designer', 'DELETE', `/api/pages/${laid.id}`);
  await page.reload();
  await isDecoded(page.locator('.canvas .pages-picture img'));

  // Taken out with its words, by one step that is undone by one.
  await frame(page, /^图片/).focus();
  await page.getByRole('button', { name: '撤下' }).click();
  await expect(page.locator('.canvas .pages-picture')).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: '图说' })).toHaveCount(0);
  await expect
    .poll(async () => (await framesOf(newsroom, other.id))[0])
    .toMatchObject({ artwork: null, caption: '' });
  await page.getByRole('button', { name: '撤销' }).click();
  await isDecoded(page.locator('.canvas .pages-picture img'));
  await expect(page.getByRole('textbox', { name: '图说' })).toHaveValue('泺口服装城的夜市，灯亮到凌晨。');
});

test('an upload is called off, refused and fails in words, and the frame stays as it was', async ({
  newsroom,
  browser,
}) => {
  const laid = await blankPage(newsroom, '2027-03-03');
  const page = await open(newsroom, browser, 'designer', laid.id);
  await setDown(page, '广告');
  const upload = page.getByRole('button', { name: '上传图片' });
  await expect(upload).toBeVisible();
  // Nothing comes back until it is let through.
  let letThrough: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  await page.route('**/api/pages/*/pictures', async (route) => {
    await held;
    await route.continue().catch(() => undefined);
  });
  await input(page).setInputFiles(fileOf(await poster(1200, 900)));
  await expect(page.getByRole('progressbar', { name: '图片上传进度' })).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('uploading.png') });
  // It goes on while something else is looked at.
  await page.locator('.canvas').focus();
  await page.keyboard.press('Escape');
  await frame(page, /^广告/).focus();
  await page.getByRole('button', { name: '取消' }).click();
  await expect(upload).toBeVisible();
  letThrough();
  await page.unroute('**/api/pages/*/pictures');

  const refused = async (file: ReturnType<typeof fileOf>, words: string) => {
    await input(page).setInputFiles(file);
    const said = page.locator('[data-failed]', { hasText: words });
    await expect(said).toBeVisible();
    await expect(upload).toBeVisible();
    await said.getByRole('button').click();
    await expect(said).toHaveCount(0);
  };
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  await refused(fileOf(svg, 'a.jpg'), '只收 JPEG、PNG、WebP 图片，这个文件没有上传。');
  await refused(fileOf((await poster(1200, 900)).subarray(0, 900)), '图片已损坏，读不出来，没有上传。');
  await refused(fileOf(Buffer.alloc(20 * 1024 * 1024 + 1)), '图片太大，没有上传。');
  await page.route('**/api/pages/*/pictures', (route) => route.abort());
  await refused(fileOf(await poster(1200, 900)), '图片没有传上去，请检查网络后再试。');
  await page.unroute('**/api/pages/*/pictures');
  expect((await framesOf(newsroom, laid.id))[0]?.artwork).toBeNull();

  // A page that is being proofed stands still: it is read, and has no acts to send, replace or take out its pictures.
  await input(page).setInputFiles(fileOf(await poster(1200, 900)));
  await expect(page.getByText('1200 × 900 像素')).toBeVisible();
  await newsroom.call('designer', 'POST', `/api/pages/${laid.id}/acts`, { action: 'ready' });
  await expect(page.getByRole('region', { name: /^大样/ })).toBeVisible();
  await expect(page.locator('.canvas')).toHaveCount(0);
  await expect(page.getByRole('button', { name: '换图' })).toHaveCount(0);
  await isDecoded(page.locator('.reading-sheet .pages-picture img'));
});

test('the inspector says it in English, and a phone shows the picture on the page', async ({
  newsroom,
  browser,
}) => {
  const laid = await blankPage(newsroom, '2027-03-04');
  const page = await open(newsroom, browser, 'designer', laid.id, 'en-GB');
  await setDown(page, 'Advertisement');
  await input(page).setInputFiles(fileOf(await poster(1200, 900)));
  await expect(page.getByText('1200 × 900 pixels')).toBeVisible();
  const { scroll, client } = await page
    .locator('.inspector')
    .evaluate((one) => ({ scroll: one.scrollWidth, client: one.clientWidth }));
  expect(scroll).toBe(client);
  await page.screenshot({ path: test.info().outputPath('english.png') });
  await expect.poll(async () => (await framesOf(newsroom, laid.id))[0]?.artwork?.width).toBe(1200);
  const phone = await newsroom.signIn(browser, 'proof1', { viewport: { width: 390, height: 844 } });
  await phone.goto(`${newsroom.url}/pages/${laid.id}`);
  await isDecoded(phone.locator('.pages-picture img'));
  await seesRedAndBlue(phone.locator('.pages-picture'));
  await phone.screenshot({ path: test.info().outputPath('phone.png') });
});

/** A page's three proofs in real browsers: given out, read and marked by mouse, key and finger, put right by the editor,
 * read by three people, and kept from the press while something is wanting. */
import type { Locator, Page } from '@playwright/test';
import { expect, type Newsroom, test } from './newsroom.ts';
import { step } from './steps.ts';

/** The sample's page, given out for its first proof. */
async function givenOut(newsroom: Newsroom): Promise<string> {
  const [page] = await newsroom.call<{ id: string }[]>('designer', 'GET', '/api/pages');
  if (!page) throw new Error('no page');
  const { stage } = await newsroom.call<{ stage: string }>('designer', 'GET', `/api/pages/${page.id}/review`);
  if (stage === 'layout')
    await newsroom.call('designer', 'POST', `/api/pages/${page.id}/acts`, { action: 'ready' });
  return page.id;
}

const marksOf = (page: Page) => page.getByRole('region', { name: '校样标记' });
const sheetOf = (page: Page) => page.getByRole('region', { name: /^大样/ });

/** Whether something is whole within the window. */
async function isInSight(page: Page, what: Locator) {
  const box = await what.boundingBox();
  const window = page.viewportSize();
  if (!box || !window) return false;
  return box.x >= 0 && box.y >= 0 && box.x + box.width <= window.width && box.y + box.height <= window.height;
}

const here = (page: Page) =>
  page.getByRole('region', { name: '这一版的校样' }).locator('[aria-current="step"]');

test('a page is proofed by three, and a mark on its line is followed until it is put right', async ({
  newsroom,
  browser,
}) => {
  const { id: story } = await newsroom.call<{ id: string }>('zhangxiaoyan', 'POST', '/api/articles', {
    paragraphs: [
      { style: 'headline', text: '校样上的一个字', marks: [] },
      { style: 'body', text: '张晓燕在泺口服装城里外走了很久，又在老街采坊了三天才动笔。', marks: [] },
    ],
  });
  const [sample] = await newsroom.call<{ id: string; edition: string }[]>('designer', 'GET', '/api/pages');
  const added = await newsroom.call<{ id: string }>('designer', 'POST', '/api/pages', {
    edition: sample?.edition,
    number: 'B07',
    section: '校样',
  });
  const open = async (handle: string) => {
    const page = await newsroom.signIn(browser, handle);
    await page.goto(`${newsroom.url}/pages/${added.id}`);
    await expect(here(page)).toBeVisible();
    return page;
  };
  const designer = await open('designer');
  await designer.locator('.canvas').waitFor();
  // Placed as the designer does: from the list, by its button.
  await designer
    .getByRole('button', { name: /校样上的一个字/ })
    .first()
    .press('Enter');
  await expect(designer.locator('.pages-line', { hasText: '采坊' }).first()).toBeVisible();
  await expect(designer.getByTestId('saved')).toHaveText('已保存');
  await step(designer, '送一校');
  await expect(here(designer)).toHaveText('一校');

  const first = await open('proof1');
  // Nothing of the designer's desk is in the way of reading.
  await expect(first.locator('.canvas, .inspector, .placing')).toHaveCount(0);
  const line = await first.locator('.pages-line', { hasText: '采坊' }).first().boundingBox();
  if (!line) throw new Error('no such line');
  await first.mouse.dblclick(line.x + line.width / 2, line.y + line.height * 0.8);
  const dialog = first.getByRole('dialog', { name: '标出有错的地方' });
  await expect(dialog).toContainText('采坊');
  await dialog.getByLabel('有错的字').fill('采房');
  await expect(dialog.getByText('这句里没有这几个字。')).toBeVisible();
  await dialog.getByLabel('有错的字').fill('采坊');
  await dialog.getByLabel('改为（删去就不写）').fill('采访');
  await dialog.getByRole('button', { name: '标上' }).click();
  await expect(marksOf(first).getByRole('heading', { name: '标记 1' })).toBeVisible();
  // It stands on the sheet, and its number leads to it in the list.
  await first.getByRole('button', { name: '第 1 处错字：采坊 → 采访，没有改' }).click();
  await expect(marksOf(first).locator('[aria-current]')).toContainText('采坊');
  await first.screenshot({ path: test.info().outputPath('marked.png') });
  await step(first, '校完');
  await expect(here(designer)).toHaveText('二校');
  await first.context().close();

  const second = await open('proof2');
  await step(second, '校完');
  const third = await open('proof3');
  await step(third, '校完');
  // Nobody put it right: the page is back at the second proof.
  await expect(here(third)).toHaveText('二校');
  await newsroom.call('zhangxiaoyan', 'GET', `/api/articles/${story}`);
  const author = await newsroom.signIn(browser, 'zhangxiaoyan');
  await author.goto(`${newsroom.url}/articles/${story}`);
  await author.locator('.ProseMirror p', { hasText: '采坊' }).click();
  await author.keyboard.press('Control+h');
  await author.getByLabel('查找', { exact: true }).fill('采坊');
  await author.getByLabel('替换为').fill('采访');
  await author.getByRole('button', { name: '全部替换' }).click();
  await expect(author.getByTestId('saved')).toHaveText('已保存');
  await second.reload();
  await expect(marksOf(second).getByText('已改')).toBeVisible();
  await step(second, '校完');
  await expect(here(third)).toHaveText('三校');
  await step(third, '校完');
  await expect(here(third)).toHaveText('清样');
  const chief = await open('chief');
  await chief.getByRole('button', { name: '这一版的校样' }).click();
  await chief.getByRole('menuitem', { name: '签样付印' }).click();
  await expect(chief.getByText('责编和部主任还没有都看过清样。')).toBeVisible();
});

test('a page is read and marked by keys alone', async ({ newsroom, browser }) => {
  const id = await givenOut(newsroom);
  const page = await newsroom.signIn(browser, 'proof1');
  await page.goto(`${newsroom.url}/pages/${id}`);
  const sheet = sheetOf(page);
  await expect(sheet).toBeFocused();
  await expect(page.locator('.pages-line').first()).toBeVisible();
  // As wide as its window at first.
  const [window, paper] = [await sheet.boundingBox(), await page.locator('.pages-paper').boundingBox()];
  expect((paper?.width ?? 0) / (window?.width ?? 1)).toBeGreaterThan(0.9);
  await page.screenshot({ path: test.info().outputPath('reading.png') });
  await page.keyboard.press('1');
  await expect(page.getByRole('button', { name: '原大 100%' })).toHaveText('100%');
  await page.keyboard.press('0');
  await expect(page.getByRole('button', { name: '原大 100%' })).not.toHaveText('100%');

  // To the first line, three characters on, two of them picked.
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Control+Home');
  for (let i = 0; i < 2; i++) await page.keyboard.press('ArrowRight');
  for (let i = 0; i < 2; i++) await page.keyboard.press('Shift+ArrowRight');
  const picked = page.getByRole('region', { name: '选中的字' });
  await expect(picked.locator('output')).toHaveText(/^..$/u);
  const words = await picked.locator('output').innerText();
  await page.keyboard.press('ArrowDown');
  await expect(picked).toHaveCount(0);
  await page.keyboard.press('ArrowUp');
  for (let i = 0; i < 2; i++) await page.keyboard.press('Shift+ArrowLeft');
  await expect(picked.locator('output')).toHaveText(words);
  await page.screenshot({ path: test.info().outputPath('picked.png') });
  await page.keyboard.press('m');
  const dialog = page.getByRole('dialog', { name: '标出有错的地方' });
  await expect(dialog.getByLabel('有错的字')).toHaveValue(words);
  await dialog.getByLabel('改为（删去就不写）').fill('改字');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  const marks = marksOf(page);
  await expect(marks.getByRole('listitem').filter({ hasText: words }).first()).toContainText('改字');

  // A note about the page stands in the list alone; J and K walk all of them.
  await marks.getByRole('button', { name: '整版标记' }).click();
  await dialog.getByLabel('说明').fill('栏线断了');
  await dialog.getByRole('button', { name: '标上' }).click();
  await expect(dialog).toBeHidden();
  await sheet.focus();
  await page.keyboard.press('j');
  await expect(marks.locator('[aria-current]')).toContainText(words);
  await expect(page.locator('.canvas-marks [data-current]')).toHaveCount(1);
  await page.keyboard.press('j');
  await expect(marks.locator('[aria-current]')).toContainText('栏线断了');
  await page.keyboard.press('k');
  await expect(marks.locator('[aria-current]')).toContainText(words);

  // From the list to its ring, however near, and to its words in the manuscript.
  await page.keyboard.press('1');
  await sheet.evaluate((element) => element.scrollTo(element.scrollWidth, element.scrollHeight));
  await marks.locator('[aria-current] p button').click();
  await expect.poll(() => isInSight(page, page.locator('.canvas-marks [data-current] i').first())).toBe(true);
  await page.screenshot({ path: test.info().outputPath('walked.png') });
  await marks.locator('[aria-current]').getByRole('button', { name: '到稿件里看' }).click();
  await expect(page.locator('.ProseMirror')).toBeFocused();
});

test('a page is marked by a finger on a telephone, and the pass is ended there', async ({
  newsroom,
  browser,
}) => {
  const id = await givenOut(newsroom);
  const page = await newsroom.signIn(browser, 'proof2', {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  await page.goto(`${newsroom.url}/pages/${id}`);
  await expect(page.locator('.pages-line').first()).toBeVisible();
  const done = page.getByRole('button', { name: '校完', exact: true });
  expect(await isInSight(page, done)).toBe(true);
  await page.screenshot({ path: test.info().outputPath('phone.png') });
  const body = page.locator('.pages-line[data-role="body"]').first();
  const line = await body.boundingBox();
  if (!line) throw new Error('no line');
  await page.touchscreen.tap(line.x + line.width / 2, line.y + line.height * 0.8);
  const picked = page.getByRole('region', { name: '选中的字' });
  await expect(picked.locator('output')).toHaveText(/^.$/u);
  // It came near enough to be meant.
  await expect(page.getByRole('button', { name: '原大 100%' })).toHaveText('100%');
  const one = await picked.locator('output').innerText();
  await picked.getByRole('button', { name: '结尾后移一字' }).tap();
  await expect(picked.locator('output')).toHaveText(/^..$/u);
  await picked.getByRole('button', { name: '开头后移一字' }).tap();
  await expect(picked.locator('output')).toHaveText(/^.$/u);
  await picked.getByRole('button', { name: '开头前移一字' }).tap();
  await expect(picked.locator('output')).toHaveText(/^..$/u);
  const words = await picked.locator('output').innerText();
  expect(words.startsWith(one)).toBe(true);
  await page.screenshot({ path: test.info().outputPath('tapped.png') });
  await picked.getByRole('button', { name: '标上' }).tap();
  const dialog = page.getByRole('dialog', { name: '标出有错的地方' });
  await expect(dialog.getByLabel('有错的字')).toHaveValue(words);
  await dialog.getByLabel('说明').fill('用手指标的');
  await dialog.getByRole('button', { name: '标上' }).tap();
  await expect(dialog).toBeHidden();
  await expect(marksOf(page).getByText('用手指标的')).toBeVisible();
  expect(await isInSight(page, done)).toBe(true);
  await page.screenshot({ path: test.info().outputPath('phone-marked.png') });
});

test('照改 puts a story under review right as a suggestion, and says before what it does', async ({
  newsroom,
  browser,
}) => {
  const id = await givenOut(newsroom);
  const story = await newsroom.storyA();
  const { paragraphs } = await newsroom.call<{ paragraphs: { text: string; style: string }[] }>(
    'proof1',
    'GET',
    `/api/articles/${story}/story`,
  );
  const paragraph = paragraphs.findIndex(({ text, style }) => style === 'body' && text.length > 40);
  const { text = '' } = paragraphs[paragraph] ?? {};
  const start = 20;
  const quote = text.slice(start, start + 2);
  await newsroom.call('proof1', 'POST', `/api/pages/${id}/marks`, {
    kind: 'wrong',
    article: story,
    paragraph,
    start,
    quote,
    wanted: '照改的字',
  });
  const page = await newsroom.signIn(browser, 'editor');
  await page.goto(`${newsroom.url}/pages/${id}`);
  const mark = marksOf(page).getByRole('listitem').filter({ hasText: '照改的字' });
  await expect(mark).toContainText('稿件在“草稿”，现在不归你改');
  await newsroom.call('zongzhaoyang', 'POST', `/api/articles/${story}/acts`, { action: 'submit' });
  await expect(mark).toContainText('照改会作为你的修改写进稿件');
  await page.screenshot({ path: test.info().outputPath('asked.png') });
  await mark.getByRole('button', { name: '照改', exact: true }).click();
  await expect(mark).toContainText('已提修改');
  const open = await newsroom.call<{ kind: string; text: string; at: string }[]>(
    'editor',
    'GET',
    `/api/articles/${story}/suggestions`,
  );
  expect(open.map(({ kind, text: said }) => [kind, said])).toEqual([
    ['delete', quote],
    ['insert', '照改的字'],
  ]);
  await page.screenshot({ path: test.info().outputPath('suggested.png') });
  await newsroom.call('editor', 'POST', `/api/articles/${story}/suggestions/answers`, {
    answer: 'accept',
    which: { all: true },
  });
  await page.reload();
  await expect(mark).toContainText('已改');
});

/** A caret in text that is only read: words are selected by keys alone, and nothing can be put in by any way. */
import { expect, type Page } from '@playwright/test';
import { type Newsroom, test } from './newsroom.ts';

const lead = '张晓燕在泺口服装城里外走了很久，又在老街采访了三天才动笔。';

async function story(newsroom: Newsroom) {
  const { id } = await newsroom.call<{ id: string }>('zhangxiaoyan', 'POST', '/api/articles', {
    paragraphs: [
      { style: 'headline', text: '签发以后只用键盘', marks: [] },
      { style: 'body', text: lead, marks: [] },
      { style: 'body', text: '第二段。', marks: [] },
    ],
  });
  return id;
}

const selected = (page: Page) => page.evaluate(() => getSelection()?.toString() ?? '');
const text = (page: Page) => page.locator('.ProseMirror');
const act = (newsroom: Newsroom, id: string, handle: string, action: string) =>
  newsroom.call(handle, 'POST', `/api/articles/${id}/acts`, { action });

test('a correction of signed text is asked for by keys alone', async ({ newsroom, browser }) => {
  const id = await story(newsroom);
  await act(newsroom, id, 'zhangxiaoyan', 'submit');
  for (const handle of ['editor', 'deskhead']) await act(newsroom, id, handle, 'pass');
  await act(newsroom, id, 'chief', 'sign');
  const page = await newsroom.signIn(browser, 'zhangxiaoyan');
  await page.goto(`${newsroom.url}/articles/${id}`);
  await expect(text(page)).toContainText('第二段。');
  await expect(text(page)).toHaveAttribute('aria-readonly', 'true');

  // By Tab it is reached from the button that needs it.
  await page.getByRole('button', { name: '提出更正' }).focus();
  for (let i = 0; i < 9; i++) {
    if (await text(page).evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await expect(text(page)).toBeFocused();
  const caret = page.locator('.article-reader-caret');
  await expect(caret).toBeVisible();
  const ringed = await page.evaluate(() => {
    let at = document.activeElement;
    for (; at && at !== document.body; at = at.parentElement)
      if (getComputedStyle(at).outlineStyle !== 'none') return at.className;
    return null;
  });
  expect(ringed, 'no ring around the whole paper').toBeNull();

  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Home');
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
  const before = await caret.boundingBox();
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => (await caret.boundingBox())?.x).toBeGreaterThan(before?.x ?? 0);
  for (let i = 0; i < 2; i++) await page.keyboard.press('Shift+ArrowRight');
  expect(await selected(page)).toBe('泺口');
  await expect(caret).toHaveCount(0);
  await page.screenshot({ path: test.info().outputPath('selected.png') });

  await page.keyboard.press('Shift+Tab');
  const ask = page.getByRole('button', { name: '提出更正' });
  for (let i = 0; i < 9; i++) {
    if (await ask.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press('Shift+Tab');
  }
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: '更正已签发的文字' });
  await expect(dialog.getByRole('textbox', { name: '改为' })).toHaveValue('泺口');
});

test('nothing gets into it: keys, a composition, paste and drop change no word, and a reader comments by keys', async ({
  newsroom,
  browser,
}) => {
  const id = await story(newsroom);
  const page = await newsroom.signIn(browser, 'editor');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`${newsroom.url}/articles/${id}`);
  await expect(text(page)).toContainText('第二段。');
  const whole = await text(page).innerText();

  await page.locator('.ProseMirror p', { hasText: '第二段' }).click({ position: { x: 60, y: 16 } });
  await expect(text(page)).toBeFocused();
  await expect(page.locator('.article-reader-caret')).toBeVisible();
  for (const key of ['a', 'Enter', 'Backspace', 'Delete', 'Control+b', 'Control+z', 'Control+Alt+2'])
    await page.keyboard.press(key);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Input.imeSetComposition', { text: 'ni', selectionStart: 2, selectionEnd: 2 });
  await cdp.send('Input.insertText', { text: '你好' });
  await page.evaluate(() => navigator.clipboard.writeText('贴进来的字'));
  await page.keyboard.press('Control+v');
  await page.keyboard.press('Control+x');
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData('text/plain', '拖进来的字');
    const at = document.querySelector('.ProseMirror p:last-of-type');
    for (const kind of ['dragover', 'drop', 'paste'])
      at?.dispatchEvent(
        kind === 'paste'
          ? new ClipboardEvent(kind, { clipboardData: data, bubbles: true, cancelable: true })
          : new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }),
      );
  });

  // The whole of it is selected, a line of it, its words; and a passage is commented on.
  await page.keyboard.press('Control+a');
  expect(await selected(page)).toContain('动笔');
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Shift+Home');
  expect(await selected(page)).toBe('第二段。');
  await page.keyboard.press('Control+Alt+m');
  const rail = page.getByRole('region', { name: '批注' });
  await expect(rail.getByRole('textbox', { name: '写批注' })).toBeVisible();
  await page.keyboard.type('太短');
  await page.keyboard.press('Control+Enter');
  await expect(rail.getByRole('article', { name: '责编的批注：第二段。' })).toContainText('太短');

  expect(await text(page).innerText()).toBe(whole);
  const told = await newsroom.call<{ paragraphs: { text: string }[] }>(
    'editor',
    'GET',
    `/api/articles/${id}/story`,
  );
  expect(told.paragraphs.map((paragraph) => paragraph.text)).toEqual(['签发以后只用键盘', lead, '第二段。']);
  // Their caret is their own: the author sees no other.
  const author = await newsroom.signIn(browser, 'zhangxiaoyan');
  await author.goto(`${newsroom.url}/articles/${id}`);
  await expect(text(author)).toHaveAttribute('contenteditable', 'true');
  await page.locator('.ProseMirror p').first().click();
  await expect(author.locator('.article-caret')).toHaveCount(0);
});

/** Writing without a network: kept on this device, merged when there is one again, put by when it cannot be. */
import type { Browser, Page } from '@playwright/test';
import { expect, type Newsroom, test } from './newsroom.ts';

async function newStory(newsroom: Newsroom, headline: string): Promise<string> {
  const { id } = await newsroom.call<{ id: string }>('zhangxiaoyan', 'POST', '/api/articles', {
    paragraphs: [
      { style: 'headline', text: headline, marks: [] },
      { style: 'body', text: '正文第一段。', marks: [] },
    ],
  });
  return id;
}

const storyWords = async (newsroom: Newsroom, id: string) =>
  (
    await newsroom.call<{ paragraphs: { text: string }[] }>('editor', 'GET', `/api/articles/${id}/story`)
  ).paragraphs
    .map(({ text }) => text)
    .join('\n');

/** She writes `words` at the end of the story while no server can be reached, and closes the page. */
async function writeOnTheTrain(newsroom: Newsroom, browser: Browser, id: string, words: string) {
  const page = await newsroom.signIn(browser, 'zhangxiaoyan');
  await page.goto(`${newsroom.url}/articles/${id}`);
  await expect(page.getByTestId('saved')).toHaveText('已保存');
  await newsroom.stop();
  await expect(page.getByTestId('saved')).toHaveText('离线，已存本机');
  await page.locator('.ProseMirror').getByText('正文第一段。').click();
  await page.keyboard.press('End');
  await page.keyboard.type(words);
  await expect(page.getByTestId('saved')).toHaveText('离线，已存本机');
  await expect(page.getByText('可以关掉页面')).toBeVisible();
  let asked = false;
  page.on('dialog', (dialog) => {
    asked = true;
    void dialog.accept();
  });
  const context = page.context();
  await page.close({ runBeforeUnload: true });
  await expect.poll(() => context.pages().length).toBe(0);
  expect(asked, 'leaving asks nothing: nothing would be lost').toBe(false);
  return context;
}

test('two hours on the train: the page closed, the other writing on, and all of it merges by itself', async ({
  newsroom,
  browser,
}) => {
  const id = await newStory(newsroom, '路上写的稿子');
  const context = await writeOnTheTrain(newsroom, browser, id, '她在车上写的。');
  await newsroom.start();
  await newsroom.call(
    'zhangxiaoyan',
    'PUT',
    `/api/articles/${id}/people/${await memberId(newsroom, 'chengjianzheng')}`,
  );
  const cheng = await newsroom.signIn(browser, 'chengjianzheng');
  await cheng.goto(`${newsroom.url}/articles/${id}`);
  await cheng.locator('.ProseMirror').getByText('正文第一段。').click();
  await cheng.keyboard.press('Home');
  await cheng.keyboard.type('他在社里写的。');
  await expect(cheng.getByTestId('saved')).toHaveText('已保存');
  // She comes back to the list of stories, not to the story.
  const page = await context.newPage();
  await page.goto(newsroom.url);
  await expect(cheng.locator('.ProseMirror')).toContainText('他在社里写的。正文第一段。她在车上写的。');
  expect(await storyWords(newsroom, id)).toContain('他在社里写的。正文第一段。她在车上写的。');
  await page.goto(`${newsroom.url}/articles/${id}`);
  // The other's name stands at his caret, between the words.
  await expect(page.locator('.ProseMirror')).toContainText(
    /他在社里写的。(程建政)?正文第一段。她在车上写的。/,
  );
  await expect(page.getByTestId('saved')).toHaveText('已保存');
});

test('a page opened without a server: the desk, the story and the writing are there', async ({
  newsroom,
  browser,
}) => {
  const id = await newStory(newsroom, '没有网络也打得开');
  const page = await newsroom.signIn(browser, 'zhangxiaoyan');
  await page.evaluate(() => navigator.serviceWorker.ready);
  // What the desk opens with is kept, though it was asked for before the worker stood.
  await page.waitForFunction(
    async () => (await (await caches.open('answers')).match('/api/articles')) !== undefined,
  );
  await page.goto(`${newsroom.url}/articles/${id}`);
  await expect(page.getByTestId('saved')).toHaveText('已保存');
  await newsroom.stop();
  await page.reload();
  await expect(page.locator('.ProseMirror')).toContainText('正文第一段。');
  await expect(page.getByTestId('saved')).toHaveText('离线，已存本机');
  await page.locator('.ProseMirror').getByText('正文第一段。').click();
  await page.keyboard.press('End');
  await page.keyboard.type('重开以后写的。');
  await expect(page.getByTestId('saved')).toHaveText('离线，已存本机');
  await page.goto(newsroom.url);
  await expect(page.getByText('没有网络也打得开')).toBeVisible();
  await newsroom.start();
  await page.goto(`${newsroom.url}/articles/${id}`);
  await expect(page.getByTestId('saved')).toHaveText('已保存');
  expect(await storyWords(newsroom, id)).toContain('正文第一段。重开以后写的。');
});

test('a story spiked meanwhile: her words are put by, and become a story of their own', async ({
  newsroom,
  browser,
}) => {
  const id = await newStory(newsroom, '后来不用的稿子');
  const context = await writeOnTheTrain(newsroom, browser, id, '这句没能并进去。');
  await newsroom.start();
  await newsroom.call('editor', 'POST', `/api/articles/${id}/acts`, { action: 'spike', reason: '重复' });
  const page = await context.newPage();
  await page.goto(newsroom.url);
  await expect(page.getByText('没能并入稿件')).toBeVisible();
  await page.getByRole('button', { name: '张晓燕的账户' }).click();
  await page.getByRole('menuitem', { name: '退出登录' }).click();
  const asked = page.getByRole('dialog', { name: '退出登录会丢掉没存上的文字' });
  await expect(asked).toContainText('《后来不用的稿子》');
  await expect(asked).toContainText('没能并入的文字');
  await asked.getByRole('button', { name: '先不退出' }).click();
  await expect(asked).toHaveCount(0);
  await page.getByRole('button', { name: '查看' }).click();
  await expect(page.getByRole('dialog')).toContainText('正文第一段。这句没能并进去。');
  await page.getByRole('button', { name: '另存为新稿' }).click();
  await expect(page.locator('.ProseMirror')).toContainText('正文第一段。这句没能并进去。');
  await expect(page.getByText('没能并入稿件')).toHaveCount(0);
  expect(await storyWords(newsroom, id)).not.toContain('没能并进去');
});

test('at sign-out nothing of the story stays on this device', async ({ newsroom, browser }) => {
  const page = await newsroom.signIn(browser, 'zhangxiaoyan');
  await page.goto(`${newsroom.url}/articles/${await newsroom.storyB()}`);
  await expect(page.getByTestId('saved')).toHaveText('已保存');
  await expect.poll(() => rows(page)).toBeGreaterThan(0);
  await page.goto(newsroom.url);
  await page.getByRole('button', { name: '张晓燕的账户' }).click();
  await page.getByRole('menuitem', { name: '退出登录' }).click();
  await expect.poll(() => rows(page)).toBe(0);
});

test('signing out in one tab a moment after the last word in another asks nothing, and clears both', async ({
  newsroom,
  browser,
}) => {
  const id = await newStory(newsroom, '两个窗口');
  const writing = await newsroom.signIn(browser, 'zhangxiaoyan');
  const leaving = await writing.context().newPage();
  await leaving.goto(`${newsroom.url}/settings`);
  await expect(leaving.getByRole('button', { name: '退出登录' })).toBeVisible();
  await writing.goto(`${newsroom.url}/articles/${id}`);
  await expect(writing.getByTestId('saved')).toHaveText('已保存');
  await writing.locator('.ProseMirror').getByText('正文第一段。').click();
  await writing.keyboard.press('End');
  await writing.keyboard.type('窗口一。');
  await expect(writing.getByTestId('saved')).toHaveText('已保存');
  await leaving.getByRole('button', { name: '退出登录' }).click();
  await expect(leaving).toHaveURL(/sign-in/);
  await expect(writing).toHaveURL(/sign-in/);
  await expect(writing.getByText('正文第一段。')).toHaveCount(0);
  await expect.poll(() => rows(leaving)).toBe(0);
  expect(await rows(leaving, 'copies')).toBe(0);
  expect(await storyWords(newsroom, id)).toContain('正文第一段。窗口一。');
});

test('signing out all the same loses what was named, and nothing of it stays', async ({
  newsroom,
  browser,
}) => {
  const id = await newStory(newsroom, '丢了也要走');
  const context = await writeOnTheTrain(newsroom, browser, id, '这句不要了。');
  await newsroom.start();
  await newsroom.call('editor', 'POST', `/api/articles/${id}/acts`, { action: 'spike', reason: '重复' });
  const page = await context.newPage();
  await page.goto(`${newsroom.url}/settings`);
  await expect(page.getByText('没能并入稿件')).toBeVisible();
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '仍要退出' }).click();
  await expect(page).toHaveURL(/sign-in/);
  for (const store of ['rows', 'copies', 'leftovers']) await expect.poll(() => rows(page, store)).toBe(0);
});

test('a session ended by the administrator says that all was saved, and offers no acts but signing in', async ({
  newsroom,
  browser,
}) => {
  const id = await newStory(newsroom, '会话结束');
  const page = await newsroom.signIn(browser, 'zhangxiaoyan', { viewport: { width: 390, height: 844 } });
  await page.goto(`${newsroom.url}/articles/${id}`);
  await expect(page.getByTestId('saved')).toHaveText('已保存');
  await expect(page.getByRole('button', { name: '送审' })).toBeVisible();
  const member = await memberId(newsroom, 'zhangxiaoyan');
  await newsroom.call('admin', 'POST', `/api/members/${member}/end-sessions`);
  await expect(page.getByTestId('saved')).toHaveText('登录已结束');
  await expect(page.getByText('登录已经结束。写下的都已存好')).toBeVisible();
  await expect(page.getByRole('button', { name: '送审' })).toHaveCount(0);
  expect(await page.evaluate(cutOff), 'nothing in the head is cut off').toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect(page.getByTestId('saved')).toHaveText('登录已结束');
  await expect(page.getByRole('button', { name: '作者', exact: true })).toBeDisabled();
  await expect(page.getByRole('navigation')).toHaveCount(0);
  await page.getByRole('button', { name: '重新登录' }).click();
  await expect(page).toHaveURL(/sign-in/);
});

test('who is removed at a desk is told so, and led to the sign-in page; the device keeps nothing', async ({
  newsroom,
  browser,
}) => {
  const id = await newStory(newsroom, '被移除');
  const page = await newsroom.signIn(browser, 'zhangxiaoyan');
  await page.goto(`${newsroom.url}/articles/${id}`);
  await page.locator('.ProseMirror').getByText('正文第一段。').click();
  await page.keyboard.type('字');
  await expect(page.getByTestId('saved')).toHaveText('已保存');
  const member = await memberId(newsroom, 'zhangxiaoyan');
  await newsroom.call('admin', 'PATCH', `/api/members/${member}`, { active: false });
  await expect(page.getByRole('heading', { name: '你的账户停用了' })).toBeVisible();
  await expect(page.getByRole('navigation')).toHaveCount(0);
  for (const store of ['rows', 'copies']) await expect.poll(() => rows(page, store)).toBe(0);
  await page.getByRole('link', { name: '去登录' }).click();
  await expect(page.getByRole('heading', { name: '请登录' })).toBeVisible();
  expect(await rows(page, 'copies')).toBe(0);
  await newsroom.call('admin', 'PATCH', `/api/members/${member}`, { active: true });
});

/** Texts of the desk's head that do not show whole; run in the page. */
const cutOff = () =>
  [...document.querySelectorAll('.desk-bar .app-bar-title [data-testid]')]
    .filter((part) => {
      const [own, head] = [part, part.parentElement!].map((one) => one.getBoundingClientRect());
      return (
        part.scrollWidth > part.clientWidth || own!.right > head!.right || own!.bottom > head!.bottom + 1
      );
    })
    .map((part) => part.textContent);

/** Rows of words in this browser's database, or what another of its stores has. */
const rows = (page: Page, store = 'rows') =>
  page.evaluate(
    (store) =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('tonggao');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const db = opening.result;
          if (!db.objectStoreNames.contains(store)) return resolve(-1);
          const count = db.transaction(store).objectStore(store).count();
          count.onsuccess = () => {
            db.close();
            resolve(count.result);
          };
        };
      }),
    store,
  );

async function memberId(newsroom: Newsroom, handle: string): Promise<string> {
  const people = await newsroom.call<{ id: string; handle: string }[]>('admin', 'GET', '/api/people');
  return people.find((one) => one.handle === handle)?.id ?? '';
}

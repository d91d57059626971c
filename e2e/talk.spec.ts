/** Comments beyond passages: on a figure and the whole story, given to somebody until a time, answered by a sign,
 * changed, on a suggestion, and all of it as a page to print. */
import { expect, test } from './newsroom.ts';

test('责编 comments on a picture and the story, and gives one to 程建政, who deals with it', async ({
  newsroom,
  browser,
}) => {
  const id = await newsroom.storyB();
  const open = async (handle: string) => {
    const page = await newsroom.signIn(browser, handle);
    await page.goto(`${newsroom.url}/articles/${id}`);
    await expect(page.getByTestId('saved')).toHaveText(/已保存|只读/);
    return page;
  };
  const [editor, cheng] = await Promise.all([open('editor'), open('chengjianzheng')]);
  const rail = editor.getByRole('region', { name: '批注' });

  // The picture, by its own button; the card stands beside it.
  const figure = editor.locator('.article-figure').first();
  await figure.getByRole('button', { name: '批注' }).click();
  await rail.getByRole('textbox', { name: '写批注' }).fill('换一张人多的，@程建政');
  await rail.getByRole('button', { name: '批注', exact: true }).last().click();
  const picture = rail.getByRole('article', { name: /责编的批注：“泺/ });
  await expect(picture).toContainText('图片：');
  await expect(figure).toHaveClass(/comments-figure/);

  // Nothing is selected: it is about the whole story, and says so.
  await editor.locator('.ProseMirror p').first().click();
  await editor.keyboard.press('Control+Alt+m');
  await expect(rail.getByText('整篇稿件')).toBeVisible();
  await editor.keyboard.type('请核对成立年份');
  await editor.keyboard.press('Control+Enter');
  const whole = rail.getByRole('article', { name: '责编的批注：整篇稿件' });
  await expect(whole).toContainText('请核对成立年份');

  // Given until a time; he hears of it, and finds it in what waits for him.
  await whole.getByRole('button', { name: '交给…' }).click();
  await whole.getByRole('combobox', { name: '交给谁' }).selectOption('程建政');
  await whole.getByLabel(/什么时候之前/).fill('2030-01-02T18:00');
  await whole.getByRole('button', { name: '交给', exact: true }).click();
  await expect(whole).toContainText('交给程建政');
  await expect(whole).toContainText('18:00 前');
  await editor.screenshot({ path: test.info().outputPath('given.png') });
  await cheng.goto(`${newsroom.url}/desk`);
  const row = cheng.locator('.queue li', { hasText: '请核对成立年份' });
  await expect(row).toContainText('交给我');
  await expect(row.getByRole('button', { name: '办完了' })).toHaveCount(0);
  await cheng.screenshot({ path: test.info().outputPath('waits.png') });
  await row.getByRole('link').click();
  const his = cheng.getByRole('region', { name: '批注' });
  const mine = his.getByRole('article', { name: '责编的批注：整篇稿件' });
  await his.getByRole('combobox', { name: '谁写的批注' }).selectOption('交给我的');
  await expect(his.getByRole('article')).toHaveCount(1);
  await mine.locator('.comments-open').click();

  // The link to it leads there.
  await cheng.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await mine.getByRole('button', { name: '复制这条批注的链接' }).click();
  await expect(cheng.getByText('链接已复制')).toBeVisible();
  expect(await cheng.evaluate(() => navigator.clipboard.readText())).toMatch(
    new RegExp(`^${newsroom.url}/articles/${id}#thread=[\\w-]{22}$`),
  );

  // A sign, an answer, and the answer changed; the editor reads what it said before.
  await mine.getByRole('button', { name: '表个态' }).first().click();
  await cheng.getByRole('menuitem', { name: '在看' }).click();
  await mine.getByRole('button', { name: '回复' }).click();
  await cheng.keyboard.type('是1989年9月。');
  await cheng.keyboard.press('Control+Enter');
  await expect(whole.getByRole('button', { name: '在看：程建政' })).toBeVisible();
  await mine.getByRole('button', { name: '程建政这条批注的更多操作' }).click();
  await cheng.getByRole('menuitem', { name: '修改' }).click();
  await mine.getByRole('textbox', { name: '改批注' }).fill('是1989年10月，有执照。');
  await mine.getByRole('button', { name: '存下' }).click();
  await expect(whole).toContainText('是1989年10月，有执照。');
  await whole.getByRole('button', { name: '改过' }).click();
  await expect(whole.getByRole('list', { name: '改之前写的' })).toContainText('是1989年9月。');
  await cheng.screenshot({ path: test.info().outputPath('answered.png') });

  // His answer settles no gift; resolving does, and the giver is told.
  const asked = () =>
    newsroom.call<{ notices: { kind: string; doneAt: string | null }[] }>(
      'chengjianzheng',
      'GET',
      '/api/notices',
    );
  expect((await asked()).notices.find(({ kind }) => kind === 'assigned')?.doneAt).toBeNull();
  await mine.getByRole('button', { name: '解决' }).click();
  await expect(editor.getByRole('button', { name: /通知，1 条/ })).toBeVisible();
  await editor.getByRole('button', { name: /通知，1 条/ }).click();
  await expect(editor.getByText('处理完了你交的批注')).toBeVisible();
  expect((await asked()).notices.find(({ kind }) => kind === 'assigned')?.doneAt).not.toBeNull();
  await Promise.all([editor.context().close(), cheng.context().close()]);
});

test('a suggestion is discussed where it stands, and the whole talk prints', async ({
  newsroom,
  browser,
}) => {
  const { id } = await newsroom.call<{ id: string }>('zhangxiaoyan', 'POST', '/api/articles', {
    paragraphs: [
      { style: 'headline', text: '有人讨论的稿', marks: [] },
      { style: 'body', text: '服装城创建于一九八九年。', marks: [] },
    ],
  });
  await newsroom.call('zhangxiaoyan', 'POST', `/api/articles/${id}/acts`, { action: 'submit' });
  const open = async (handle: string) => {
    const page = await newsroom.signIn(browser, handle);
    await page.goto(`${newsroom.url}/articles/${id}`);
    await expect(page.getByTestId('saved')).toHaveText(/已保存|只读/);
    return page;
  };
  const [editor, author] = await Promise.all([open('editor'), open('zhangxiaoyan')]);
  await editor.locator('.ProseMirror p').last().click();
  await editor.keyboard.press('End');
  await editor.keyboard.type('规模很大。');
  await author.getByRole('tab', { name: /^修改/ }).click();
  const card = author.locator('.suggestions-list > li', { hasText: '规模很大' });
  await card.getByRole('button', { name: '讨论' }).click();
  await author.getByRole('textbox', { name: '写批注' }).fill('有数字吗？');
  await author.keyboard.press('Control+Enter');
  const thread = author.getByRole('article', { name: '张晓燕的批注：规模很大。' });
  await expect(thread).toContainText('讨论一处修改');
  await editor.getByRole('button', { name: /^通知/ }).click();
  await expect(editor.getByText('在讨论你的修改')).toBeVisible();
  await author.getByRole('tab', { name: /^修改/ }).click();
  await expect(card.getByRole('button', { name: '讨论 1' })).toBeVisible();
  await author.screenshot({ path: test.info().outputPath('discussed.png') });
  // Rejected: its words go, what was said about them stays.
  await newsroom.call('editor', 'POST', `/api/articles/${id}/suggestions/answers`, {
    answer: 'reject',
    which: { all: true },
  });
  await author.getByRole('tab', { name: /^批注/ }).click();
  await expect(author.getByText('原文已删的批注（1）')).toBeVisible();

  await author.getByRole('button', { name: '更多' }).first().click();
  const link = author.getByRole('menuitem', { name: '打印批注与修改' });
  const printed = await author.context().newPage();
  await printed.goto(newsroom.url + (await link.getAttribute('href')));
  await expect(printed.getByRole('heading', { name: /有人讨论的稿/ })).toBeVisible();
  await expect(printed.getByText('有数字吗？')).toBeVisible();
  await expect(printed.getByRole('row', { name: /规模很大.*不接受/ })).toBeVisible();
  await printed.screenshot({ path: test.info().outputPath('printed.png') });
  await Promise.all([editor.context().close(), author.context().close()]);
});

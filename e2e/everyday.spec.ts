/** Everyday acts: make, rename, spike a story, invite and remove people, and what each may see. */
import type { Route } from '@playwright/test';
import { expect, test } from './newsroom.ts';

interface Made {
  id: string;
}

test('a reporter makes a story, writes its headline, spikes it and takes that back', async ({
  newsroom,
  browser,
}) => {
  const page = await newsroom.signIn(browser, 'zongzhaoyang');
  await page.getByRole('button', { name: /新稿/ }).click();
  await expect(page).toHaveURL(/articles\//);
  await page.locator('.ProseMirror').click();
  await page.keyboard.type('孙村街道夜校开课');
  await expect(page.getByText('已保存')).toBeVisible();
  await page.goto(newsroom.url);
  await expect(page.getByText('孙村街道夜校开课').first()).toBeVisible();
  const row = page.getByRole('button', { name: /对《孙村街道夜校开课》的操作/, includeHidden: true });
  await row.click();
  await page.getByRole('menuitem', { name: '不用' }).click();
  const dialog = page.getByRole('dialog', { name: '不用' });
  await dialog.getByRole('textbox', { name: '理由' }).fill('重复报道');
  // The story may leave the list before the answer is here; what was done is said all the same.
  const act = async (route: Route) => {
    const answer = await route.fetch();
    await expect(row).toHaveCount(0);
    await route.fulfill({ response: answer });
  };
  await page.route('**/acts', act, { times: 1 });
  await dialog.getByRole('button', { name: '不用' }).click();
  await expect(page.getByText('《孙村街道夜校开课》：不用')).toBeVisible();
  await page.getByRole('button', { name: '撤销' }).click();
  await expect(page.getByText('孙村街道夜校开课').first()).toBeVisible();
  await page.context().close();
});

test('a removed correspondent is out at once, in the open editor too', async ({ newsroom, browser }) => {
  const story = await newsroom.storyB();
  const people = await newsroom.call<{ id: string; handle: string }[]>('editor', 'GET', '/api/people');
  const cheng = people.find((person) => person.handle === 'chengjianzheng')?.id;
  const page = await newsroom.signIn(browser, 'chengjianzheng');
  await page.goto(`${newsroom.url}/articles/${story}`);
  await expect(page.getByText('已保存')).toBeVisible();
  await newsroom.call('zhangxiaoyan', 'DELETE', `/api/articles/${story}/people/${cheng}`);
  await expect(page.getByText(/不再能看这篇|没有你能看的/).first()).toBeVisible();
  await expect(newsroom.call('chengjianzheng', 'GET', `/api/articles/${story}/story`)).rejects.toThrow(/404/);
  await newsroom.call('zhangxiaoyan', 'PUT', `/api/articles/${story}/people/${cheng}`);
  await page.context().close();
});

test('the administrator adds a member, whose link works once', async ({ newsroom, browser }) => {
  const admin = await newsroom.signIn(browser, 'admin');
  await admin.goto(`${newsroom.url}/members`);
  await expect(admin.getByText('程建政').first()).toBeVisible();
  const { link } = await newsroom.call<{ link: string }>('admin', 'POST', '/api/members', {
    handle: 'lisi',
    name: '李四',
    role: 'reporter',
  });
  await expect(admin.getByText('李四').first()).toBeVisible();
  const fresh = await browser.newContext({ locale: 'zh-CN' });
  const page = await fresh.newPage();
  const address = `${newsroom.url}/${link.split('/').slice(3).join('/')}`;
  await page.goto(address);
  await page.getByRole('button', { name: '进入编辑部' }).click();
  await expect(page.getByRole('heading', { name: '稿件' })).toBeVisible();
  const again = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
  await again.goto(address);
  await expect(again.getByText(/用不了/)).toBeVisible();
  await fresh.close();
  await again.context().close();
  await admin.context().close();
});

test('what the paper calls a duty is used everywhere at once, and the usual name comes back', async ({
  newsroom,
  browser,
}) => {
  const lead = await newsroom.signIn(browser, 'deskhead');
  const admin = await newsroom.signIn(browser, 'admin');
  await lead.goto(`${newsroom.url}/settings`);
  const duty = lead.locator('.settings-me');
  await expect(duty).toContainText('部主任 deskhead');
  await admin.goto(`${newsroom.url}/settings`);
  const name = admin.getByRole('textbox', { name: '部主任', exact: true });
  await name.fill('新闻中心主任');
  await name.press('Enter');
  await expect(duty).toContainText('新闻中心主任 deskhead');
  await name.fill('');
  await name.press('Enter');
  await expect(duty).not.toContainText('新闻中心');
  await Promise.all([lead.context().close(), admin.context().close()]);
});

test('an emptied story comes back by npm run recover, beside the running server', async ({
  newsroom,
  browser,
}) => {
  const made = await newsroom.call<Made>('zhangxiaoyan', 'POST', '/api/articles', { title: '要清空的稿' });
  const page = await newsroom.signIn(browser, 'zhangxiaoyan');
  await page.goto(`${newsroom.url}/articles/${made.id}`);
  await page.locator('.ProseMirror').click();
  await page.keyboard.type('这些字会被清空');
  await expect(page.getByText('已保存')).toBeVisible();
  const listed = await newsroom.command('server/article/recover.ts', made.id);
  const seq = listed.match(/^\s*(\d+)\b/m)?.[1];
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Backspace');
  await expect(page.locator('.ProseMirror')).not.toContainText('这些字会被清空');
  await expect(page.getByText('已保存')).toBeVisible();
  await newsroom.command('server/article/recover.ts', made.id, String(seq));
  await expect(page.locator('.ProseMirror')).toContainText('这些字会被清空');
  await page.context().close();
});

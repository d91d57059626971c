/** Changing one's ways in at a session that is not fresh: the settings ask for a proof and go on with what was asked. */
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { TOTP, URI } from 'otpauth';
import { expect, type Newsroom, test } from './newsroom.ts';

const password = '河口夜市一年开了十二家新店';

/** A new reporter of the newsroom, signed in, in the settings. */
async function inSettings(newsroom: Newsroom, browser: Browser, handle: string, name: string) {
  await newsroom.call('admin', 'POST', '/api/members', { handle, name, role: 'reporter' });
  const page = await newsroom.signIn(browser, handle, { locale: 'zh-CN' });
  await page.goto(`${newsroom.url}/settings`);
  await expect(page.getByRole('region', { name: '密码', exact: true })).toBeVisible();
  return page;
}

/** As if everybody had signed in an hour ago. */
function ageSessions({ folder }: Newsroom) {
  const database = new Database(path.join(folder, 'newsroom.db'), { timeout: 10_000 });
  const hourAgo = new Date(Date.now() - 3_600_000).toISOString();
  database.prepare('update sessions set proved_at = ?').run(hourAgo);
  database.close();
}

async function setPassword(page: Page) {
  await page.getByRole('button', { name: '设密码' }).click();
  await page.getByLabel('新密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: '存下' }).click();
  await expect(page.getByText(/密码已设好/)).toBeVisible();
}

const asked = (page: Page) => page.getByRole('dialog', { name: '核实是你本人' });

async function addAuthenticator(page: Page) {
  await page
    .context()
    .newCDPSession(page)
    .then(async (device) => {
      await device.send('WebAuthn.enable');
      await device.send('WebAuthn.addVirtualAuthenticator', {
        options: {
          protocol: 'ctap2',
          transport: 'internal',
          hasResidentKey: true,
          hasUserVerification: true,
          isUserVerified: true,
          automaticPresenceSimulation: true,
        },
      });
    });
}

test('by password: wrong once, right, and the second factor is turned on as was asked', async ({
  newsroom,
  browser,
}) => {
  const page = await inSettings(newsroom, browser, 'wanglin', '王琳');
  await setPassword(page);
  ageSessions(newsroom);
  await page.getByRole('button', { name: '开启两步验证' }).click();
  const dialog = asked(page);
  await expect(dialog.getByLabel('密码', { exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('请填密码。')).toBeVisible();
  await page.keyboard.type('不是这个密码');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('密码不对，请再试一次。')).toBeVisible();
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .include('[role=dialog]')
    .analyze();
  expect(violations).toEqual([]);
  await expect(dialog.getByLabel('密码', { exact: true })).toBeFocused();
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('img', { name: '给验证器扫的二维码' })).toBeVisible();
  await expect(page.getByLabel('验证器显示的六位数字')).toBeFocused();
  const address = await page.getByRole('link', { name: '在这台设备上打开验证器' }).getAttribute('href');
  const totp = URI.parse(address ?? '');
  if (!(totp instanceof TOTP)) throw new Error(`no authenticator takes ${address}`);
  await page.keyboard.type(totp.generate());
  await page.keyboard.press('Enter');
  const items = page.getByRole('list', { name: '恢复码' }).getByRole('listitem');
  await expect(items).toHaveCount(10);
  const [first = '', second = ''] = await items.allTextContents();
  await page.keyboard.press('Escape');
  await expect(items).toHaveCount(10);
  await page.getByRole('button', { name: '我存好了' }).click();

  // With both at hand either will do; the token is made as was asked.
  ageSessions(newsroom);
  await page.getByLabel('给令牌起个名字').fill('排版机');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: '改用验证码' }).click();
  await dialog.getByLabel('验证码或恢复码').fill(first);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: '令牌“排版机”' })).toBeVisible();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: '换恢复码' }).click();
  await page.getByLabel('验证码或恢复码').fill(second);
  await page.keyboard.press('Enter');
  await expect(items).toHaveCount(10);
  expect(await items.allTextContents()).not.toContain(first);
  await page.getByRole('button', { name: '我存好了' }).click();
  await expect(page.getByText(/恢复码还剩 10 个/)).toBeVisible();
  await page.context().close();
});

test('by passkey; what is not proved changes nothing, and the dialog that waited is still there', async ({
  newsroom,
  browser,
}) => {
  const page = await inSettings(newsroom, browser, 'zhaomin', '赵敏');
  await addAuthenticator(page);
  await page.getByRole('button', { name: '添加通行密钥' }).click();
  await page.getByRole('textbox', { name: '名字', exact: true }).fill('编辑部的电脑');
  await page.keyboard.press('Enter');
  await expect(page.getByText('通行密钥“编辑部的电脑”已添加')).toBeVisible();
  ageSessions(newsroom);
  await page.getByRole('button', { name: '设密码' }).click();
  await page.getByLabel('新密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: '存下' }).click();
  await expect(asked(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(asked(page)).toHaveCount(0);
  await expect(page.getByText('要先核实是你本人，什么也没有改。')).toBeVisible();
  await expect(page.getByLabel('新密码', { exact: true })).toHaveValue(password);
  await page.getByRole('button', { name: '存下' }).click();
  await asked(page).getByRole('button', { name: '用通行密钥' }).click();
  await expect(page.getByText(/密码已设好/)).toBeVisible();
  await page.context().close();
});

test('who has nothing to prove it by signs in anew by a fresh link, and comes back to the settings', async ({
  newsroom,
  browser,
}) => {
  const page = await inSettings(newsroom, browser, 'sunyue', '孙悦');
  ageSessions(newsroom);
  await page.getByRole('button', { name: '设密码' }).click();
  await page.getByLabel('新密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: '存下' }).click();
  await expect(asked(page).getByText(/请管理员发一个登录链接/)).toBeVisible();
  await asked(page).getByRole('link', { name: '重新登录' }).click();
  await expect(page.getByRole('heading', { name: '请登录' })).toBeVisible();
  await page.goto(await newsroom.signInLink('sunyue'));
  await page.getByRole('button', { name: /进入/ }).click();
  await expect(page.getByRole('heading', { name: '稿件' })).toBeVisible();
  await page.goto(`${newsroom.url}/settings`);
  await setPassword(page);
  await page.context().close();
});

test('an administrator’s link for themselves is a way in like any other', async ({ newsroom, browser }) => {
  const page = await newsroom.signIn(browser, 'admin', { locale: 'zh-CN' });
  await page.goto(`${newsroom.url}/members`);
  const row = page.getByRole('row').filter({ hasText: 'admin' });
  ageSessions(newsroom);
  await row.getByRole('button').click();
  await page.getByRole('menuitem', { name: /登录链接/ }).click();
  await expect(asked(page).getByText(/要重新登录一次/)).toBeVisible();
  await page.context().close();
});

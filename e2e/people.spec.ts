/** People who belong: every way in, invitations, one's own account and the members' desk, in a browser. */
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from '@playwright/test';
import { TOTP, URI } from 'otpauth';
import { expect, type Newsroom, test } from './newsroom.ts';

const password = '河口夜市一年开了十二家新店';

async function openSettings(page: Page, url: string) {
  await page.goto(`${url}/settings`);
  await expect(page.getByRole('region', { name: '密码', exact: true })).toBeVisible();
}

async function setPassword(page: Page, url: string) {
  await openSettings(page, url);
  await page.getByRole('button', { name: '设密码' }).click();
  await page.getByLabel('新密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: '存下' }).click();
  await expect(page.getByText(/密码已设好/)).toBeVisible();
}

async function signOut(page: Page) {
  await page.getByRole('main').getByRole('button', { name: '退出登录' }).click();
  await expect(page.getByRole('heading', { name: '请登录' })).toBeVisible();
}

async function typePassword(page: Page, handle: string, typed: string) {
  await page.getByLabel('账号', { exact: true }).fill(handle);
  await page.getByLabel('密码', { exact: true }).fill(typed);
  await page.getByRole('button', { name: '登录', exact: true }).click();
}

/** A new reporter of the newsroom, signed in. */
async function newcomer(newsroom: Newsroom, browser: Browser, handle: string, name: string) {
  await newsroom.call('admin', 'POST', '/api/members', { handle, name, role: 'reporter' });
  return newsroom.signIn(browser, handle);
}

test('a password: set, wrong once, right, and back to the address that was asked for', async ({
  newsroom,
  browser,
}) => {
  const page = await newcomer(newsroom, browser, 'wanglin', '王琳');
  await openSettings(page, newsroom.url);
  await page.getByRole('button', { name: '设密码' }).click();
  await page.getByLabel('新密码', { exact: true }).fill('password1234');
  await page.getByRole('button', { name: '存下' }).click();
  await expect(page.getByText(/太容易猜到/)).toBeVisible();
  await page.getByRole('button', { name: '取消' }).click();
  await setPassword(page, newsroom.url);
  await signOut(page);
  await page.goto(`${newsroom.url}/settings`);
  await expect(page).toHaveURL(/\/sign-in$/);
  await typePassword(page, 'wanglin', `${password}！`);
  await expect(page.getByText('账号或密码不对，请再试一次。')).toBeVisible();
  await expect(page.getByLabel('账号', { exact: true })).toHaveValue('wanglin');
  await expect(page.getByLabel('密码', { exact: true })).toHaveValue(`${password}！`);
  await expect(page.getByLabel('密码', { exact: true })).toBeFocused();
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/settings$/);
  await expect(page.getByRole('heading', { name: '设置' })).toBeVisible();
  await page.context().close();
});

test('a second factor: turned on by its QR code’s secret, asked for after the password, a recovery code once', async ({
  newsroom,
  browser,
}) => {
  const page = await newcomer(newsroom, browser, 'sunyue', '孙悦');
  await setPassword(page, newsroom.url);
  await page.getByRole('button', { name: '开启两步验证' }).click();
  await expect(page.getByRole('img', { name: '给验证器扫的二维码' })).toBeVisible();
  const address = await page.getByRole('link', { name: '在这台设备上打开验证器' }).getAttribute('href');
  const totp = URI.parse(address ?? '');
  if (!(totp instanceof TOTP)) throw new Error(`no authenticator takes ${address}`);
  await expect(page.locator('.people-offer code')).toHaveText(
    totp.secret.base32.replace(/(.{4})(?!$)/g, '$1 '),
  );
  const field = page.getByLabel('验证器显示的六位数字');
  await expect(field).toBeFocused();
  await field.fill('000000');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/看清现在显示的数字/)).toBeVisible();
  await field.fill(totp.generate());
  await page.keyboard.press('Enter');
  const items = page.getByRole('list', { name: '恢复码' }).getByRole('listitem');
  await expect(items).toHaveCount(10);
  const codes = await items.allTextContents();
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载' }).click(),
  ]);
  expect(saved.suggestedFilename()).toBe('同稿恢复码.txt');
  await page.getByRole('button', { name: '我存好了' }).click();
  await expect(page.getByText(/恢复码还剩 10 个/)).toBeVisible();

  await signOut(page);
  await typePassword(page, 'sunyue', password);
  await expect(page.getByRole('heading', { name: '还差一步' })).toBeVisible();
  // The one that turned it on is spent; the next half-minute's is taken already.
  await page.getByLabel('六位验证码').fill(totp.generate({ timestamp: Date.now() + 30_000 }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '稿件' })).toBeVisible();

  await openSettings(page, newsroom.url);
  await signOut(page);
  await typePassword(page, 'sunyue', password);
  await page.getByRole('button', { name: /用恢复码/ }).click();
  await page.getByLabel('恢复码').fill(codes[0] ?? '');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '稿件' })).toBeVisible();
  await openSettings(page, newsroom.url);
  await expect(page.getByText(/恢复码还剩 9 个/)).toBeVisible();
  await page.getByRole('button', { name: '关掉两步验证' }).click();
  await page.getByLabel('验证码或恢复码').fill(codes[0] ?? '');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/已经用过/)).toBeVisible();
  await page.getByLabel('验证码或恢复码').fill(codes[1] ?? '');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: '开启两步验证' })).toBeVisible();
  await page.context().close();
});

test('a passkey: added, signed in with, removed', async ({ newsroom, browser }) => {
  const page = await newcomer(newsroom, browser, 'zhaomin', '赵敏');
  const device = await page.context().newCDPSession(page);
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
  await openSettings(page, newsroom.url);
  await page.getByRole('button', { name: '添加通行密钥' }).click();
  await page.getByRole('textbox', { name: '名字', exact: true }).fill('编辑部的电脑');
  await page.keyboard.press('Enter');
  await expect(page.getByText('通行密钥“编辑部的电脑”已添加')).toBeVisible();
  await page.getByRole('button', { name: '添加通行密钥' }).click();
  await page.getByRole('button', { name: '继续' }).click();
  await expect(page.getByText('这台设备上已经有你的通行密钥了。')).toBeVisible();
  await page.getByRole('button', { name: '取消' }).click();
  await signOut(page);
  await page.getByRole('button', { name: '用通行密钥登录' }).click();
  await expect(page.getByRole('heading', { name: '稿件' })).toBeVisible();
  await openSettings(page, newsroom.url);
  await page.getByRole('button', { name: '去掉通行密钥“编辑部的电脑”' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '去掉' }).click();
  await expect(page.getByText('通行密钥“编辑部的电脑”已去掉')).toBeVisible();
  await signOut(page);
  await page.getByRole('button', { name: '用通行密钥登录' }).click();
  await expect(page.getByText('这个通行密钥在这里用不了，请换一种办法登录。')).toBeVisible();
  await page.context().close();
});

test('a guest whom a reporter invites to a story sees that story alone; a revoked invitation lets nobody in', async ({
  newsroom,
  browser,
}) => {
  const reporter = await newsroom.signIn(browser, 'zongzhaoyang');
  await reporter.goto(`${newsroom.url}/articles/${await newsroom.storyA()}`);
  await reporter.getByRole('button', { name: '邀请', exact: true }).click();
  const invite = async (name: string) => {
    await reporter.getByRole('button', { name: '邀请外来通讯员' }).click();
    await reporter.getByRole('form', { name: '邀请外来通讯员' }).getByLabel('姓名').fill(name);
    await reporter.keyboard.press('Enter');
    const link = await reporter.getByLabel(`给${name}的邀请链接`).inputValue();
    await reporter.getByRole('button', { name: '好了' }).click();
    return link;
  };
  const link = await invite('李文');
  const other = await invite('周全');
  await reporter.getByRole('button', { name: '收回给周全的邀请' }).click();
  await expect(reporter.getByText('给周全的邀请已收回，链接用不了了')).toBeVisible();

  const guest = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
  await guest.goto(other);
  await expect(guest.getByRole('heading', { name: '这个邀请用不了了' })).toBeVisible();
  await guest.goto(link);
  await expect(guest.getByRole('heading', { name: /宗兆洋请你加入/ })).toBeVisible();
  await expect(guest).toHaveURL(/\/invitation$/);
  await expect(guest.getByLabel('姓名')).toHaveValue('李文');
  await guest.getByLabel('给自己起个账号').fill('editor');
  await guest.getByRole('button', { name: '接受邀请' }).click();
  await expect(guest.getByText('这个账号有人用了，换一个。')).toBeVisible();
  await expect(guest.getByLabel('给自己起个账号')).toBeFocused();
  await guest.getByLabel('给自己起个账号').fill('liwen');
  await guest.keyboard.press('Enter');
  await expect(guest.getByRole('heading', { name: '稿件' })).toBeVisible();
  await expect(guest.getByText('党建聚').first()).toBeVisible();
  await expect(guest.getByText('1 篇').first()).toBeVisible();
  await guest.goto(`${newsroom.url}/articles/${await newsroom.storyB()}`);
  await expect(guest.getByText('这里没有你能看的东西')).toBeVisible();
  await guest.context().close();
  await reporter.context().close();
});

test('ending another session closes its desk at once', async ({ newsroom, browser }) => {
  const one = await newcomer(newsroom, browser, 'gaofeng', '高峰');
  const two = await newsroom.signIn(browser, 'gaofeng');
  await expect(two.getByRole('heading', { name: '稿件' })).toBeVisible();
  await openSettings(one, newsroom.url);
  await expect(one.getByText('这台设备')).toHaveCount(1);
  await one.getByRole('button', { name: /结束这次登录/ }).click();
  await expect(two.getByRole('heading', { name: '请登录' })).toBeVisible();
  await expect(one.getByRole('button', { name: /结束这次登录/ })).toHaveCount(0);
  await expect(one.getByRole('region', { name: '在哪些设备上登录着' })).toBeFocused();
  await one.context().close();
  await two.context().close();
});

test('the administrator invites, gives sections, and resets a sign-in', async ({ newsroom, browser }) => {
  const admin = await newsroom.signIn(browser, 'admin');
  await admin.goto(`${newsroom.url}/members`);
  await admin.getByRole('button', { name: '邀请', exact: true }).click();
  await admin.getByLabel('姓名').fill('何静');
  await admin.keyboard.press('Enter');
  const link = await admin.getByRole('textbox', { name: '给何静的邀请链接' }).inputValue();
  await admin.getByRole('button', { name: '好了' }).click();
  await expect(admin.getByRole('region', { name: '未接受的邀请' }).getByText('何静')).toBeVisible();

  const newPage = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
  await newPage.goto(link);
  await newPage.getByLabel('给自己起个账号').fill('hejing');
  await newPage.getByLabel('密码（可不填）').fill(password);
  await newPage.getByRole('button', { name: '接受邀请' }).click();
  await expect(newPage.getByRole('heading', { name: '稿件' })).toBeVisible();
  await expect(admin.getByRole('region', { name: '未接受的邀请' }).getByText('何静')).toHaveCount(0);

  const row = admin.getByRole('row').filter({ hasText: 'hejing' });
  await expect(row.getByRole('img', { name: '有密码' })).toBeVisible();
  await row.getByRole('button', { name: '对何静的操作' }).click();
  await admin.getByRole('menuitem', { name: '修改' }).click();
  await admin.getByRole('combobox', { name: '分管的版' }).fill('体育');
  await admin.keyboard.press('Enter');
  await admin.getByLabel('邮箱（可不填）').fill('hejing@example.com');
  await admin.getByRole('button', { name: '存下' }).click();
  await expect(row.getByText('体育')).toBeVisible();

  await row.getByRole('button', { name: '对何静的操作' }).click();
  await admin.getByRole('menuitem', { name: '重设登录' }).click();
  await admin.getByRole('dialog').getByRole('button', { name: '重设登录' }).click();
  const fresh = await admin.getByRole('textbox', { name: '给何静的登录链接' }).inputValue();
  await expect(newPage.getByRole('heading', { name: '请登录' })).toBeVisible();
  await typePassword(newPage, 'hejing', password);
  await expect(newPage.getByText('账号或密码不对，请再试一次。')).toBeVisible();
  // The same tab: only what stands behind # changes.
  await newPage.goto(fresh);
  await newPage.getByRole('button', { name: '进入编辑部' }).click();
  await expect(newPage.getByRole('heading', { name: '稿件' })).toBeVisible();
  await newPage.context().close();
  await admin.context().close();
});

test('nothing serious for axe where people come in and look after their account, in both languages', async ({
  newsroom,
  browser,
}) => {
  const { link } = await newsroom.call<{ link: string }>('admin', 'POST', '/api/invitations', {
    name: '吴越',
    role: 'reporter',
  });
  const grave = async (page: Page) => {
    const found = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
      .analyze();
    return found.violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${page.url()} ${id}: ${nodes[0]?.html}`);
  };
  for (const look of [
    { locale: 'zh-CN', colorScheme: 'light' },
    { locale: 'en', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
  ] as const) {
    const outside = await (await browser.newContext(look)).newPage();
    for (const [address, field] of [
      [`${newsroom.url}/sign-in`, /^(密码|Password)$/],
      [`${newsroom.url}/sign-in#second`, /六位验证码|Six-digit code/],
      [link, /给自己起个账号|Choose a handle/],
    ] as const) {
      await outside.goto(address);
      await expect(outside.getByLabel(field)).toBeVisible();
      expect(await grave(outside)).toEqual([]);
    }
    await outside.context().close();
    const admin = await newsroom.signIn(browser, 'admin', look);
    await admin.goto(`${newsroom.url}/members`);
    await expect(admin.getByRole('region', { name: /未接受的邀请|Open invitations/ })).toContainText('吴越');
    expect(await grave(admin)).toEqual([]);
    await admin.goto(`${newsroom.url}/settings`);
    await expect(admin.getByText(/这台设备|this device/)).toBeVisible();
    expect(await grave(admin)).toEqual([]);
    await admin.getByRole('button', { name: /开启两步验证|Turn on the second factor/ }).click();
    await expect(admin.getByRole('img', { name: /二维码|QR code/ })).toBeVisible();
    expect(await grave(admin)).toEqual([]);
    await admin.context().close();
  }
});

test('on a phone the members’ desk shows handles and how long invitations last, and nothing covers another', async ({
  newsroom,
  browser,
}) => {
  await newsroom.call('admin', 'POST', '/api/invitations', { name: '郑重', role: 'reporter' });
  const admin = await newsroom.signIn(browser, 'admin', {
    locale: 'en',
    viewport: { width: 390, height: 844 },
  });
  await admin.goto(`${newsroom.url}/members`);
  const count = admin.getByText(/^\d+ members$/);
  await expect(count).toBeVisible();
  const [told, invite] = [
    await count.boundingBox(),
    await admin.getByRole('button', { name: 'Invite' }).boundingBox(),
  ];
  expect(told!.x + told!.width).toBeLessThanOrEqual(invite!.x);
  await expect(admin.getByRole('button', { name: 'Add member' })).toBeVisible();
  await expect(admin.getByRole('rowheader', { name: /张晓燕.*zhangxiaoyan/ })).toBeVisible();
  await expect(admin.getByRole('rowheader', { name: /郑重.*until / })).toBeVisible();
});

/** The press's profile in the settings: what is none is refused, one of the paper's own is taken, and given up again. */
import { readFileSync } from 'node:fs';
import { expect, test } from './newsroom.ts';

test('the press’s ICC profile is sent, named, and given up for the default', async ({
  newsroom,
  browser,
}) => {
  const page = await newsroom.signIn(browser, 'admin');
  await page.goto(`${newsroom.url}/settings`);
  const press = page.locator('.press');
  await expect(press).toContainText('默认的');
  const send = press.locator('input[type="file"]');
  const bytes = readFileSync('server/export/profiles/newsprint.icc');
  for (const wrong of [Buffer.from('不是特性文件'), bytes.subarray(0, 200)]) {
    await send.setInputFiles({ name: 'press.icc', mimeType: 'application/octet-stream', buffer: wrong });
    await expect(page.getByText('这不是印刷用的 CMYK 特性文件').last()).toBeVisible();
    await expect(press).toContainText('默认的');
  }
  await send.setInputFiles({ name: 'press.icc', mimeType: 'application/vnd.iccprofile', buffer: bytes });
  await expect(page.getByText('已经换好')).toBeVisible();
  await expect(press).toContainText('本报自己的');
  await page.reload();
  await expect(press).toContainText('本报自己的');
  await press.getByRole('button', { name: '恢复默认' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '恢复默认' }).click();
  await expect(page.getByText('已经恢复默认')).toBeVisible();
  await expect(press).toContainText('默认的');
  await page.context().close();
});

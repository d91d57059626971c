/** Signing in by the paper's directory in a browser: there, back to the page that was asked for, and refused. */
import { rm } from 'node:fs/promises';
import { test as base, expect } from '@playwright/test';
import { openTrialDirectory, type TrialDirectory } from '../server/people/trial-directory.ts';
import { freePort, type Newsroom, openNewsroom } from './newsroom.ts';

interface Paper {
  newsroom: Newsroom;
  directory: TrialDirectory;
}

const test = base.extend<object, { paper: Paper }>({
  paper: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
    async ({}, use) => {
      // The directory must know where the newsroom will be before that starts.
      const port = await freePort();
      const directory = await openTrialDirectory(`http://localhost:${port}/sign-in/directory/callback`);
      const { issuer, clientId, clientSecret, name } = directory.config;
      const newsroom = await openNewsroom([], {
        PORT: String(port),
        OIDC_ISSUER: issuer,
        OIDC_CLIENT_ID: clientId,
        OIDC_CLIENT_SECRET: clientSecret,
        OIDC_NAME: name,
      });
      await use({ newsroom, directory });
      await newsroom.stop();
      await directory.close();
      await rm(newsroom.folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 180_000 },
  ],
});

test('a member of the directory comes in by it, back to the story that was asked for', async ({
  paper: { newsroom, directory },
  page,
}) => {
  await newsroom.call('admin', 'POST', '/api/members', {
    handle: 'wanglin',
    name: '王琳',
    role: 'editor',
    email: 'wanglin@news.example',
  });
  directory.accounts.set('w7', { sub: 'w7', email: 'wanglin@news.example', email_verified: true });
  const story = `${newsroom.url}/articles/${await newsroom.storyB()}`;
  await page.goto(story);
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.getByRole('link', { name: '报社账号' }).click();
  await expect(page).toHaveURL(new RegExp(`^${directory.config.issuer}/interaction/`));
  await page.getByRole('link', { name: 'w7' }).click();
  await expect(page).toHaveURL(story);
  await expect(page.locator('.ProseMirror')).toContainText('厚重的黄河文化');
});

test('who is no member is told so, and can sign in another way', async ({
  paper: { newsroom, directory },
  page,
}) => {
  directory.accounts.set('x9', { sub: 'x9', email: 'else@news.example', email_verified: true });
  await page.goto(newsroom.url);
  await page.getByRole('link', { name: '报社账号' }).click();
  await page.getByRole('link', { name: 'x9' }).click();
  await expect(page).toHaveURL(`${newsroom.url}/sign-in`);
  await expect(page.getByText(/用报社账号没有登录成/)).toBeVisible();
  await expect(page.getByLabel('账号', { exact: true })).toBeVisible();
  expect(await page.context().cookies(newsroom.url)).toEqual([]);
});

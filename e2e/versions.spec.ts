/** Versions in two browsers: named, compared with who did what, brought back while somebody else types. */
import { expect, test } from './newsroom.ts';

test('a story is named, rewritten by two, compared and brought back beside somebody who types', async ({
  newsroom,
  browser,
}) => {
  const id = await newsroom.storyB();
  const [zhang, cheng] = await Promise.all([
    newsroom.signIn(browser, 'zhangxiaoyan'),
    newsroom.signIn(browser, 'chengjianzheng'),
  ]);
  await Promise.all([
    zhang.goto(`${newsroom.url}/articles/${id}/versions`),
    cheng.goto(`${newsroom.url}/articles/${id}`),
  ]);
  await zhang.getByRole('button', { name: '存一版…' }).first().click();
  await zhang.getByRole('textbox', { name: '名字' }).fill('采访后初稿');
  await zhang.getByRole('button', { name: '存下' }).click();
  await expect(zhang.getByText('两版文字一样')).toBeVisible();

  const lead = cheng.locator('.ProseMirror p', { hasText: '一个书写传奇' });
  await lead.click();
  await cheng.keyboard.press('Home');
  await cheng.keyboard.type('程建政加的话，');
  await expect(cheng.getByTestId('saved')).toHaveText('已保存');
  await zhang.reload();
  const compared = zhang.locator('.versions-text');
  await expect(compared.locator('ins')).toHaveText('程建政加的话，');
  await expect(compared.locator('ins')).toHaveAttribute('title', '程建政加的');
  await zhang.keyboard.press('j');
  await expect(zhang.getByText('1 / 1')).toBeVisible();
  await zhang.getByText('谁写的', { exact: true }).click();
  await expect(zhang.locator('.versions-author', { hasText: '程建政加的话' })).toHaveAttribute(
    'title',
    '程建政写的',
  );
  await zhang.getByText('花脸稿', { exact: true }).click();

  // Somebody empties the story but for the words at its end; meanwhile the other types there.
  const last = cheng.locator('.ProseMirror p').last();
  await cheng.locator('.ProseMirror').press('Control+a');
  await cheng.keyboard.press('Delete');
  await last.click();
  await cheng.keyboard.type('只剩这句');
  await expect(cheng.getByTestId('saved')).toHaveText('已保存');
  await zhang.getByRole('button', { name: '恢复到这一版…' }).click();
  const asking = zhang.getByRole('dialog', { name: '恢复到“采访后初稿”？' });
  await expect(asking).toContainText('加回');
  const restored = asking.getByRole('button', { name: '恢复', exact: true }).click();
  await cheng.keyboard.type('犇骉鱻');
  await restored;
  await expect(zhang.getByText(/已恢复，现在/)).toBeVisible();
  await expect(cheng.locator('.ProseMirror')).toContainText('一个书写传奇');
  await expect(cheng.getByTestId('saved')).toHaveText('已保存');
  await expect(cheng.locator('.ProseMirror')).not.toContainText('程建政加的话');
  // What he typed is in the story or in the version that was kept before.
  await expect(zhang.getByRole('button', { name: /恢复之前/ })).toBeVisible();
  const kept = await newsroom.call<{ versions: { id: string; why: string }[] }>(
    'zhangxiaoyan',
    'GET',
    `/api/articles/${id}/versions`,
  );
  const before = kept.versions.find(({ why }) => why === 'restore')?.id;
  const both = await newsroom.call<{ paragraphs: { runs: { text: string }[] }[] }>(
    'zhangxiaoyan',
    'GET',
    `/api/articles/${id}/versions/${before}/compare`,
  );
  const words = both.paragraphs.flatMap(({ runs }) => runs.map(({ text }) => text)).join('');
  for (const character of '犇骉鱻') expect(words).toContain(character);
  await Promise.all([zhang.context().close(), cheng.context().close()]);
});

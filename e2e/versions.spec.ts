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
  await expect(zhang.getByRole('button', { name: /恢复之前/ }).first()).toBeVisible();
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

const paragraphs = [
  { style: 'headline', text: '泺口服装城双转型', marks: [] },
  { style: 'body', text: '服装城的地理位制很好。', marks: [] },
];

test('what was deleted is found and brought back, though a version was kept before; 现在 is chosen and compared', async ({
  newsroom,
  browser,
}) => {
  const { id } = await newsroom.call<{ id: string }>('zhangxiaoyan', 'POST', '/api/articles', { paragraphs });
  const zhang = await newsroom.signIn(browser, 'zhangxiaoyan');
  const read = () =>
    newsroom.call<{ paragraphs: { text: string }[] }>('zhangxiaoyan', 'GET', `/api/articles/${id}/story`);
  await newsroom.call('zhangxiaoyan', 'POST', `/api/articles/${id}/versions`, { name: '早先' });
  await zhang.goto(`${newsroom.url}/articles/${id}`);
  await zhang.locator('.ProseMirror p').last().click();
  await zhang.keyboard.press('End');
  await zhang.keyboard.type('写到这里最长');
  await expect(zhang.getByTestId('saved')).toHaveText('已保存');
  const full = await read();
  await zhang.locator('.ProseMirror').press('Control+a');
  await zhang.keyboard.press('Delete');
  await expect(zhang.getByTestId('saved')).toHaveText('已保存');
  await zhang.goto(`${newsroom.url}/articles/${id}/versions`);
  await zhang.getByRole('button', { name: '找回删掉的文字' }).click();
  await expect(zhang.getByText(/找到了/)).toBeVisible();
  const compared = zhang.locator('.versions-text');
  await expect(compared.locator('del', { hasText: '写到这里最长' })).toBeVisible();
  await expect(zhang.getByText('没有比出来')).toHaveCount(0);
  await zhang.getByRole('button', { name: '恢复到这一版…' }).click();
  await zhang.getByRole('dialog').getByRole('button', { name: '恢复', exact: true }).click();
  await expect(zhang.getByText('两版文字一样')).toBeVisible();
  expect(await read()).toEqual(full);
  // The row of the story as it stands compares the earlier with it.
  const timeline = zhang.getByRole('navigation', { name: '版本，从新到旧' });
  await expect(timeline.getByRole('button', { name: /恢复到旧版本/ })).toBeVisible();
  await timeline.getByRole('button', { name: /^早先/ }).click();
  await expect(compared.locator('ins')).toHaveText('写到这里最长');
  await timeline.getByRole('button', { name: /^现在/ }).click();
  await expect(compared.locator('ins')).toHaveText('写到这里最长');
  await zhang.context().close();
});

test('a signature, a return and a correction are rows of the timeline that compare as their versions do', async ({
  newsroom,
  browser,
}) => {
  const { id } = await newsroom.call<{ id: string }>('zhangxiaoyan', 'POST', '/api/articles', { paragraphs });
  const act = (handle: string, body: object) =>
    newsroom.call(handle, 'POST', `/api/articles/${id}/acts`, body);
  await act('zhangxiaoyan', { action: 'submit' });
  await act('editor', { action: 'return', reason: '核对地点' });
  await act('zhangxiaoyan', { action: 'submit' });
  await act('editor', { action: 'pass' });
  await act('deskhead', { action: 'pass' });
  const chief = await newsroom.signIn(browser, 'chief');
  await chief.goto(`${newsroom.url}/articles/${id}/versions`);
  const timeline = chief.getByRole('navigation', { name: '版本，从新到旧' });
  await expect(timeline.getByRole('button', { name: /一审 退回.*核对地点/ })).toBeVisible();
  // Whoever looks on sees what is decided meanwhile.
  await act('chief', { action: 'sign' });
  const signed = timeline.getByRole('button', { name: /^签发/ });
  await expect(signed).toBeVisible();
  const address = `/api/articles/${id}/corrections`;
  const asked = { paragraph: 1, start: 0, quote: '位制', wanted: '位置' };
  const { id: correction } = await newsroom.call<{ id: string }>('zhangxiaoyan', 'POST', address, asked);
  await expect(timeline.getByRole('button', { name: /提出更正.*位制/ })).toBeVisible();
  await newsroom.call('editor', 'POST', `${address}/${correction}`, { answer: 'apply', stated: true });
  await expect(timeline.getByRole('button', { name: /^更正.*位制/ })).toBeVisible();
  await signed.click();
  await expect(chief.locator('.versions-text ins')).toHaveText('置');
  await expect(chief.locator('.versions-text ins')).toHaveAttribute('title', '张晓燕加的');
  await expect(chief.locator('.versions-text del')).toHaveAttribute('title', '张晓燕删的');
  await chief.context().close();
});

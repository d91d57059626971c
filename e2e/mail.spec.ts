/** Notices by e-mail: their reader sees where they go and says when, and a trial arrives. */
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { expect, freePort, openNewsroom, test } from './newsroom.ts';

test('the editor has an address, tries it, and asks for one mail a day', async ({ browser }) => {
  const taken: string[] = [];
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      stream.resume();
      stream.on('end', () => {
        taken.push(...session.envelope.rcptTo.map(({ address }) => address));
        done();
      });
    },
  });
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  const { port } = smtp.server.address() as AddressInfo;
  const own = await freePort();
  const newsroom = await openNewsroom([], {
    PORT: String(own),
    SMTP_URL: `smtp://127.0.0.1:${port}`,
    MAIL_FROM: '同稿日报 <notices@news.example>',
    PUBLIC_URL: `http://localhost:${own}`,
  });
  try {
    const page = await newsroom.signIn(browser, 'editor');
    await page.goto(`${newsroom.url}/settings#mail`);
    await expect(page.getByText('请管理员在成员里填上')).toBeVisible();
    const people = await newsroom.call<{ id: string; handle: string }[]>('admin', 'GET', '/api/people');
    const id = people.find(({ handle }) => handle === 'editor')?.id;
    await newsroom.call('admin', 'PATCH', `/api/members/${id}`, { email: 'editor@paper.example' });
    await page.reload();
    await expect(page.getByText('寄到 editor@paper.example')).toBeInViewport();
    await page.getByRole('button', { name: '试寄一封' }).click();
    await expect(page.getByText('寄出去了，看看收到没有')).toBeVisible();
    // A link was made for the editor, of which a mail of its own may have come by now.
    expect(taken).toContain('editor@paper.example');
    await page.getByRole('switch', { name: /夜里不寄/ }).click();
    await expect(page.getByLabel('从几点')).toHaveValue('23:00');
    await page.getByText('每天一封', { exact: true }).click();
    await page.getByLabel(/每天几点/).fill('19:30');
    await page.getByLabel(/每天几点/).blur();
    await page.screenshot({ path: test.info().outputPath('mail.png') });
    await expect
      .poll(() => newsroom.call('editor', 'GET', '/api/mail'))
      .toMatchObject({ wishes: { pace: 'daily', dailyAt: '19:30', quiet: { from: '23:00', to: '07:00' } } });
    await page.context().close();
  } finally {
    await newsroom.stop();
    await new Promise<void>((resolve) => smtp.close(() => resolve()));
  }
});

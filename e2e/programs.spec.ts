/** What programs are promised in docs/api.md, used as a program would: fetch, a token, and the stock provider. */
import WebSocket from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { expect, test } from './newsroom.ts';

/** The stock provider with a token in the upgrade's header, as docs/api.md shows it. */
function connect(url: string, article: string, token: string, doc: Y.Doc) {
  class Signed extends WebSocket {
    constructor(address: string | URL) {
      super(address, { headers: { authorization: `Bearer ${token}` } });
    }
  }
  return new WebsocketProvider(`${url.replace('http', 'ws')}/sync/article`, article, doc, {
    WebSocketPolyfill: Signed as unknown as typeof globalThis.WebSocket,
    disableBc: true,
  });
}

const synced = (provider: WebsocketProvider) =>
  new Promise<void>((resolve) => {
    if (provider.synced) return resolve();
    provider.on('sync', (yes: boolean) => {
      if (yes) resolve();
    });
  });

interface StoryAnswer {
  paragraphs: { style: string; text: string; marks: { from: number; to: number; type: string }[] }[];
}

test('two stock providers write one story, and the story answers with what they wrote', async ({
  newsroom,
}) => {
  const article = await newsroom.storyB();
  const one = new Y.Doc();
  const two = new Y.Doc();
  const texts = [one, two].map((doc) => doc.getText('manuscript'));
  const first = connect(newsroom.url, article, await newsroom.token('zhangxiaoyan'), one);
  const second = connect(newsroom.url, article, await newsroom.token('chengjianzheng'), two);
  await Promise.all([synced(first), synced(second)]);
  texts[0]?.insert(0, '甲');
  texts[1]?.insert(1, '乙');
  await expect.poll(() => texts[0]?.toString() === texts[1]?.toString()).toBe(true);
  await expect
    .poll(async () => {
      const story = await newsroom.call<StoryAnswer>('editor', 'GET', `/api/articles/${article}/story`);
      return [story.paragraphs[0]?.style, story.paragraphs[0]?.text.includes('甲')];
    })
    .toEqual(['headline', true]);
  first.destroy();
  second.destroy();
});

test('a correspondent knows of no story but those of an invitation', async ({ newsroom }) => {
  const known = (await newsroom.articles('chengjianzheng')).map((article) => article.id);
  expect(known).toContain(await newsroom.storyB());
  expect(known).not.toContain(await newsroom.storyA());
  const secret = await newsroom.storyA();
  await expect(newsroom.call('chengjianzheng', 'GET', `/api/articles/${secret}/story`)).rejects.toThrow(
    /404/,
  );
  await expect(newsroom.call('chengjianzheng', 'GET', `/api/articles/${secret}/comments`)).rejects.toThrow(
    /404/,
  );
});

test('a story is made, commented by quote and by characters, and exported', async ({ newsroom }) => {
  const made = await newsroom.call<{ id: string }>('zhangxiaoyan', 'POST', '/api/articles', {
    title: '夜市',
  });
  expect((await newsroom.articles('zhangxiaoyan')).map((article) => article.id)).toContain(made.id);
  const article = await newsroom.storyB();
  const byQuote = await newsroom.call<{ anchored: boolean; quote: string }>(
    'editor',
    'POST',
    `/api/articles/${article}/comments`,
    { quote: '瑞幸咖啡', text: '店名请再核。' },
  );
  expect(byQuote).toMatchObject({ anchored: true, quote: '瑞幸咖啡' });
  const story = await newsroom.call<StoryAnswer>('editor', 'GET', `/api/articles/${article}/story`);
  const paragraph = story.paragraphs.findIndex((each) => each.style === 'lead');
  const byRange = await newsroom.call<{ quote: string }>(
    'proof1',
    'POST',
    `/api/articles/${article}/comments`,
    {
      range: { paragraph, from: 0, to: 4 },
      text: '导语开头。',
    },
  );
  expect(byRange.quote).toBe(story.paragraphs[paragraph]?.text.slice(0, 4));
  const threads = await newsroom.call<unknown[]>('editor', 'GET', `/api/articles/${article}/comments`);
  expect(threads.length).toBeGreaterThanOrEqual(2);
  const galley = await fetch(`${newsroom.url}/api/articles/${article}/export?format=html`, {
    headers: { authorization: `Bearer ${await newsroom.token('editor')}` },
  });
  expect(galley.headers.get('content-type')).toContain('text/html');
  expect(await galley.text()).toMatch(/^<!doctype html>/i);
});

test('the drawing tells the copyfit of both stories', async ({ newsroom }) => {
  const pages = await newsroom.call<{ id: string; number: string }[]>('designer', 'GET', '/api/pages');
  const page = pages.find(({ number }) => number === 'A03');
  const drawing = await newsroom.call<{ copyfit: { article: string; lines: number; characters: number }[] }>(
    'designer',
    'GET',
    `/api/pages/${page?.id}/drawing`,
  );
  expect(drawing.copyfit.map((fit) => fit.article).sort()).toEqual(
    [await newsroom.storyA(), await newsroom.storyB()].sort(),
  );
});

test('an unsigned request is refused, on HTTP and on the socket', async ({ newsroom }) => {
  expect((await fetch(`${newsroom.url}/api/articles`)).status).toBe(401);
  const refused = new WebSocket(
    `${newsroom.url.replace('http', 'ws')}/sync/article/${await newsroom.storyB()}`,
  );
  const status = await new Promise((resolve) => {
    refused.on('unexpected-response', (_request, answer) => resolve(answer.statusCode));
    refused.on('close', (code) => resolve(code));
    refused.on('error', () => undefined);
  });
  expect([401, 4401, 403]).toContain(status);
});

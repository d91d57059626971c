/** From a key in one browser to the pixel in another's, through the whole product, beside the floor: the same
 * two browsers with a bare relay and a text node between them. Prints milliseconds and the ratio. KEYS=200 says how
 * many keys, OTHERS=20 how many other members type in the same article meanwhile, a character every 200 ms each.
 * CHARACTERS=50000 has them in a story as long; SUGGESTIONS=500 has the key suggested there, by an editor who may do
 * no more, with so many suggestions open: they may cost half as much again as the same story without. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadavg } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { type Browser, chromium, type Page } from 'playwright';
import WebSocket, { WebSocketServer } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { chromiumFlags, findChromium } from '../e2e/browser.ts';
import { type Newsroom, openNewsroom } from '../e2e/newsroom.ts';
import { newId } from '../shared/base/id.ts';
import { manuscriptOf } from '../shared/manuscript/flat.ts';
import { limitTidying } from '../shared/manuscript/tidying.ts';
import { type Hand, suggestDeletion, suggestWords } from '../shared/suggestions/suggest.ts';

const keys = Number(process.env.KEYS ?? 200);
const others = Number(process.env.OTHERS ?? 0);
const suggestions = Number(process.env.SUGGESTIONS ?? 0);
/** Of the story; none: the sample's. */
const characters = Number(process.env.CHARACTERS ?? (suggestions > 0 ? 50_000 : 0));
const profile = process.env.PROFILE;
/** What the writer types; nobody else does. */
const key = 'a';

/** Clock times (ms since 1970, from each page's own performance clock; one machine has one clock). */
async function listenForKeys(page: Page) {
  await page.evaluate(() => {
    const pressed: number[] = [];
    Object.assign(window, { pressed });
    addEventListener('keydown', () => pressed.push(performance.timeOrigin + performance.now()), true);
  });
}

/** Lets the page know whether it is drawing a frame: what changes then is in that frame, else in the next. */
async function tellFrames(page: Page) {
  await page.addInitScript(() => {
    const request = window.requestAnimationFrame.bind(window);
    Object.assign(window, { drawing: false });
    window.requestAnimationFrame = (draw) =>
      request((time) => {
        Object.assign(window, { drawing: true });
        try {
          draw(time);
        } finally {
          // After those who watch what was drawn were told.
          queueMicrotask(() => Object.assign(window, { drawing: false }));
        }
      });
  });
}

/** Notes the frame in which the watched element has one more of the writer's characters, once for each. */
async function watchPixels(page: Page, selector: string) {
  await page.evaluate(
    ({ where, typed }) => {
      const painted: number[] = [];
      Object.assign(window, { painted });
      const watched = document.querySelector(where);
      if (!watched) throw new Error(`nothing at ${where}`);
      const count = () => (watched.textContent ?? '').split(typed).length - 1;
      const start = count();
      const note = () => {
        const grown = count() - start;
        while (painted.length < grown) painted.push(performance.timeOrigin + performance.now());
      };
      new MutationObserver(() => {
        if ((window as unknown as { drawing: boolean }).drawing) note();
        else requestAnimationFrame(note);
      }).observe(watched, { childList: true, characterData: true, subtree: true });
    },
    { where: selector, typed: key },
  );
}

async function measure(writer: Page, reader: Page): Promise<number[]> {
  for (let pressed = 0; pressed < keys; pressed += 1) {
    await writer.keyboard.press(key);
    await reader.waitForFunction(
      (count) => (window as unknown as { painted: number[] }).painted.length >= count,
      pressed + 1,
    );
  }
  const pressed = await writer.evaluate(() => (window as unknown as { pressed: number[] }).pressed);
  const painted = await reader.evaluate(() => (window as unknown as { painted: number[] }).painted);
  return painted.map((time, index) => time - (pressed[index] ?? time)).slice(10);
}

function percentile(values: number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** The least that two browsers and a socket can do: a key sends a byte, the other page appends a letter. */
async function floor(browser: Browser): Promise<number[]> {
  const page = `<!doctype html><p id="text">x</p><script>
    const socket = new WebSocket('ws://' + location.host);
    socket.onmessage = () => document.getElementById('text').append('a');
    addEventListener('keydown', () => socket.send('a'));
    socket.onopen = () => { document.title = 'open'; };
  </script>`;
  const server = http.createServer((_request, answer) =>
    answer.setHeader('content-type', 'text/html').end(page),
  );
  const relay = new WebSocketServer({ server });
  relay.on('connection', (socket) => {
    socket.on('message', (data) => {
      for (const other of relay.clients) if (other !== socket) other.send(data.toString());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const contexts = await Promise.all([browser.newContext(), browser.newContext()]);
  try {
    const [writer, reader] = await Promise.all(contexts.map((context) => context.newPage()));
    if (!writer || !reader) throw new Error('no pages');
    await tellFrames(reader);
    for (const each of [writer, reader]) {
      await each.goto(url);
      await each.waitForFunction(() => document.title === 'open');
    }
    await listenForKeys(writer);
    await watchPixels(reader, '#text');
    return await measure(writer, reader);
  } finally {
    for (const client of relay.clients) client.terminate();
    for (const context of contexts) await context.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** Lets other members type in the article; the function given stops them and tells what they did. */
async function startOthers(newsroom: Newsroom, article: string): Promise<() => Promise<string>> {
  const tokens: string[] = [];
  for (let index = 0; index < others; index++) {
    const handle = `reporter${index}`;
    await newsroom.call('admin', 'POST', '/api/members', { handle, name: `记者${index}`, role: 'reporter' });
    const members = await newsroom.call<{ id: string; handle: string }[]>('admin', 'GET', '/api/members');
    const member = members.find((one) => one.handle === handle);
    if (!member) throw new Error(`${handle} is no member`);
    await newsroom.call('zhangxiaoyan', 'PUT', `/api/articles/${article}/people/${member.id}`);
    tokens.push(await newsroom.token(handle));
  }
  const target = {
    kind: 'tonggao',
    port: Number(new URL(newsroom.url).port),
    pid: 0,
    documents: [article],
    tokens: [tokens],
  };
  const child = spawn(
    process.execPath,
    [path.join(import.meta.dirname, 'others.ts'), JSON.stringify({ target, count: others })],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const lines = createInterface(child.stdout);
  await once(lines, 'line');
  return async () => {
    child.stdin.end();
    const [told] = (await once(lines, 'line')) as [string];
    return told;
  };
}

/** A story of so many characters that two reporters write; with suggestions, one at its first review, in which its
 * reporter suggests this and that. */
async function longStory(newsroom: Newsroom): Promise<string> {
  const words = '厚重的黄河文化在这里一路向东，流过泺口。';
  const each = 10;
  const count = Math.ceil(characters / (words.length * each));
  const { id } = await newsroom.call<{ id: string }>('zhangxiaoyan', 'POST', '/api/articles', {
    paragraphs: [
      { style: 'headline', text: '长稿', marks: [] },
      ...Array.from({ length: count }, () => ({ style: 'body', text: words.repeat(each), marks: [] })),
    ],
  });
  if (suggestions === 0) {
    const members = await newsroom.call<{ id: string; handle: string }[]>('admin', 'GET', '/api/members');
    const reader = members.find(({ handle }) => handle === 'chengjianzheng');
    await newsroom.call('zhangxiaoyan', 'PUT', `/api/articles/${id}/people/${reader?.id}`);
    return id;
  }
  await newsroom.call('zhangxiaoyan', 'POST', `/api/articles/${id}/acts`, { action: 'submit' });
  const token = await newsroom.token('zhangxiaoyan');
  class Signed extends WebSocket {
    constructor(address: string | URL) {
      super(address, { headers: { authorization: `Bearer ${token}` } });
    }
  }
  const doc = limitTidying(new Y.Doc());
  const provider = new WebsocketProvider(`${newsroom.url.replace('http', 'ws')}/sync/article`, id, doc, {
    WebSocketPolyfill: Signed as unknown as typeof globalThis.WebSocket,
    disableBc: true,
  });
  await new Promise<void>((resolve) => provider.once('sync', () => resolve()));
  const hand: Hand = {
    doc,
    mine: (client) => client === doc.clientID,
    newId: () => newId((bytes) => crypto.getRandomValues(bytes)),
  };
  const step = Math.floor(manuscriptOf(doc).length / (suggestions + 1));
  doc.transact(() => {
    for (let i = suggestions; i > 0; i--) {
      if (i % 2 === 0) suggestWords(hand, i * step, '又');
      else suggestDeletion(hand, i * step, i * step + 2);
    }
  });
  const open = () => newsroom.call<unknown[]>('editor', 'GET', `/api/articles/${id}/suggestions`);
  while ((await open()).length < suggestions) await new Promise((resolve) => setTimeout(resolve, 200));
  provider.destroy();
  doc.destroy();
  return id;
}

/** Has the page's processor time written down until the function given is called: a file for Chromium's own tools. */
async function startProfile(page: Page, file: string): Promise<() => Promise<void>> {
  const tools = await page.context().newCDPSession(page);
  await tools.send('Profiler.enable');
  await tools.send('Profiler.start');
  return async () => {
    const { profile: written } = await tools.send('Profiler.stop');
    await writeFile(file, JSON.stringify(written));
  };
}

const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
const newsroom = await openNewsroom();
try {
  const floorTimes = await floor(browser);
  const article = characters > 0 ? await longStory(newsroom) : await newsroom.storyB();
  const writer = await newsroom.signIn(browser, suggestions > 0 ? 'editor' : 'zhangxiaoyan');
  const reader = await newsroom.signIn(browser, suggestions > 0 ? 'zhangxiaoyan' : 'chengjianzheng');
  await tellFrames(reader);
  for (const page of [writer, reader]) {
    await page.goto(`${newsroom.url}/articles/${article}`);
    await page.locator('.ProseMirror').getByText('厚重的黄河文化').first().waitFor();
  }
  await writer.locator('.ProseMirror').getByText('厚重的黄河文化').first().click();
  await writer.keyboard.press('End');
  const stopOthers = others > 0 ? await startOthers(newsroom, article) : null;
  await listenForKeys(writer);
  await watchPixels(reader, '.ProseMirror');
  const stopProfile = profile ? await startProfile(reader, profile) : null;
  const times = await measure(writer, reader);
  await stopProfile?.();
  const told = await stopOthers?.();
  if (characters > 0) console.log(`${characters} characters, ${suggestions} suggestions open`);
  console.log(`${others} others${told ? ` ${told}` : ''}, load ${loadavg()[0]?.toFixed(1)}`);
  for (const [name, values] of [
    ['floor (bare relay, one text node)', floorTimes],
    ['tonggao (key → other editor)', times],
  ] as const) {
    console.log(
      `${name}: p50 ${percentile(values, 0.5).toFixed(1)} ms, p95 ${percentile(values, 0.95).toFixed(1)} ms, n ${values.length}`,
    );
  }
  console.log(
    `ratio: p50 ${(percentile(times, 0.5) / percentile(floorTimes, 0.5)).toFixed(2)}, p95 ${(percentile(times, 0.95) / percentile(floorTimes, 0.95)).toFixed(2)}`,
  );
} finally {
  await browser.close();
  await newsroom.stop();
}

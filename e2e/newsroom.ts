/** A newsroom for a test: a server with the sample in a temporary folder, and desks signed in to it. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Browser, type BrowserContext, test as base, expect, type Page } from '@playwright/test';

const run = promisify(execFile);

export interface Newsroom {
  url: string;
  folder: string;
  /** Prints a fresh sign-in link as the administrator at the machine would. */
  signInLink(handle: string): Promise<string>;
  /** A personal access token of this member. */
  token(handle: string): Promise<string>;
  /** Runs one of the product's commands beside the server and gives what it printed. */
  command(script: string, ...words: string[]): Promise<string>;
  /** A page of a fresh browser context in which this member is signed in. */
  signIn(browser: Browser, handle: string, options?: Parameters<Browser['newContext']>[0]): Promise<Page>;
  /** Calls the API as this member. */
  call<T>(handle: string, method: string, path: string, body?: unknown): Promise<T>;
  articles(handle: string): Promise<{ id: string; headline: string }[]>;
  /** Everything the servers have said on standard error. */
  log(): string;
  /** The id of 张晓燕's story with 程建政, article B of the sample. */
  storyB(): Promise<string>;
  storyA(): Promise<string>;
  stop(signal?: NodeJS.Signals): Promise<void>;
  start(): Promise<void>;
}

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Starts a server on an empty folder; `words` go to its command line (`--no-sample`), `more` into its
 * environment. */
export async function openNewsroom(
  words: string[] = [],
  more: Record<string, string> = {},
): Promise<Newsroom> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tonggao-e2e-'));
  const port = Number(more.PORT ?? (await freePort()));
  const url = `http://localhost:${port}`;
  const env = {
    ...process.env,
    PORT: String(port),
    HOST: '127.0.0.1',
    DATA_DIR: folder,
    LOG_LEVEL: 'warn',
    ...more,
  };
  let said = '';
  const tokens = new Map<string, string>();
  let child: ChildProcess | null = null;

  async function start() {
    const started = spawn('node', ['server/main.ts', ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    child = started;
    let output = '';
    started.stdout?.on('data', (chunk) => {
      output += chunk;
    });
    started.stderr?.on('data', (chunk) => {
      output += chunk;
      said += chunk;
    });
    for (;;) {
      if (started.exitCode !== null) throw new Error(`the server ended at its start:\n${output}`);
      const answer = await fetch(`${url}/healthz`).catch(() => null);
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async function stop(signal: NodeJS.Signals = 'SIGTERM') {
    const running = child;
    child = null;
    if (!running || running.exitCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill(signal);
    await ended;
  }

  async function command(script: string, ...rest: string[]) {
    const { stdout } = await run('node', [script, ...rest], { env });
    return stdout.trim();
  }

  async function token(handle: string) {
    const known = tokens.get(handle) ?? (await command('server/people/token.ts', handle));
    tokens.set(handle, known);
    return known;
  }

  async function signInLink(handle: string) {
    const printed = await command('server/people/signin.ts', handle);
    const link = printed.match(/https?:\/\/\S+/)?.[0];
    if (!link) throw new Error(`no link in: ${printed}`);
    const at = new URL(link);
    return `${url}${at.pathname}${at.search}${at.hash}`;
  }

  async function signIn(browser: Browser, handle: string, options?: Parameters<Browser['newContext']>[0]) {
    const context: BrowserContext = await browser.newContext(options);
    const page = await context.newPage();
    await page.goto(await signInLink(handle));
    await page.getByRole('button', { name: /进入|登录|Sign in|Enter/ }).click();
    await expect(page).not.toHaveURL(/sign-in/);
    return page;
  }

  async function call<T>(handle: string, method: string, where: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${url}${where}`, {
      method,
      headers: {
        authorization: `Bearer ${await token(handle)}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${where} as ${handle}: ${answer.status} ${text}`);
    return (text === '' ? null : JSON.parse(text)) as T;
  }

  const articles = (handle: string) =>
    call<{ id: string; headline: string }[]>(handle, 'GET', '/api/articles');
  async function storyOf(words: string) {
    const story = (await articles('editor')).find((article) => article.headline.includes(words));
    if (!story) throw new Error(`no story about ${words}`);
    return story.id;
  }

  await start();
  return {
    url,
    folder,
    signInLink,
    token,
    command,
    signIn,
    call,
    articles,
    log: () => said,
    storyB: () => storyOf('泺口'),
    storyA: () => storyOf('党建'),
    start,
    async stop(signal) {
      await stop(signal);
    },
  };
}

/** One file's newsroom at a time. */
class Newsrooms {
  #open: { file: string; newsroom: Newsroom } | null = null;

  async of(file: string): Promise<Newsroom> {
    if (this.#open?.file !== file) {
      await this.close();
      this.#open = { file, newsroom: await openNewsroom() };
    }
    return this.#open.newsroom;
  }

  async close(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    await open?.newsroom.stop();
    if (open) await rm(open.newsroom.folder, { recursive: true, force: true });
  }
}

/** Playwright's test with a newsroom that the tests of a file share, and no other. What a test leaves open would work
 * on beside the next. */
export const test = base.extend<{ closed: undefined; newsroom: Newsroom }, { newsrooms: Newsrooms }>({
  closed: [
    async ({ browser }, use) => {
      await use(undefined);
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    { auto: true },
  ],
  newsrooms: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
    async ({}, use) => {
      const newsrooms = new Newsrooms();
      await use(newsrooms);
      await newsrooms.close();
    },
    { scope: 'worker' },
  ],
  newsroom: [async ({ newsrooms }, use, { file }) => use(await newsrooms.of(file)), { timeout: 180_000 }],
});

export { expect };

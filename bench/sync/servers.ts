/** Runs one of the three servers as a process of its own, on a free port and an empty folder. */
import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kind } from './dialects.ts';
import type { Target } from './line.ts';
import type { Template } from './newsroom.ts';

/** Where a peer is installed. */
export const peerFolder = (kind: Kind) => path.join(import.meta.dirname, 'peers', kind);

const scripts = {
  hocuspocus: 'serve.mjs',
  'y-websocket': 'node_modules/@y/websocket-server/src/server.js',
};

export async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Starts a process and waits until it answers; throws with what it said when it ends before. */
export async function startProcess(
  words: readonly string[],
  port: number,
  env: Record<string, string>,
  cwd = process.cwd(),
): Promise<ChildProcess> {
  const child = spawn(process.execPath, words, {
    env: { ...process.env, PORT: String(port), HOST: '127.0.0.1', ...env },
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said = `${said}${chunk}`.slice(-4000);
    });
  }
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${words.join(' ')} ended at its start:\n${said}`);
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null);
    if (answer) return child;
    await sleep(20);
  }
}

export async function stopProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  // A peer that does not stop at SIGTERM is not waited for.
  const timer = setTimeout(() => child.kill('SIGKILL'), 20_000);
  await ended;
  clearTimeout(timer);
}

export interface Served {
  target(): Target;
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again on the same folder. */
  start(): Promise<void>;
  /** Stops it and takes its folder away. */
  end(): Promise<void>;
}

interface Options {
  /** The newsroom that ours begins with. */
  template: Template | null;
  /** Where the product stands. */
  tree: string;
  /** Where a processor profile of the server goes at its end; null for none. */
  profiles: string | null;
}

export async function serve(kind: Kind, { template, tree, profiles }: Options): Promise<Served> {
  const folder = await mkdtemp(path.join(tmpdir(), `sync-bench-${kind}-`));
  const port = await freePort();
  if (template && kind === 'tonggao') await cp(template.folder, folder, { recursive: true });
  else await mkdir(folder, { recursive: true });
  const profiling = profiles === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profiles}`];
  let child: ChildProcess;

  async function start() {
    child =
      kind === 'tonggao'
        ? await startProcess(
            [...profiling, path.join(tree, 'server/main.ts'), '--no-sample'],
            port,
            { DATA_DIR: folder, LOG_LEVEL: 'warn', BACKUP_EVERY_HOURS: '0' },
            tree,
          )
        : await startProcess([...profiling, path.join(peerFolder(kind), scripts[kind])], port, {
            DATA_DIR: folder,
          });
  }
  const stop = (signal: NodeJS.Signals = 'SIGTERM') => stopProcess(child, signal);

  await start();
  const invented = Array.from({ length: 200 }, (_, index) => `article-${index}`);
  return {
    target: () => ({
      kind,
      port,
      pid: child.pid!,
      documents: kind === 'tonggao' ? template!.documents : invented,
      tokens: kind === 'tonggao' ? template!.tokens : invented.map(() => ['']),
    }),
    stop,
    start,
    async end() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** For tests that kill: starts server.ts and hears what it tells. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export const articles = ['durabledurabledurable1', 'durabledurabledurable2'] as const;

export type ServerEvent =
  | { event: 'listening'; url: string }
  | { event: 'load' | 'snapshot' | 'compact' | 'shortened' | 'stop' | 'trouble' | 'well' | 'unwell' };

export interface Server {
  child: ChildProcess;
  /** Resolves at the next event of this name; at the end of the process too. */
  next(event: ServerEvent['event']): Promise<void>;
  /** Resolves with where it listens; null when it ended before. */
  listening: Promise<string | null>;
  tell(order: 'endLog' | 'shorten' | 'check'): void;
  /** Resolves when the process has ended. */
  ended: Promise<void>;
}

export function startServer(folder: string, { days = 0, env = {} as NodeJS.ProcessEnv } = {}): Server {
  const child = spawn(
    process.execPath,
    [new URL('./server.ts', import.meta.url).pathname, folder, String(days)],
    { stdio: ['pipe', 'pipe', 'ignore'], env: { ...process.env, ...env } },
  );
  const ended = once(child, 'exit').then(() => undefined);
  const waiting = new Map<string, (() => void)[]>();
  let listen: (url: string) => void;
  const listens = new Promise<string>((resolve) => {
    listen = resolve;
  });
  createInterface(child.stdout).on('line', (line) => {
    const event = JSON.parse(line) as ServerEvent;
    if (event.event === 'listening') listen(event.url);
    for (const heard of waiting.get(event.event) ?? []) heard();
    waiting.delete(event.event);
  });
  return {
    child,
    ended,
    tell: (order) => child.stdin.write(`${order}\n`),
    listening: Promise.race([listens, ended.then(() => null)]),
    next: (event) =>
      Promise.race([
        ended,
        new Promise<void>((resolve) => waiting.set(event, [...(waiting.get(event) ?? []), resolve])),
      ]),
  };
}

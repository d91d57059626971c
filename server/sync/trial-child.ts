/** For tests that kill or besiege: starts a sync server as a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

interface Place {
  url: string;
  pagesUrl: string;
  folder: string;
  file: string;
}

export async function startTrialServer(): Promise<
  Place & {
    child: ChildProcess;
    /** Bytes that the process holds once its garbage is collected. */
    memory(): Promise<number>;
  }
> {
  const child = spawn(
    process.execPath,
    ['--expose-gc', new URL('./trial-server.ts', import.meta.url).pathname],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const lines = createInterface(child.stdout);
  const [line] = (await once(lines, 'line')) as [string];
  return {
    child,
    ...(JSON.parse(line) as Place),
    async memory() {
      child.stdin.write('\n');
      await once(lines, 'line');
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      return Number(status.match(/VmRSS:\s+(\d+) kB/)?.[1] ?? Number.NaN) * 1024;
    },
  };
}

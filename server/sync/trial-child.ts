/** For tests that kill or besiege: starts a sync server as a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export async function startTrialServer(): Promise<{
  child: ChildProcess;
  url: string;
  folder: string;
  file: string;
}> {
  const child = spawn(process.execPath, [new URL('./trial-server.ts', import.meta.url).pathname], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, ...(JSON.parse(line) as { url: string; folder: string; file: string }) };
}

/** What a process has used, as /proc says, and numbers made of many. */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Clock ticks a second in /proc; Linux has had 100 on every machine that Node runs on. */
const ticks = 100;

/** Seconds of processor time that a process and its threads have used. */
export function cpuOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticks;
}

/** Bytes that a process holds in memory now. */
export function memoryOf(pid: number): number {
  const line = readFileSync(`/proc/${pid}/status`, 'utf8').match(/^VmRSS:\s+(\d+) kB$/m);
  return Number(line?.[1] ?? Number.NaN) * 1024;
}

export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle]!;
  return sorted.length === 0 ? Number.NaN : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

/** Seconds of processor time that everything on the machine has used. */
function cpuOfMachine(): number {
  const fields = readFileSync('/proc/stat', 'utf8')
    .split('\n', 1)[0]!
    .trim()
    .split(/\s+/)
    .slice(1)
    .map(Number);
  const [user, nice, system, , , irq, softirq] = fields;
  return (user! + nice! + system! + irq! + softirq!) / ticks;
}

/** Watches this process and a server: processor seconds of the server from now on, and how many per cent of one
 * processor the clients had and everything else on the machine. */
export function stopwatch(pid: number) {
  const started = performance.now();
  const server = cpuOf(pid);
  const own = process.cpuUsage();
  const machine = cpuOfMachine();
  return () => {
    const seconds = (performance.now() - started) / 1000;
    const { user, system } = process.cpuUsage(own);
    const clients = (user + system) / 1e6;
    const cpu = cpuOf(pid) - server;
    const others = Math.max(0, cpuOfMachine() - machine - cpu - clients);
    return { seconds, cpu, busy: (clients / seconds) * 100, others: (others / seconds) * 100 };
  };
}

/** Waits until the rest of the machine leaves nearly all to us, `patience` seconds at most. */
export async function quiet(patience: number): Promise<void> {
  const end = performance.now() + patience * 1000;
  while (performance.now() < end) {
    const before = cpuOfMachine();
    await sleep(2000);
    if (cpuOfMachine() - before < 0.4) return;
  }
}

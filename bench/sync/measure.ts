/** What a process has used, as /proc says, and numbers made of many. */
import { readFileSync } from 'node:fs';

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

/** Watches this process and a server: processor seconds of both from now on. */
export function stopwatch(pid: number) {
  const started = performance.now();
  const server = cpuOf(pid);
  const own = process.cpuUsage();
  return () => {
    const seconds = (performance.now() - started) / 1000;
    const { user, system } = process.cpuUsage(own);
    return { seconds, cpu: cpuOf(pid) - server, busy: (user + system) / 1e6 / seconds };
  };
}

/** The server's own backups: made in a thread of their own, so that nobody's typing waits for them. */
import { once } from 'node:events';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Config } from '../config.ts';
import type { Logger } from '../log.ts';
import { automaticName, dropOldBackups, lastAutomatic } from './keep-backups.ts';
import type { Metrics } from './metrics.ts';

interface Deps {
  config: Pick<Config, 'dataDir' | 'minFree' | 'backups'>;
  logger: Logger;
  metrics: Pick<Metrics, 'backedUp' | 'notBackedUp'>;
  now: () => Date;
  /** Milliseconds between two looks at the clock. */
  lookEvery?: number;
}

export interface AutomaticBackups {
  /** Makes one now, or waits for the one that is being made. */
  make(): Promise<void>;
  close(): Promise<void>;
}

/** Milliseconds until one that failed is tried again. */
const tryAgainAfter = 3_600_000;

/** Begins to watch the clock. A failure is logged, counted, and tried again within the hour. */
export function keepBackups({ config, logger, metrics, now, lookEvery = 600_000 }: Deps): AutomaticBackups {
  const { dataDir, minFree, backups } = config;
  let making: Promise<void> | null = null;
  let worker: Worker | null = null;
  let last: Date | null = null;
  let failedAt: Date | null = null;
  let closed = false;

  async function copy(at: Date): Promise<void> {
    const to = path.join(backups.folder, automaticName(at));
    const begun = performance.now();
    worker = new Worker(new URL('./backup-worker.ts', import.meta.url), {
      workerData: { dataDir, to, minFree },
    });
    try {
      const [code] = (await once(worker, 'exit')) as [number];
      if (code !== 0) throw new Error('it was cut off');
    } finally {
      worker = null;
    }
    const seconds = (performance.now() - begun) / 1000;
    last = at;
    metrics.backedUp(at, seconds);
    logger.info({ folder: path.basename(to), seconds }, 'a backup was made');
    await dropOldBackups(backups.folder, backups.keep, now());
  }

  async function attempt(): Promise<void> {
    try {
      await copy(now());
      failedAt = null;
    } catch (error) {
      if (closed) return;
      failedAt = now();
      metrics.notBackedUp();
      logger.error({ err: error }, 'no backup could be made');
    }
  }

  function make(): Promise<void> {
    making ??= attempt().finally(() => {
      making = null;
    });
    return making;
  }

  function isDue(): boolean {
    if (backups.every === 0) return false;
    const since = (at: Date | null) =>
      at === null ? Number.POSITIVE_INFINITY : now().getTime() - at.getTime();
    return since(last) >= backups.every && since(failedAt) >= tryAgainAfter;
  }

  try {
    last = lastAutomatic(backups.folder);
    if (last) metrics.backedUp(last);
  } catch (error) {
    logger.error({ err: error }, 'the folder of backups cannot be read');
  }
  const timer = setInterval(() => {
    if (isDue()) void make();
  }, lookEvery).unref();

  return {
    make,
    async close() {
      closed = true;
      clearInterval(timer);
      await worker?.terminate();
      await making;
    },
  };
}

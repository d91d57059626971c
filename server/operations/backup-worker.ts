/** The thread of one automatic backup; an error ends it and reaches the server. */
import { workerData } from 'node:worker_threads';
import { takeBackup } from './take-backup.ts';

const { dataDir, to, minFree } = workerData as { dataDir: string; to: string; minFree: number };
await takeBackup({ dataDir, to, minFree, now: () => new Date() });

/** Whether the server can do its work now (S14), asked by proxies and watchers, who may ask as often as they
 * like. */
import { freeBytes } from './disk.ts';

/** What can be wrong, in the words of /readyz. */
export type Check = 'listening' | 'stopping' | 'log' | 'newsroom' | 'disk';

interface Deps {
  listening: () => boolean;
  stopping: () => boolean;
  /** Whether the log can be written. */
  healthy: () => Promise<boolean>;
  /** Throws when the newsroom cannot be read. */
  readNewsroom: () => void;
  dataDir: string;
  /** Bytes. */
  minFree: number;
}

/** Milliseconds for which an answer stands, so that asking often costs nothing. */
const answerLasts = 1_000;
/** Milliseconds after which a check that does not answer has failed. */
const patience = 3_000;

async function inTime(check: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, patience, false);
  });
  try {
    return await Promise.race([check.catch(() => false), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Makes the question; it resolves with the checks that failed, none when the server is ready. */
export function readiness(deps: Deps): () => Promise<Check[]> {
  let asked: { at: number; answer: Promise<Check[]> } | null = null;

  async function check(): Promise<Check[]> {
    const reads = async () => {
      deps.readNewsroom();
      return true;
    };
    const [log, newsroom, disk] = await Promise.all([
      inTime(deps.healthy()),
      inTime(reads()),
      inTime(freeBytes(deps.dataDir).then((free) => free >= deps.minFree)),
    ]);
    const failed: Check[] = [];
    if (!log) failed.push('log');
    if (!newsroom) failed.push('newsroom');
    if (!disk) failed.push('disk');
    return failed;
  }

  return async () => {
    if (deps.stopping()) return ['stopping'];
    if (!deps.listening()) return ['listening'];
    const now = performance.now();
    if (!asked || now - asked.at > answerLasts) asked = { at: now, answer: check() };
    return asked.answer;
  };
}

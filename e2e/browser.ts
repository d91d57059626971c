/** Finds the browsers that tests and benches drive: the Chromium of the environment, Playwright's own or the system's;
 * and the system's Firefox, where there is one. */
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright';

/** Flags under which a headless Chromium runs as root, without a network of its own. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The one without windows first: it is all that is needed, and takes a fifth less of the processor. */
const chromiums = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
];

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function inPath(names: readonly string[], env: NodeJS.ProcessEnv): string | null {
  for (const folder of (env.PATH ?? '').split(path.delimiter)) {
    for (const name of names) {
      const file = path.join(folder, name);
      if (isExecutable(file)) return file;
    }
  }
  return null;
}

/** The browser's path. Throws with the way to get one when there is none. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string {
  const named = env.CHROMIUM_PATH;
  if (named) {
    if (isExecutable(named)) return named;
    throw new Error(`CHROMIUM_PATH names ${named}, which cannot be run`);
  }
  const own = chromium.executablePath();
  if (own && existsSync(own)) return own;
  const found = inPath(chromiums, env);
  if (found) return found;
  throw new Error(
    'No Chromium found. Install one (Debian: apt-get install chromium-headless-shell, or chromium; elsewhere: npx playwright install chromium), or name it in CHROMIUM_PATH.',
  );
}

/** Firefox's path, or null: what needs it says that it was not run. Throws when FIREFOX_PATH names none. */
export function findFirefox(env: NodeJS.ProcessEnv = process.env): string | null {
  const named = env.FIREFOX_PATH;
  if (!named) return inPath(['firefox-esr', 'firefox'], env);
  if (isExecutable(named)) return named;
  throw new Error(`FIREFOX_PATH names ${named}, which cannot be run`);
}

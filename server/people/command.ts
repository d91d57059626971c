/** What the commands of the terminal share: the newsroom beside a server that may be running, and plain words
 * when something is wrong. */
import { existsSync } from 'node:fs';
import type { Member } from '../../shared/api.ts';
import { type Config, publicUrl, readConfig } from '../config.ts';
import { dataFolder, holderOf } from '../storage/data-folder.ts';
import { type Newsroom, openNewsroom } from '../storage/newsroom.ts';
import { memberByHandle } from './members.ts';

/** Something that the person at the terminal can put right; its message says how. */
export class CommandError extends Error {}

export interface Beside {
  config: Config;
  newsroom: Newsroom;
  /** Where the server listens, or would. */
  url: string;
  /** Where this machine reaches the server that left word that it runs here. */
  running: string | null;
}

/** Runs a command on the newsroom of DATA_DIR and ends the process with 0, or with 1 and what is wrong. */
export async function runCommand(run: (beside: Beside) => Promise<void>): Promise<void> {
  let newsroom: Newsroom | null = null;
  try {
    const reading = readConfig([], process.env);
    if (reading.kind !== 'config') throw new CommandError(reading.kind === 'wrong' ? reading.message : '');
    const { config } = reading;
    const { newsroom: file } = dataFolder(config.dataDir);
    if (!existsSync(file)) {
      throw new CommandError(
        `${config.dataDir} 里还没有编辑部，先运行 npm start。There is no newsroom in ${config.dataDir} yet: run npm start first, or set DATA_DIR.`,
      );
    }
    newsroom = await openNewsroom(file);
    const holder = holderOf(config.dataDir);
    await run({
      config,
      newsroom,
      url: holder?.url ?? publicUrl(config, config.port),
      running: holder?.local ?? null,
    });
  } catch (error) {
    process.exitCode = 1;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  } finally {
    await newsroom?.destroy();
  }
}

/** The active member whose handle was typed. */
export async function typedMember(
  newsroom: Newsroom,
  handle: string | undefined,
  usage: string,
): Promise<Member> {
  if (!handle) throw new CommandError(usage);
  const member = await memberByHandle(newsroom, handle);
  if (member?.active) return member;
  const known = await newsroom.selectFrom('members').select('handle').where('active', '=', 1).execute();
  throw new CommandError(
    `没有账号 ${handle}。No active member has the handle ${handle}. ` +
      `${known.map((row) => row.handle).join(' ')}`,
  );
}

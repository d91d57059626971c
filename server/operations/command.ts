/** What `npm run backup` and `npm run restore` share: the configuration, and plain words when it fails. */
import { type Config, readConfig } from '../config.ts';
import { CommandError } from '../people/command.ts';

export const say = (line: string) => process.stdout.write(`${line}\n`);

/** Runs a command with at most one word, and ends the process with 0, or with 1 and what is wrong. */
export async function runOperation(run: (config: Config, word?: string) => Promise<void>): Promise<void> {
  try {
    const reading = readConfig([], process.env);
    if (reading.kind !== 'config') throw new CommandError(reading.kind === 'wrong' ? reading.message : '');
    const [word, ...more] = process.argv.slice(2);
    if (more.length > 0 || word?.startsWith('-'))
      throw new CommandError('只写一个文件夹。Name one folder and nothing else.');
    await run(reading.config, word);
  } catch (error) {
    process.exitCode = 1;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  }
}

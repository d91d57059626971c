/** `npm run backup -- [<folder>]`: copies the newsroom whole, beside a server that may be running. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { CommandError } from '../people/command.ts';
import { dataFolder } from '../storage/data-folder.ts';
import { runOperation, say } from './command.ts';
import { inWords } from './disk.ts';
import { askedName } from './keep-backups.ts';
import { takeBackup } from './take-backup.ts';

await runOperation(async ({ dataDir, backups, minFree }, word) => {
  const { log, newsroom } = dataFolder(dataDir);
  if (!existsSync(newsroom) || !existsSync(log))
    throw new CommandError(
      `${dataDir} 里还没有编辑部。There is no newsroom in ${dataDir} to copy: set DATA_DIR.`,
    );
  const to = word === undefined ? path.join(backups.folder, askedName(new Date())) : path.resolve(word);
  const { manifest } = await takeBackup({ dataDir, to, minFree, now: () => new Date() });
  const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  say(`备份完成 Backed up: ${to}`);
  say(`${manifest.files.length} 个文件 files, ${inWords(bytes)}; ${manifest.madeAt}`);
  say(`恢复 To restore: npm run restore -- ${to}`);
});

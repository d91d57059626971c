/** `npm run restore -- <backup>`: puts a backup in the place of what the data folder has, while no server runs. */
import path from 'node:path';
import { CommandError } from '../people/command.ts';
import { holdDataFolder, holderOf } from '../storage/data-folder.ts';
import { runOperation, say } from './command.ts';
import { restoreBackup } from './restore-backup.ts';

await runOperation(async ({ dataDir }, word) => {
  if (word === undefined) throw new CommandError('npm run restore -- <backup folder>');
  const held = holdDataFolder(dataDir);
  if (!held) {
    const holder = holderOf(dataDir);
    const who = holder ? ` ${holder.url} (pid ${holder.pid})` : '';
    throw new CommandError(
      `服务器正在使用 ${dataDir}，请先停下。A server has ${dataDir}:${who} Stop it first.`,
    );
  }
  try {
    const backup = path.resolve(word);
    const { manifest, documents, aside } = await restoreBackup({ dataDir, backup, now: () => new Date() });
    say(
      `已恢复到 ${manifest.madeAt} 的备份。Restored as of ${manifest.madeAt}: ${documents} 篇稿件 stories.`,
    );
    if (aside) say(`原来的数据在 What was there before: ${aside}`);
    say(
      '所有人都要重新登录；备份之后移除的成员和令牌又有效了，请检查。' +
        'Everybody signs in anew. Members and tokens removed since the backup are good again: look them through.',
    );
    say('登录链接 Sign-in links: npm run signin -- <handle>');
  } finally {
    held.release();
  }
});

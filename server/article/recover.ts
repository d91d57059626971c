/** `npm run recover -- <article> [<seq>]`: lists a story's latest changes, or makes it read as after one of them. */
import { z } from 'zod';
import { api, errorSchema } from '../../shared/api.ts';
import { idSchema } from '../../shared/base/id.ts';
import type { Config } from '../config.ts';
import { openLogger } from '../log.ts';
import { CommandError, runCommand } from '../people/command.ts';
import { addToken } from '../people/tokens.ts';
import { holdDataFolder } from '../storage/data-folder.ts';
import type { Newsroom } from '../storage/newsroom.ts';

const usage = 'npm run recover -- <article> [<seq>]';

/** Milliseconds that the command's own token lasts. */
const tokenLife = 60_000;

type Ask = (method: 'GET' | 'POST', path: string, body?: object) => Promise<{ status: number; text: string }>;

/** A way to call the server as an administrator: the one that runs here, or one opened for this command. */
async function withServer(
  config: Config,
  newsroom: Newsroom,
  running: string | null,
  act: (ask: Ask) => Promise<void>,
): Promise<void> {
  const administrator = await newsroom
    .selectFrom('members')
    .select('id')
    .where('role', '=', 'administrator')
    .where('active', '=', 1)
    .executeTakeFirstOrThrow();
  const { token } = await addToken(newsroom, administrator.id, 'recover', new Date(), tokenLife);
  const headers = (body?: object) => ({
    authorization: `Bearer ${token}`,
    ...(body ? { 'content-type': 'application/json' } : {}),
  });

  const held = holdDataFolder(config.dataDir);
  if (!held) {
    if (running === null)
      throw new CommandError('服务器正在启动，请稍后再试。The server is starting; try again.');
    await act(async (method, path, body) => {
      const answer = await fetch(running + path, {
        method,
        headers: headers(body),
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      return { status: answer.status, text: await answer.text() };
    });
    return;
  }
  const { openHouse } = await import('../house.ts');
  const house = await openHouse(config, openLogger('error'));
  try {
    await act(async (method, url, body) => {
      const answer = await house.app.inject({
        method,
        url,
        headers: headers(body),
        ...(body ? { payload: body } : {}),
      });
      return { status: answer.statusCode, text: answer.body };
    });
  } finally {
    await house.close();
    held.release();
  }
}

async function answerOf<S extends z.ZodType>(schema: S, asked: ReturnType<Ask>): Promise<z.output<S>> {
  const { status, text } = await asked;
  if (status === 200) return schema.parse(JSON.parse(text));
  const { error, detail } = errorSchema.parse(JSON.parse(text));
  if (error === 'notFound')
    throw new CommandError(
      '没有这篇稿件或这个位置。There is no such story, or the log does not reach that change.',
    );
  throw new CommandError(`${error}${detail ? `: ${detail}` : ''}`);
}

async function list(ask: Ask, newsroom: Newsroom, article: string) {
  const changes = await answerOf(api.changes.output, ask('GET', `/api/articles/${article}/changes`));
  const members = await newsroom.selectFrom('members').select(['id', 'name']).execute();
  const names = new Map(members.map(({ id, name }) => [id, name]));
  const say = (line: string) => process.stdout.write(`${line}\n`);
  say('     seq  时间 time            字数 characters  谁 who');
  for (const { seq, at, member, characters } of changes) {
    const when = new Date(at).toLocaleString('sv-SE');
    const who = member === null ? '服务器 server' : (names.get(member) ?? member);
    say(`${String(seq).padStart(8)}  ${when}  ${String(characters).padStart(16)}  ${who}`);
  }
  say(`\nnpm run recover -- ${article} <seq>`);
}

async function articles(newsroom: Newsroom): Promise<string> {
  const rows = await newsroom
    .selectFrom('articles')
    .select(['id', 'headline', 'title'])
    .orderBy('updated_at', 'desc')
    .limit(30)
    .execute();
  return rows.map((row) => `  ${row.id}  ${row.headline || row.title}`).join('\n');
}

await runCommand(async ({ config, newsroom, running }) => {
  const [article, position] = process.argv.slice(2);
  if (article === undefined) {
    process.stdout.write(`${usage}\n${await articles(newsroom)}\n`);
    return;
  }
  if (!idSchema.safeParse(article).success) throw new CommandError(`${usage}\n${await articles(newsroom)}`);
  const seq = position === undefined ? null : z.coerce.number().int().min(1).safeParse(position);
  if (seq && !seq.success) throw new CommandError(usage);
  await withServer(config, newsroom, running, async (ask) => {
    if (seq === null) return list(ask, newsroom, article);
    const body = { seq: seq.data };
    const { characters } = await answerOf(
      api.recover.output,
      ask('POST', `/api/articles/${article}/recover`, body),
    );
    process.stdout.write(
      `已恢复到 ${seq.data}，现有 ${characters} 字。Reads as after ${seq.data} again: ${characters} characters.\n`,
    );
  });
});

/** A newsroom from before there were other ways to sign in than links: whoever was in stays in. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect, sql } from 'kysely';
import { expect, test } from 'vitest';
import { people } from '../storage/migrations/0001-people.ts';
import { articles } from '../storage/migrations/0002-articles.ts';
import { signingIn } from '../storage/migrations/0003-signing-in.ts';
import { hashSecret } from './secret.ts';

test('open sessions stay, each with an id of its own; members and stories have no sections', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tonggao-before-'));
  const database = new Database(path.join(folder, 'newsroom.db'));
  const before = new Kysely<unknown>({ dialect: new SqliteDialect({ database }) });
  await people.up(before);
  await articles.up(before);
  const at = new Date().toISOString();
  await sql`insert into members values ('m', 'a1', '甲', 'editor', 0, null, 1, ${at}, null)`.execute(before);
  for (const secret of ['one', 'two'])
    await sql`insert into sessions values (${hashSecret(secret)}, 'm', ${at}, ${at})`.execute(before);
  await sql`insert into articles values ('s', '题', 'draft', '', 0, ${at}, ${at})`.execute(before);

  await signingIn.up(before);
  const sessions = database.prepare('select hash, id, agent, address from sessions order by hash').all();
  expect(sessions).toEqual(
    ['one', 'two']
      .map(hashSecret)
      .sort()
      .map((hash) => ({ hash, id: expect.stringMatching(/^[\w-]{22}$/), agent: '', address: '' })),
  );
  expect(new Set(sessions.map((row) => (row as { id: string }).id)).size).toBe(2);
  expect(database.prepare('select sections from members').get()).toEqual({ sections: '[]' });
  expect(database.prepare('select section from articles').get()).toEqual({ section: '' });
  await before.destroy();
  rmSync(folder, { recursive: true });
});

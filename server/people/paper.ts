/** What the newsroom is called. */
import type { Newsroom } from '../storage/newsroom.ts';

export async function paperOf(newsroom: Newsroom): Promise<string> {
  const row = await newsroom
    .selectFrom('settings')
    .select('value')
    .where('key', '=', 'paper')
    .executeTakeFirst();
  return row?.value ?? '';
}

/** Pages in SQL: kept, read, and which of them hold an article. */
import { newId } from '../../shared/base/id.ts';
import { type Page, pageSchema } from '../../shared/pages/page.ts';
import type { Newsroom } from '../storage/newsroom.ts';

/** Keeps a new page; one without an id gets one. */
export async function insertPage(newsroom: Newsroom, page: Page): Promise<void> {
  const id = page.id || newId((bytes) => crypto.getRandomValues(bytes));
  const kept = pageSchema.parse({ ...page, id });
  await newsroom
    .insertInto('pages')
    .values({
      id,
      date: kept.date,
      number: kept.number,
      page: JSON.stringify(kept),
      created_at: new Date().toISOString(),
    })
    .execute();
}

/** Latest edition first, then by page number. */
export async function readPages(newsroom: Newsroom): Promise<Page[]> {
  const rows = await newsroom
    .selectFrom('pages')
    .select('page')
    .orderBy('date', 'desc')
    .orderBy('number')
    .execute();
  return rows.map((row) => pageSchema.parse(JSON.parse(row.page)));
}

export async function readPage(newsroom: Newsroom, id: string): Promise<Page | null> {
  const row = await newsroom.selectFrom('pages').select('page').where('id', '=', id).executeTakeFirst();
  return row ? pageSchema.parse(JSON.parse(row.page)) : null;
}

/** The pages that hold each article, for a list of articles. */
export async function pagesOf(
  newsroom: Newsroom,
): Promise<Map<string, { id: string; number: string; section: string }[]>> {
  const found = new Map<string, { id: string; number: string; section: string }[]>();
  for (const { id, number, section, frames } of await readPages(newsroom)) {
    for (const article of new Set(frames.flatMap((frame) => frame.article ?? []))) {
      found.set(article, [...(found.get(article) ?? []), { id, number, section }]);
    }
  }
  return found;
}

/** Stories as they are read for a file: without what is suggested, with it, or marked in its people's colours. */
import type { Story } from '../../shared/manuscript/story.ts';
import { type Reading, readStoryAs } from '../../shared/suggestions/read.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import type { Manuscripts } from '../sync/ports.ts';

/** Whoever is unknown has the first person's colour. */
const plainColor = 0;

export async function storiesAs(
  newsroom: Newsroom,
  manuscripts: Manuscripts,
  reading: Reading,
): Promise<(article: string) => Promise<Story>> {
  if (reading !== 'marked')
    return (article) => manuscripts.read(article, (doc) => readStoryAs(article, doc, reading));
  const people = await newsroom.selectFrom('members').select(['id', 'color']).execute();
  const colors = new Map(people.map(({ id, color }) => [id, color]));
  return async (article) => {
    const owners = await manuscripts.owners(article);
    const colorOf = (client: number) => colors.get(owners.get(client) ?? '') ?? plainColor;
    return manuscripts.read(article, (doc) => readStoryAs(article, doc, 'marked', colorOf));
  };
}

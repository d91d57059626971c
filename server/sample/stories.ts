/** The sample's two stories, joined out of the text of a printed page as its structure says. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { must } from '../../shared/base/must.ts';
import type { StoryParagraph } from '../../shared/manuscript/story.ts';
import { paragraphStyles } from '../../shared/manuscript/styles.ts';

const structureSchema = z.object({
  articles: z.array(
    z.object({
      id: z.enum(['A', 'B']),
      paragraphs: z.array(
        z.object({
          style: z.enum(paragraphStyles),
          /** 1-based lines of the source, joined with nothing between. */
          sourceLines: z.array(z.int().min(1)).min(1),
          /** Its tail was lost in extraction. */
          truncated: z.boolean().optional(),
        }),
      ),
    }),
  ),
});

const file = (name: string) => readFileSync(path.join(import.meta.dirname, name), 'utf8');

/** Both stories in reading order; the captions' photographs are awaited. */
export function readSampleStories(): { a: StoryParagraph[]; b: StoryParagraph[] } {
  const lines = file('jinan-page.txt').split(/\r?\n/);
  const { articles } = structureSchema.parse(JSON.parse(file('jinan-page.structure.json')));
  const story = (id: 'A' | 'B') =>
    must(
      articles.find((article) => article.id === id),
      `story ${id} of the sample`,
    ).paragraphs.map(({ style, sourceLines, truncated }): StoryParagraph => {
      const text = sourceLines.map((line) => must(lines[line - 1], `line ${line} of the sample`)).join('');
      return { style, text, marks: [], ...(truncated ? { gap: true as const } : {}) };
    });
  return { a: story('A'), b: story('B') };
}

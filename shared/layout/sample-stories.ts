/** Both sample articles as stories A and B, joined out of a printed page's text as its structure says: what the
 * golden Drawings and the benches set. */
import { must } from '../base/must.ts';
import type { Story } from '../manuscript/story.ts';
import type { ParagraphStyle } from '../manuscript/styles.ts';

interface Structure {
  articles: {
    id: string;
    paragraphs: { style: ParagraphStyle; sourceLines: number[]; truncated?: boolean }[];
  }[];
}

/** `read` gives the text of a file of server/sample by its name. */
export function sampleStories(read: (name: string) => string): [Story, Story] {
  const lines = read('jinan-page.txt').split(/\r?\n/);
  const { articles } = JSON.parse(read('jinan-page.structure.json')) as Structure;
  const stories = articles.map(({ id, paragraphs }) => ({
    article: id,
    paragraphs: paragraphs.map(({ style, sourceLines, truncated }) => ({
      style,
      text: sourceLines.map((n) => lines[n - 1] ?? '').join(''),
      marks: [],
      ...(truncated ? { gap: true as const } : {}),
    })),
  }));
  return [must(stories[0], 'story A'), must(stories[1], 'story B')];
}

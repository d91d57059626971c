/** Reading: a story as it is set: the paragraphs that have something to show, with open suggestions as asked (L13). */
import type { Story, StoryParagraph } from '../manuscript/story.ts';
import type { Styles } from '../pages/styles.ts';
import { type Changes, hiddenIn, type Manner, type Piece } from './itemize.ts';
import { facesOf } from './styles.ts';

export interface Numbered extends StoryParagraph {
  /** Index in the story. */
  index: number;
}

export interface Reading {
  article: string;
  paragraphs: Numbered[];
  changes: Changes;
}

/** A paragraph's words without those that this reading leaves out. */
export function wordsOf({ text, suggested = [] }: StoryParagraph, changes: Changes): string {
  const hidden = hiddenIn(changes);
  let words = '';
  let from = 0;
  for (const mark of suggested) {
    if (mark.type !== hidden) continue;
    words += text.slice(from, mark.from);
    from = mark.to;
  }
  return words + text.slice(from);
}

export function readingOf(story: Story, changes: Changes): Reading {
  const paragraphs = story.paragraphs
    .map((p, index) => ({ ...p, index }))
    .filter((p) => p.style === 'figure' || wordsOf(p, changes).trim() !== '');
  return { article: story.article, paragraphs, changes };
}

/** How these paragraphs' words are set beside their style; nothing for words without suggestions. */
export const mannerOf = ({ changes }: Reading, ...paragraphs: StoryParagraph[]): Manner =>
  paragraphs.some(({ suggested }) => suggested && suggested.length > 0) ? { changes } : {};

export const pieceOf = (styles: Styles, slot: number, p: StoryParagraph): Piece => ({
  slot,
  text: p.text,
  ...facesOf(styles[p.style]),
  ...(p.marks.length > 0 ? { marks: p.marks } : {}),
  ...(p.suggested && p.suggested.length > 0 ? { suggested: p.suggested } : {}),
});

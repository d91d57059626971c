/** The figures of the stories on a page: which is which, and how large their photographs are. */
import { useEffect, useState } from 'react';
import type { StoryParagraph } from '../../shared/manuscript/story.ts';
import { artworkOf, type Frame } from '../../shared/pages/frame.ts';
import { readOriginal } from '../../shared/suggestions/read.ts';
import { followStory } from '../live/follow.ts';
import { paced } from '../live/frame.ts';
import type { ArticleRoom } from '../live/room.ts';

/** `number` counts the story's figures from 0; `paragraph` is its place in the story. A picture of the page's own is
 * figure 0 of its frame, and has no such place. */
export interface Figure {
  number: number;
  paragraph?: number;
  caption: string;
  image: string | null;
  width: number;
  height: number;
}

export function figuresIn(paragraphs: readonly StoryParagraph[]): Figure[] {
  return paragraphs
    .map((one, paragraph) => ({ one, paragraph }))
    .filter(({ one }) => one.style === 'figure')
    .map(({ one, paragraph }, number) => ({
      number,
      paragraph,
      caption: one.text,
      image: one.image ?? null,
      width: one.width ?? 0,
      height: one.height ?? 0,
    }));
}

/** The figures that a frame has to show: its own picture, or those of its article. */
export function figuresFor(
  frame: Frame,
  figuresOf: (article: string) => readonly Figure[],
): readonly Figure[] {
  const artwork = artworkOf(frame);
  if (artwork) return [{ number: 0, caption: frame.caption || frame.alt || frame.text, ...artwork }];
  return frame.article === null ? [] : figuresOf(frame.article);
}

/** Milliseconds between two looks while a story is being typed in. */
const pause = 500;

export type Figures = ReadonlyMap<string, readonly Figure[]>;

/** By article. */
export function useFigures(rooms: ReadonlyMap<string, ArticleRoom>): Figures {
  const [figures, setFigures] = useState<Figures>(new Map());
  useEffect(() => {
    const look = paced(() => {
      const next = new Map(
        [...rooms].map(([id, room]) => [id, figuresIn(readOriginal(id, room.doc).paragraphs)] as const),
      );
      setFigures((before) => (JSON.stringify([...before]) === JSON.stringify([...next]) ? before : next));
    }, pause);
    look.ask();
    const unfollow = [...rooms.values()].map((room) => {
      void room.whenReady.then(look.ask);
      return followStory(room, look.ask);
    });
    return () => {
      look.stop();
      for (const each of unfollow) each();
    };
  }, [rooms]);
  return figures;
}

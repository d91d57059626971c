/** How each story fits its frame, as the composer last found it: for whoever shows the figure. */
import { useSyncExternalStore } from 'react';
import type { Copyfit } from '../../shared/layout/drawing.ts';

export interface CopyfitFigure {
  lines: number;
  characters: number;
  /** Grid lines of text that the frame holds. */
  capacity: number;
}

const figures = new Map<string, CopyfitFigure>();
const listeners = new Set<() => void>();
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Null while the story stands on no page that is being composed. */
export function useCopyfit(article: string): CopyfitFigure | null {
  return useSyncExternalStore(subscribe, () => figures.get(article) ?? null);
}

export function tellCopyfit(copyfit: readonly Copyfit[]): void {
  let news = false;
  for (const { article, lines, characters, room } of copyfit) {
    const known = figures.get(article);
    if (known?.lines === lines && known.characters === characters && known.capacity === room) continue;
    figures.set(article, { lines, characters, capacity: room });
    news = true;
  }
  if (news) for (const listener of [...listeners]) listener();
}

/** Says that nobody composes these stories any more. */
export function forgetCopyfit(articles: readonly string[]): void {
  for (const article of articles) figures.delete(article);
  for (const listener of [...listeners]) listener();
}

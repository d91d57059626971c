/** Keeps cards beside the lines they speak of, wherever the rail stands and however the paper is scrolled. */
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { paced } from '../live/frame.ts';
import { type Card, packCards } from './pack.ts';

interface Beside {
  tops: ReadonlyMap<string, number>;
  /** Pixels that the list of cards needs. */
  height: number;
  /** Pixels from the active card's top to the foot of its line. */
  leader: number;
}

/** Milliseconds between two looks at words that change while the text stays as long as it is. */
const pause = 200;

/** Milliseconds after a wheel, a touch or a key during which a scroll counts as the reader's. */
const handTime = 1_000;

const nowhere: Beside = { tops: new Map(), height: 0, leader: 0 };

/** The first line of a thread's passage in the editor, or its figure; null when it is not there. */
export const passageIn = (editor: HTMLElement, id: string): Element | null =>
  editor.querySelector(`[data-thread~="${CSS.escape(id)}"]`);

function scrollerOf(element: HTMLElement): HTMLElement {
  for (let at = element.parentElement; at; at = at.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  }
  return document.documentElement;
}

/** `ids` in the order of the text; the cards are the list's children, each with its id as `data-card`. */
export function useBeside(
  list: RefObject<HTMLElement | null>,
  editor: HTMLElement | null,
  subscribe: ((listener: () => void) => () => void) | null,
  ids: readonly string[],
  active: string | null,
): Beside {
  const [beside, setBeside] = useState(nowhere);
  const waiting = useRef(0);
  const behind = useRef(true);
  const latest = useRef({ ids, active });
  latest.current = { ids, active };

  const measure = useCallback(() => {
    waiting.current = 0;
    const rail = list.current;
    if (!rail || !editor) return;
    // Behind another tab nothing can be measured; its size will tell when it comes forth.
    if (rail.getClientRects().length === 0) {
      behind.current = true;
      return;
    }
    const paper = scrollerOf(editor);
    const panel = scrollerOf(rail);
    if (behind.current && paper !== panel) {
      requestAnimationFrame(() => {
        panel.scrollTop = paper.scrollTop;
      });
    }
    behind.current = false;
    const ahead = paper === panel ? 0 : panel.scrollTop - paper.scrollTop;
    const top = rail.getBoundingClientRect().top + ahead;
    let last = 0;
    let foot: number | null = null;
    const cards: Card[] = latest.current.ids.map((id) => {
      const line = passageIn(editor, id)?.getClientRects()[0];
      if (line && id === latest.current.active) foot = line.bottom - top;
      // A mark that is still on its way stands where the one before it does.
      last = line ? line.top - top - 4 : last;
      const card = rail.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"]`);
      return { id, want: last, height: card?.offsetHeight ?? 0 };
    });
    cards.sort((a, b) => a.want - b.want);
    const tops = packCards(cards, latest.current.active);
    const end = Math.max(0, ...cards.map(({ id, height }) => (tops.get(id) ?? 0) + height));
    const height = Math.ceil(Math.max(end + 8, paperHeight(rail, editor)));
    const activeTop = tops.get(latest.current.active ?? '') ?? 0;
    const leader = Math.max(0, Math.round((foot ?? activeTop + 34) - activeTop) - 2);
    const next = { tops, height, leader };
    setBeside((before) => (isSame(before, next) ? before : next));
  }, [list, editor]);

  const soon = useCallback(() => {
    waiting.current ||= requestAnimationFrame(measure);
  }, [measure]);

  const order = ids.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: which cards there are and which is open is what is read.
  useLayoutEffect(soon, [soon, order, active]);

  useEffect(() => {
    const rail = list.current;
    if (!rail || !editor) return;
    const sizes = new ResizeObserver(soon);
    sizes.observe(editor);
    sizes.observe(rail);
    // What stands above the cards pushes them down.
    if (rail.parentElement) sizes.observe(rail.parentElement);
    const watch = () => {
      for (const card of rail.children) sizes.observe(card);
      soon();
    };
    const cards = new MutationObserver(watch);
    cards.observe(rail, { childList: true });
    watch();
    void document.fonts.ready.then(soon);
    // Words that push lines down change the size of the editor; others move no more than the line they stand in.
    const words = paced(() => rail.childElementCount > 0 && soon(), pause);
    const stop = subscribe?.(words.ask);
    return () => {
      words.stop();
      cancelAnimationFrame(waiting.current);
      waiting.current = 0;
      sizes.disconnect();
      cards.disconnect();
      stop?.();
    };
  }, [list, editor, subscribe, soon]);

  // In a panel of its own the rail turns with the paper, and the paper with it.
  useEffect(() => {
    const rail = list.current;
    if (!rail || !editor) return;
    const paper = scrollerOf(editor);
    const panel = scrollerOf(rail);
    if (paper === panel) return;
    let touched = Number.NEGATIVE_INFINITY;
    const touch = () => {
      touched = performance.now();
    };
    const down = () => {
      const most = paper.scrollHeight - paper.clientHeight;
      // At its end the paper does not hold back cards that reach further down.
      if (paper.scrollTop >= most - 1 && panel.scrollTop > paper.scrollTop) return;
      if (Math.abs(panel.scrollTop - paper.scrollTop) > 1) panel.scrollTop = paper.scrollTop;
    };
    const up = () => {
      // Only the reader's own hand moves the paper, never a list that became shorter.
      if (performance.now() - touched > handTime || panel.getClientRects().length === 0) return;
      if (Math.abs(panel.scrollTop - paper.scrollTop) > 1) paper.scrollTop = panel.scrollTop;
    };
    const hands = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const;
    paper.addEventListener('scroll', down, { passive: true });
    panel.addEventListener('scroll', up, { passive: true });
    for (const hand of hands) panel.addEventListener(hand, touch, { passive: true });
    return () => {
      paper.removeEventListener('scroll', down);
      panel.removeEventListener('scroll', up);
      for (const hand of hands) panel.removeEventListener(hand, touch);
    };
  }, [list, editor]);

  return beside;
}

/** How long the list must be for its panel to scroll as far as the paper does. */
function paperHeight(rail: HTMLElement, editor: HTMLElement): number {
  const paper = scrollerOf(editor);
  const panel = scrollerOf(rail);
  if (paper === panel) return 0;
  const offset = rail.getBoundingClientRect().top - panel.getBoundingClientRect().top + panel.scrollTop;
  return paper.scrollHeight - paper.clientHeight + panel.clientHeight - offset;
}

function isSame(a: Beside, b: Beside): boolean {
  return (
    a.height === b.height &&
    a.leader === b.leader &&
    a.tops.size === b.tops.size &&
    [...b.tops].every(([id, top]) => Math.abs((a.tops.get(id) ?? Number.NaN) - top) < 0.5)
  );
}

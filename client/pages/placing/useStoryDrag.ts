/** A story dragged from the list onto the page, with the pointer. */
import { useEffect, useRef, useState } from 'react';
import { type Placeable, type Target, targetAt } from './place.ts';
import { type Desk, under } from './under.ts';

export interface HeldStory {
  story: Placeable & { headline: string };
  /** Pixels of the screen. */
  x: number;
  y: number;
  target: Target | null;
}

/** Pixels that a pointer may tremble before it drags. */
const tremble = 6;

interface StoryDragOf extends Desk {
  onDrop: (story: Placeable, target: Target) => void;
}

export function useStoryDrag(given: StoryDragOf) {
  const [held, setHeld] = useState<HeldStory | null>(null);
  const latest = useRef(given);
  useEffect(() => {
    latest.current = given;
  });

  function aim(story: Placeable, x: number, y: number): Target | null {
    const found = under(latest.current, { x, y });
    return found && targetAt(story, found.cell, found.frames[0] ?? null, latest.current.laying.page);
  }

  /** Begins with a press on a story; until the pointer has moved it is a press still. */
  function begin(story: HeldStory['story'], event: React.PointerEvent) {
    if (event.button !== 0) return;
    const from = { x: event.clientX, y: event.clientY };
    const { pointerId } = event;
    let now: HeldStory | null = null;
    const end = () => {
      removeEventListener('pointermove', move);
      removeEventListener('pointerup', up);
      removeEventListener('pointercancel', end);
      removeEventListener('keydown', given, true);
      setHeld(null);
    };
    function move({ pointerId: id, clientX: x, clientY: y }: PointerEvent) {
      if (id !== pointerId) return;
      if (!now && Math.hypot(x - from.x, y - from.y) < tremble) return;
      now = { story, x, y, target: aim(story, x, y) };
      setHeld(now);
    }
    function up({ pointerId: id }: PointerEvent) {
      if (id !== pointerId) return;
      const dropped = now;
      end();
      if (!dropped) return;
      // The click that ends a drag opens nothing.
      const swallow = (click: Event) => {
        click.preventDefault();
        click.stopPropagation();
      };
      addEventListener('click', swallow, { capture: true, once: true });
      setTimeout(() => removeEventListener('click', swallow, { capture: true }), 0);
      if (dropped.target) latest.current.onDrop(story, dropped.target);
    }
    function given(key: KeyboardEvent) {
      if (key.key !== 'Escape') return;
      key.stopPropagation();
      end();
    }
    addEventListener('pointermove', move);
    addEventListener('pointerup', up);
    addEventListener('pointercancel', end);
    addEventListener('keydown', given, true);
  }

  return { held, begin };
}

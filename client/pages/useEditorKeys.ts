/** The keys of the page desk: they work on the frames while the canvas has the focus, some of them anywhere. */
import { type RefObject, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { rectOf } from '../../shared/layout/region.ts';
import type { Cropping } from './canvas/CropLayer.tsx';
import { inside, moved, resized, together } from './canvas/cells.ts';
import { copyFrames, duplicates, hasCopied, pasted } from './canvas/clipboard.ts';
import { isEverywhere, isTyping, type KeyAct, keyAct } from './canvas/keys.ts';
import { keyOnPicture } from './canvas/pictureKeys.ts';
import type { Tool } from './canvas/tools.ts';
import type { Gestures } from './canvas/useGestures.ts';
import type { Looking } from './canvas/useViewport.ts';
import { type Laying, selectedFrames } from './laying.ts';

interface KeysOf {
  laying: Laying;
  looking: Looking;
  gestures: RefObject<Gestures | null>;
  tool: Tool;
  setTool: (tool: Tool) => void;
  onOpen: (article: string) => void;
  onCrop: (cropping: Cropping) => void;
}

export interface FrameActs {
  duplicate: () => void;
  remove: () => void;
}

/** Pixels that an arrow key pushes the page while nothing is selected. */
const push = 48;

/** Focused, a frame is selected without any of its pictures. */
const focusFrame = (id: string | undefined) =>
  document.querySelector<HTMLElement>(`[data-frame="${id}"]`)?.focus({ preventScroll: true });

export function useEditorKeys(given: KeysOf): FrameActs {
  const { t } = useTranslation('pages');
  const latest = useRef(given);
  useEffect(() => {
    latest.current = given;
  });
  const { acts, run } = useMemo(() => {
    const add = (frames: ReturnType<typeof pasted>) => {
      const { laying } = latest.current;
      if (frames.length === 0 || !laying.editable) return;
      laying.acts.replace({ add: frames });
      laying.select(frames.map(({ id }) => id));
      laying.say(t('copied', { count: frames.length }));
    };
    const acts: FrameActs = {
      duplicate() {
        const { laying } = latest.current;
        add(duplicates(selectedFrames(laying), laying.page.grid));
      },
      remove() {
        const { laying } = latest.current;
        const { selected } = laying;
        if (selected.length === 0) return;
        laying.acts.replace({ remove: selected });
        laying.say(t('removed', { count: selected.length }));
      },
    };

    /** Moves what is selected, or the page when nothing is. */
    function nudge(act: Extract<KeyAct, { columns: number }>) {
      const { laying, looking } = latest.current;
      const frames = selectedFrames(laying);
      if (frames.length === 0) return looking.move({ x: -act.columns * push, y: -act.lines * push });
      if (!laying.editable) return;
      const { grid } = laying.page;
      const places = frames.map((frame) => inside(frame.place, grid));
      const by = together(places, act.columns, act.lines, grid);
      const next = places.map((place) =>
        act.kind === 'nudge'
          ? moved(place, by.columns, by.lines)
          : resized(place, { x: 1, y: 1 }, act.columns, act.lines, grid),
      );
      laying.acts.change(
        frames.flatMap(({ id }, i) => {
          const place = next[i];
          return place ? [{ id, change: { place } }] : [];
        }),
        `${act.kind} ${laying.selected.join()}`,
      );
      const [first] = next;
      if (!first) return;
      looking.show(rectOf(laying.g, first));
      laying.say(
        t('standsAt', {
          column: first.column + 1,
          line: first.line + 1,
          columns: first.columns,
          lines: first.lines,
        }),
      );
    }

    function run(act: KeyAct, focused: string | null): boolean {
      const { laying, looking, gestures, tool, setTool, onOpen, onCrop } = latest.current;
      const done = keyOnPicture(act, { laying, looking, onCrop, t });
      if (done !== null) return done;
      switch (act.kind) {
        case 'nudge':
        case 'stretch':
          nudge(act);
          return true;
        case 'tool':
          if (laying.editable) setTool(act.tool);
          return laying.editable;
        case 'remove':
          acts.remove();
          return true;
        case 'copy':
        case 'cut':
          // What is selected as words is the browser's to copy.
          if (laying.selected.length === 0 || getSelection()?.isCollapsed === false) return false;
          copyFrames(selectedFrames(laying));
          if (act.kind === 'cut') acts.remove();
          return true;
        case 'paste':
          if (!hasCopied()) return false;
          add(pasted(laying.page.grid));
          return true;
        case 'duplicate':
          acts.duplicate();
          return true;
        case 'all':
          laying.select(laying.page.frames.map(({ id }) => id));
          return true;
        case 'escape':
          if (gestures.current?.cancel()) return true;
          if (tool !== 'select') setTool('select');
          else if (laying.picture !== null) focusFrame(laying.selected[0]);
          else laying.select([]);
          return true;
        case 'open': {
          const frame = laying.page.frames.find(({ id }) => id === (focused ?? laying.selected[0]));
          if (frame?.article) onOpen(frame.article);
          return frame !== undefined;
        }
        case 'undo':
          laying.acts.undo();
          return true;
        case 'redo':
          laying.acts.redo();
          return true;
        case 'nearer':
          looking.step(1);
          return true;
        case 'farther':
          looking.step(-1);
          return true;
        case 'fit':
          looking.fit('page');
          return true;
        case 'actual':
          looking.actual();
          return true;
      }
    }
    return { acts, run };
  }, [t]);

  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTyping(event.target)) return;
      const act = keyAct(event);
      if (!act) return;
      const target = event.target as HTMLElement;
      const inCanvas = target === document.body || target.closest('.canvas') !== null;
      if (!inCanvas && !isEverywhere(act)) return;
      // A dialog over the desk has the keys.
      if (document.querySelector('[role="dialog"]')) return;
      const focused = target.closest<HTMLElement>('[data-frame]')?.dataset.frame ?? null;
      if (run(act, focused)) event.preventDefault();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [run]);
  return acts;
}

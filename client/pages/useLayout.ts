/** A page's frames as two designers lay them: read live, changed in steps that can be undone. */
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import * as Y from 'yjs';
import type { Frame } from '../../shared/pages/frame.ts';
import {
  addFrame,
  changeFrame,
  type FrameChange,
  framesOf,
  readFrames,
  removeFrames,
} from '../../shared/pages/layout-map.ts';
import { soon } from '../live/frame.ts';
import { openPageRoom, type PageRoom, type RoomStatus } from '../live/room.ts';

export interface LayoutActs {
  /** One step back for all of it. Steps of one `gesture`, close after each other, are one. */
  change(changes: readonly { id: string; change: FrameChange }[], gesture?: string): void;
  /** Adds, changes and removes in one step. */
  replace(step: Step): void;
  undo(): void;
  redo(): void;
}

export interface Step {
  add?: readonly Frame[];
  change?: readonly { id: string; change: FrameChange }[];
  remove?: readonly string[];
}

export interface Layout {
  room: PageRoom;
  status: RoomStatus;
  /** In reading order; null before they are known. */
  frames: readonly Frame[] | null;
  canUndo: boolean;
  canRedo: boolean;
  acts: LayoutActs;
}

/** Whose steps can be undone: this browser's own. */
const own = Symbol('laid here');
/** Milliseconds within which steps of one gesture are one. */
const oneGesture = 1_200;

function startHistory(doc: Y.Doc) {
  const manager = new Y.UndoManager(framesOf(doc), {
    trackedOrigins: new Set([own]),
    captureTimeout: oneGesture,
  });
  let last = '';
  const step = (gesture: string, act: () => void) => {
    if (gesture === '' || gesture !== last) manager.stopCapturing();
    last = gesture;
    act();
  };
  const acts: LayoutActs = {
    change: (changes, gesture = '') =>
      step(gesture, () =>
        doc.transact(() => {
          for (const { id, change } of changes) changeFrame(doc, id, change, own);
        }, own),
      ),
    replace: ({ add = [], change = [], remove = [] }) =>
      step('', () =>
        doc.transact(() => {
          for (const one of change) changeFrame(doc, one.id, one.change, own);
          removeFrames(doc, remove, own);
          for (const frame of add) addFrame(doc, frame, own);
        }, own),
      ),
    undo() {
      last = '';
      manager.undo();
    },
    redo() {
      last = '';
      manager.redo();
    },
  };
  return { manager, acts };
}

/** The frames, those that did not change the same objects as before. */
function reread(doc: Y.Doc, before: readonly Frame[] | null): readonly Frame[] {
  const known = new Map(before?.map((frame) => [frame.id, frame]));
  const frames = readFrames(doc).map((frame) => {
    const old = known.get(frame.id);
    return old && JSON.stringify(old) === JSON.stringify(frame) ? old : frame;
  });
  return before?.length === frames.length && frames.every((frame, i) => frame === before[i])
    ? before
    : frames;
}

/** Opens the page to be laid; null before it is, and to whoever may not lay it. */
export function useLayout(page: string, mayLay: boolean): Layout | null {
  const [room, setRoom] = useState<PageRoom | null>(null);
  useEffect(() => {
    if (!mayLay) return;
    const opened = openPageRoom(page);
    setRoom(opened);
    return () => {
      setRoom(null);
      opened.release();
    };
  }, [page, mayLay]);

  const history = useMemo(() => (room ? startHistory(room.doc) : null), [room]);
  const [frames, setFrames] = useState<readonly Frame[] | null>(null);
  const [can, setCan] = useState({ undo: false, redo: false });
  useEffect(() => {
    if (!room || !history) return;
    const { doc } = room;
    const { manager } = history;
    let stop: (() => void) | null = null;
    const look = () => {
      stop = null;
      if (room.status().synced || framesOf(doc).size > 0) setFrames((before) => reread(doc, before));
    };
    const changed = (_: unknown, by: Y.Transaction) => {
      // One's own step is seen at once; others' once a frame.
      if (by.local) return look();
      stop ??= soon(look);
    };
    const stacked = () => {
      const next = { undo: manager.canUndo(), redo: manager.canRedo() };
      setCan((before) => (before.undo === next.undo && before.redo === next.redo ? before : next));
    };
    look();
    void room.whenReady.then(look);
    framesOf(doc).observe(changed);
    const events = ['stack-item-added', 'stack-item-popped', 'stack-cleared'] as const;
    for (const event of events) manager.on(event, stacked);
    return () => {
      stop?.();
      framesOf(doc).unobserve(changed);
      manager.destroy();
      setFrames(null);
      setCan({ undo: false, redo: false });
    };
  }, [room, history]);

  const status = useSyncExternalStore(room?.subscribe ?? noNews, room?.status ?? noStatus);
  return useMemo(
    () =>
      room && history && status
        ? { room, status, frames, canUndo: can.undo, canRedo: can.redo, acts: history.acts }
        : null,
    [room, history, status, frames, can],
  );
}

const noNews = () => () => undefined;
const noStatus = () => null;

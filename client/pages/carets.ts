/** Where people's carets stand on the printed page (L12). */
import { useEffect, useState } from 'react';
import * as Y from 'yjs';
import type { LineItem } from '../../shared/layout/drawing.ts';
import { placeOf } from '../../shared/manuscript/flat.ts';
import { readParagraphsAs } from '../../shared/suggestions/read.ts';
import { followStory } from '../live/follow.ts';
import { paced } from '../live/frame.ts';
import type { ArticleRoom } from '../live/room.ts';

export interface PageCaret {
  key: string;
  article: string;
  /** Null is the reader's own. */
  name: string | null;
  color: number;
  paragraph: number;
  offset: number;
}

function readCarets(room: ArticleRoom): PageCaret[] {
  const carets: PageCaret[] = [];
  const paragraphs = readParagraphsAs(room.doc, 'original');
  for (const [client, state] of room.awareness.getStates()) {
    const head: unknown = (state.caret as { head?: unknown } | null | undefined)?.head;
    const user = state.user as { name?: unknown; color?: unknown } | undefined;
    if (!head) continue;
    let index: number | undefined;
    try {
      const position = Y.createRelativePositionFromJSON(head);
      const place = Y.createAbsolutePositionFromRelativePosition(position, room.doc);
      if (place?.type === room.manuscript) index = place.index;
    } catch {
      // Another version's caret: not drawn.
    }
    if (index === undefined) continue;
    const own = client === room.doc.clientID;
    carets.push({
      key: `${room.article} ${client}`,
      article: room.article,
      name: own ? null : typeof user?.name === 'string' ? user.name : '',
      color: Number.isSafeInteger(user?.color) ? (user?.color as number) & 7 : 0,
      ...placeOf(paragraphs, index),
    });
  }
  return carets;
}

/** Milliseconds between two looks at where everybody is. */
const pause = 120;

/** Everybody's carets in these stories. */
export function useCarets(rooms: ReadonlyMap<string, ArticleRoom>): PageCaret[] {
  const [carets, setCarets] = useState<PageCaret[]>([]);
  useEffect(() => {
    const look = () => {
      const next = [...rooms.values()].flatMap(readCarets);
      setCarets((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
    };
    const { ask, stop } = paced(look, pause);
    look();
    const unfollow = [...rooms.values()].map((room) => {
      room.awareness.on('change', ask);
      return followStory(room, ask);
    });
    return () => {
      stop();
      for (const room of rooms.values()) room.awareness.off('change', ask);
      for (const each of unfollow) each();
    };
  }, [rooms]);
  return carets;
}

/** Where an offset of the line's paragraph stands along the line, in points: across, or down an upright line. A
 * character is one code point drawn. */
export function alongOf(line: LineItem, offset: number): number {
  let at = line.source?.from ?? 0;
  let along = line.vertical ? line.y : (line.runs[0]?.x ?? 0);
  for (const run of line.runs) {
    if (!line.vertical) along = run.x;
    for (const [i, char] of [...run.text].entries()) {
      if (at >= offset) return along;
      at += char.length;
      along += run.advances[i] ?? 0;
    }
  }
  return along;
}

/** The offset in the line's paragraph nearest to an x in points; to a y of an upright line. */
export function offsetAt(line: LineItem, place: number): number {
  let at = line.source?.from ?? 0;
  let along = line.y;
  for (const run of line.runs) {
    if (!line.vertical) along = run.x;
    for (const [i, char] of [...run.text].entries()) {
      const advance = run.advances[i] ?? 0;
      if (place < along + advance / 2) return at;
      at += char.length;
      along += advance;
    }
  }
  return Math.min(at, line.source?.to ?? at);
}

/** Where a caret stands among the lines, as a baseline; null when its paragraph has none there. */
export function placeCaret(
  lines: readonly LineItem[],
  caret: PageCaret,
): { x: number; y: number; size: number } | null {
  let found: LineItem | null = null;
  for (const line of lines) {
    const source = line.source;
    if (source?.article !== caret.article || source.paragraph !== caret.paragraph) continue;
    if (source.from <= caret.offset && caret.offset <= source.to) found = line;
  }
  if (!found) return null;
  const size = found.runs[0]?.size ?? 9;
  const along = alongOf(found, caret.offset);
  // Beside the character that is to come.
  if (found.vertical) return { x: found.runs[0]?.x ?? 0, y: along + size, size };
  return { x: along, y: found.y, size };
}

/** Where each person's caret is, as presence carries it: relative positions under `caret` (M11). */
import type { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { RelativeSelection } from './binding.ts';

export interface RemoteCaret {
  client: number;
  name: string;
  /** 0–7 into the person palette. */
  color: number;
  /** Indexes in the Y.Text. */
  anchor: number;
  head: number;
}

const field = 'caret';

export function sendCaret(awareness: Awareness, selection: RelativeSelection | null): void {
  if (!awareness.getLocalState()) return;
  awareness.setLocalStateField(
    field,
    selection && {
      anchor: Y.relativePositionToJSON(selection.anchor),
      head: Y.relativePositionToJSON(selection.head),
    },
  );
}

function indexOf(json: unknown, doc: Y.Doc, text: Y.Text): number | null {
  try {
    const position = Y.createRelativePositionFromJSON(json);
    const absolute = Y.createAbsolutePositionFromRelativePosition(position, doc);
    return absolute && absolute.type === text ? absolute.index : null;
  } catch {
    // Another version's caret, or a hostile one: not drawn.
    return null;
  }
}

/** The carets of everybody else that can be placed now. Name and colour are the server's. */
export function remoteCarets(awareness: Awareness, text: Y.Text): RemoteCaret[] {
  const doc = text.doc;
  if (!doc) return [];
  const carets: RemoteCaret[] = [];
  for (const [client, state] of awareness.getStates()) {
    if (client === doc.clientID) continue;
    const caret = state[field] as { anchor?: unknown; head?: unknown } | null | undefined;
    const user = state.user as { name?: unknown; color?: unknown } | null | undefined;
    if (!caret || typeof user?.name !== 'string') continue;
    const anchor = indexOf(caret.anchor, doc, text);
    const head = indexOf(caret.head, doc, text);
    if (anchor === null || head === null) continue;
    const color = Number.isSafeInteger(user.color) ? (((user.color as number) % 8) + 8) % 8 : 0;
    carets.push({ client, name: user.name, color, anchor, head });
  }
  return carets;
}

/** What a key means on the page desk. */
import { type Tool, toolKeys, tools } from './tools.ts';

export type KeyAct =
  | { kind: 'nudge' | 'stretch'; columns: number; lines: number }
  | { kind: 'tool'; tool: Tool }
  | {
      kind:
        | 'remove'
        | 'copy'
        | 'cut'
        | 'paste'
        | 'duplicate'
        | 'all'
        | 'escape'
        | 'open'
        | 'undo'
        | 'redo'
        | 'nearer'
        | 'farther'
        | 'fit'
        | 'actual';
    };

interface Key {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

const ways: Record<string, { columns: number; lines: number }> = {
  ArrowLeft: { columns: -1, lines: 0 },
  ArrowRight: { columns: 1, lines: 0 },
  ArrowUp: { columns: 0, lines: -1 },
  ArrowDown: { columns: 0, lines: 1 },
};
const far = 5;

const commands = {
  c: 'copy',
  x: 'cut',
  v: 'paste',
  d: 'duplicate',
  a: 'all',
  y: 'redo',
  '0': 'fit',
  '1': 'actual',
  '+': 'nearer',
  '=': 'nearer',
  '-': 'farther',
} as const;
const plain = {
  Delete: 'remove',
  Backspace: 'remove',
  Escape: 'escape',
  Enter: 'open',
  '+': 'nearer',
  '=': 'nearer',
  '-': 'farther',
  '0': 'fit',
} as const;

const has = <T extends object>(table: T, key: string): key is string & keyof T => Object.hasOwn(table, key);

/** Null for a key that means nothing here. */
export function keyAct({ key, ctrlKey, metaKey, altKey, shiftKey }: Key): KeyAct | null {
  const way = has(ways, key) ? ways[key] : undefined;
  const mod = ctrlKey || metaKey;
  if (way && !mod) {
    const by = shiftKey ? far : 1;
    return { kind: altKey ? 'stretch' : 'nudge', columns: way.columns * by, lines: way.lines * by };
  }
  const low = key.length === 1 ? key.toLowerCase() : key;
  if (mod) {
    if (altKey) return null;
    if (low === 'z') return { kind: shiftKey ? 'redo' : 'undo' };
    return has(commands, low) ? { kind: commands[low] } : null;
  }
  // A corner that is being cut is given up while Alt is still held.
  if (altKey && key !== 'Escape') return null;
  if (has(plain, key)) return { kind: plain[key] };
  const tool = tools.find((one) => toolKeys[one] === low);
  return tool && !shiftKey ? { kind: 'tool', tool } : null;
}

/** What may be done wherever on the desk the focus is, as long as no words are being typed. */
export const isEverywhere = ({ kind }: KeyAct): boolean =>
  kind === 'undo' ||
  kind === 'redo' ||
  kind === 'nearer' ||
  kind === 'farther' ||
  kind === 'fit' ||
  kind === 'actual';

/** Whether keys belong to what has the focus: words are typed there. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.closest('input, textarea, select, [role="listbox"], [role="menu"]') !== null);

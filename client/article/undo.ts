/** Undo of one's own edits only, with every restored paragraph end dressed (M10). */
import * as Y from 'yjs';
import type { Hand } from '../../shared/suggestions/suggest.ts';
import {
  afterTakingBack,
  type Before,
  beforeTakingBack,
  forgetAtAnswers,
  mayGo,
  maySay,
} from '../../shared/suggestions/takeback.ts';

type StackItem = NonNullable<ReturnType<Y.UndoManager['undo']>>;
type Kept = ReturnType<typeof Y.decodeStateVector>;

const clocks = 'clocks';

function isEndItem(struct: unknown, text: Y.Text): struct is Y.Item {
  return (
    struct instanceof Y.Item &&
    struct.parent === text &&
    struct.content instanceof Y.ContentType &&
    struct.content.type instanceof Y.Map
  );
}

const endOf = (item: Y.Item) => (item.content as Y.ContentType).type as Y.Map<unknown>;

/** Keeps the values of paragraph ends out of garbage collection, so that a restored end can read them. */
export function keepEndValues(doc: Y.Doc, text: Y.Text): void {
  const before = doc.gcFilter;
  doc.gcFilter = (item) =>
    before(item) && !(item.parentSub !== null && item.parent instanceof Y.Map && item.parent.parent === text);
}

function isReadable(item: Y.Item): item is Y.Item & { content: Y.ContentAny | Y.ContentJSON } {
  return item.content instanceof Y.ContentAny || item.content instanceof Y.ContentJSON;
}

/** The newest value of a key that was alive when the end was deleted or came from others since. */
function lastValue(newest: Y.Item, undone: StackItem, kept: Kept, own: number): unknown {
  for (let item: Y.Item | null = newest; item !== null; item = item.left) {
    if (!isReadable(item) || Y.isDeleted(undone.insertions, item.id)) continue;
    const alive = Y.isDeleted(undone.deletions, item.id);
    const concurrent = item.id.client !== own && item.id.clock >= (kept.get(item.id.client) ?? 0);
    if (alive || concurrent) return item.content.getContent().at(-1);
  }
  return undefined;
}

/** Gives each end that the popped item restored or restyled the keys that Yjs left it without. */
function dressEnds(
  transaction: Y.Transaction,
  text: Y.Text,
  undone: StackItem,
  may: (end: Y.Map<unknown>) => boolean,
): void {
  const { doc } = transaction;
  const kept = (undone.meta.get(clocks) as Kept | undefined) ?? new Map<number, number>();
  const ends: { past: Y.Map<unknown>; end: Y.Map<unknown> }[] = [];
  for (const type of transaction.changed.keys()) {
    if (type instanceof Y.Map && type.parent === text && !type._item?.deleted) {
      ends.push({ past: type, end: type });
    }
  }
  Y.iterateDeletedStructs(transaction, undone.deletions, (struct) => {
    if (!isEndItem(struct, text) || struct.redone === null) return;
    let item: Y.Item = struct;
    while (item.redone !== null) item = Y.getItem(doc.store, item.redone);
    if (!item.deleted && isEndItem(item, text)) ends.push({ past: endOf(struct), end: endOf(item) });
  });
  for (const { past, end } of ends) {
    if (!may(end)) continue;
    for (const [key, newest] of past._map) {
      if (end.has(key)) continue;
      const value = lastValue(newest, undone, kept, doc.clientID);
      if (value !== undefined) end.set(key, value);
    }
  }
}

export interface Undo {
  readonly manager: Y.UndoManager;
  undo(): boolean;
  redo(): boolean;
  /** What is done next is an undo step of its own. */
  close(): void;
  destroy(): void;
}

/** `origin` is the binding's: nothing but its transactions is ever taken back. `suggester` is the hand of whoever
 * only suggests now, and null of whoever writes. */
export function createUndo(
  text: Y.Text,
  sides: Y.Map<unknown>[],
  origin: object,
  suggester: () => Hand | null = () => null,
): Undo {
  const doc = text.doc;
  if (!doc) throw new Error('impossible: a manuscript outside a document');
  keepEndValues(doc, text);
  let taking: { before: Before; hand: Hand | null } | null = null;
  const manager = new Y.UndoManager([text, ...sides], {
    trackedOrigins: new Set([origin]),
    captureTimeout: 500,
    deleteFilter: (item) => !taking?.hand || mayGo(taking.before, taking.hand, item),
  });
  const stopForgetting = forgetAtAnswers(manager, doc, () => suggester() !== null);
  let before: Kept = new Map();
  const remember = (transaction: Y.Transaction) => {
    before = transaction.beforeState;
  };
  doc.on('beforeObserverCalls', remember);
  manager.on('stack-item-added', ({ stackItem }) => stackItem.meta.set(clocks, new Map(before)));

  const run = (kind: 'undo' | 'redo'): boolean => {
    const flag = kind === 'undo' ? 'undoing' : 'redoing';
    const hand = suggester();
    const before = beforeTakingBack(doc, hand);
    let popped: StackItem | null = null;
    taking = { before, hand };
    try {
      doc.transact((transaction) => {
        popped = manager[kind]();
        // The manager took its flag down; the transaction that it reads it for is still ours.
        manager[flag] = true;
        if (!popped) return;
        dressEnds(transaction, text, popped, (end) => !hand || maySay(before, doc, end));
        afterTakingBack(transaction, before, hand);
      }, manager);
    } finally {
      manager[flag] = false;
      taking = null;
    }
    return popped !== null;
  };
  return {
    manager,
    undo: () => run('undo'),
    redo: () => run('redo'),
    close: () => manager.stopCapturing(),
    destroy: () => {
      doc.off('beforeObserverCalls', remember);
      stopForgetting();
      manager.destroy();
    },
  };
}

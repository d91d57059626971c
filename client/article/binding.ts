/** Keeps an editor and a Y.Text the same: steps become text operations, text events become steps (M4–M7). */
import type { Node } from '@tiptap/pm/model';
import { type Command, type EditorState, Plugin, PluginKey, TextSelection } from '@tiptap/pm/state';
import type { Transform } from '@tiptap/pm/transform';
import * as Y from 'yjs';
import type { FormatChange } from '../../shared/suggestions/entry.ts';
import { looksBetween } from '../../shared/suggestions/read.ts';
import { type Hand, suggestFormat, withdraw } from '../../shared/suggestions/suggest.ts';
import { toggle } from './commands.ts';
import { documentOf, flatAt, posAt } from './convert.ts';
import { type WrittenStep, writeAsOne, writeSteps } from './local.ts';
import { applyEvents, matchBlocks } from './remote.ts';
import { suggestSteps, type Where } from './suggested.ts';
import { createUndo, type Undo } from './undo.ts';

/** What a transaction that came from Yjs carries; `pending` when unwritten steps were put on top of it. */
interface FromYjs {
  pending?: readonly WrittenStep[];
}

const key = new PluginKey<readonly WrittenStep[]>('manuscript');

/** Whether a transaction came from Yjs: another's edit, the server's, or an undo. */
export const isRemote = (tr: { getMeta(key: PluginKey): unknown }): boolean => Boolean(tr.getMeta(key));

/** The editor as the binding sees it; a view in the browser, a bare state in tests. */
export interface Host {
  state(): EditorState;
  dispatch(tr: EditorState['tr']): void;
}

export interface RelativeSelection {
  anchor: Y.RelativePosition;
  head: Y.RelativePosition;
}

export interface Binding {
  readonly plugin: Plugin;
  readonly undo: Undo;
  /** The document to start the editor with. */
  document(schema: Node['type']['schema']): Node;
  connect(host: Host): void;
  disconnect(): void;
  /** Writes what the editor did since; `before` is the state that it did it to. */
  flush(before?: EditorState): void;
  /** While deferred nothing is written; letting go writes all of it as one change. */
  defer(on: boolean): void;
  /** Steps that are not in the Y.Text yet. */
  unwritten(): boolean;
  /** The selection in relative positions; null while something is unwritten. */
  selection(): RelativeSelection | null;
  takeBack(kind: 'undo' | 'redo'): boolean;
  /** From here on what the editor does is only suggested, or written again. Nothing from before is taken back then. */
  setSuggesting(on: boolean): void;
  suggesting(): boolean;
  /** Takes one's own suggestions back; undo brings them again. */
  withdraw(ids: readonly string[]): void;
  /** Bold or italic: on the selection or for what is typed next. */
  toggle(look: 'bold' | 'italic'): Command;
  /** Whether all of a stretch of the editor's document is to look so. */
  looks(from: number, to: number, look: 'bold' | 'italic'): boolean;
  /** Suggests another look for a stretch of the editor's document. */
  suggestLook(from: number, to: number, change: FormatChange): void;
  /** How often an event could not be followed step by step. */
  surprises(): number;
}

const selectionKey = 'selection';

/** What prosemirror-collab rebases with; not in the published types. */
interface Mirrored {
  setMirror(from: number, to: number): void;
}

/** Takes the pending steps off, puts the others' changes on, and the pending ones back where they now belong. */
function rebase(tr: Transform, pending: readonly WrittenStep[], applyOthers: () => void): WrittenStep[] {
  for (const { step, before } of [...pending].reverse()) tr.step(step.invert(before));
  applyOthers();
  const rebased: WrittenStep[] = [];
  let from = pending.length;
  for (const { step } of pending) {
    const mapped = step.map(tr.mapping.slice(from));
    from -= 1;
    const before = tr.doc;
    if (!mapped || tr.maybeStep(mapped).failed) continue;
    (tr.mapping as unknown as Mirrored).setMirror(from, tr.steps.length - 1);
    rebased.push({ step: mapped, before, after: tr.doc });
  }
  return rebased;
}

export function createBinding(
  text: Y.Text,
  sides: Y.Map<unknown>[] = [],
  onUnwritten: (unwritten: boolean) => void = () => undefined,
  hand: Hand | null = null,
): Binding {
  const doc = text.doc;
  if (!doc) throw new Error('impossible: a manuscript outside a document');
  const origin = {};
  // The editor follows these as it follows others' changes, and undo brings them back.
  const takenBack = {};
  const written = new WeakSet<WrittenStep>();
  let suggests = false;
  const undo = createUndo(text, sides, origin, () => (suggests ? hand : null));
  undo.manager.addTrackedOrigin(takenBack);
  // biome-ignore lint/suspicious/noExplicitAny: Yjs types its own events so.
  let own: Y.YEvent<any>[] = [];
  let host: Host | null = null;
  let deferred = false;
  let deferredAt: EditorState | undefined;
  let said = false;
  let surprises = 0;
  let selectionBefore: RelativeSelection | null = null;

  const pendingOf = (state: EditorState) =>
    (key.getState(state) ?? []).filter((step: WrittenStep) => !written.has(step));

  const plugin = new Plugin<readonly WrittenStep[]>({
    key,
    state: {
      init: () => [],
      apply: (tr, before) => {
        const fromYjs = tr.getMeta(key) as FromYjs | undefined;
        if (fromYjs) return fromYjs.pending ?? before;
        const left = before.some((step) => written.has(step))
          ? before.filter((step) => !written.has(step))
          : before;
        if (!tr.docChanged) return left;
        const steps = tr.steps.map((step, i) => ({
          step,
          before: tr.docs[i]!,
          after: tr.docs[i + 1] ?? tr.doc,
        }));
        return [...left, ...steps];
      },
    },
  });

  // Inside a block a caret holds on to the character before it, so that what others put there comes after it.
  const position = (at: Node, pos: number) => {
    const inside = at.resolve(pos).parentOffset > 0 && at.resolve(pos).depth > 0;
    return Y.createRelativePositionFromTypeIndex(text, flatAt(at, pos), inside ? -1 : 0);
  };
  const relative = ({ selection }: EditorState, at: Node): RelativeSelection => ({
    anchor: position(at, selection.anchor),
    head: position(at, selection.head),
  });

  const say = (unwritten: boolean) => {
    if (unwritten === said) return;
    said = unwritten;
    onUnwritten(unwritten);
  };

  const write = (pending: readonly WrittenStep[], before: EditorState | undefined, asOne: boolean) => {
    const first = pending[0];
    if (!first) return;
    selectionBefore = before && before.doc === first.before ? relative(before, before.doc) : null;
    if (suggests && hand) {
      suggest(pending, hand, before);
    } else {
      doc.transact(() => (asOne ? writeAsOne : writeSteps)(text, pending), origin);
      for (const step of pending) written.add(step);
    }
  };

  /** Writes steps as suggestions, and makes the editor show what stands in the text then. */
  const suggest = (pending: readonly WrittenStep[], by: Hand, before: EditorState | undefined) => {
    let where: Where = (index) => index;
    own = [];
    doc.transact(() => {
      where = suggestSteps(by, text, pending);
    }, origin);
    for (const step of pending) written.add(step);
    if (!host) return;
    const state = host.state();
    const { tr } = state;
    for (const { step, before: earlier } of [...pending].reverse()) tr.step(step.invert(earlier));
    if (!applyEvents(tr, text, own)) surprises += 1;
    if (tr.doc.eq(state.doc)) return;
    if (state.selection instanceof TextSelection) {
      // Delete leaves the caret behind what it struck, so that it goes on.
      const first = before?.selection;
      const behind =
        first?.empty === true && flatAt(before!.doc, first.head) === flatAt(state.doc, state.selection.head);
      const at = (pos: number) => tr.doc.resolve(posAt(tr.doc, where(flatAt(state.doc, pos), behind)));
      tr.setSelection(TextSelection.between(at(state.selection.anchor), at(state.selection.head)));
      // What is typed next looks like what was typed last, though that stands there plain.
      tr.setStoredMarks(state.storedMarks ?? state.selection.$head.marks());
    }
    send(tr, {});
  };

  undo.manager.on('stack-item-added', ({ stackItem, origin: by }) => {
    if (by === origin) stackItem.meta.set(selectionKey, selectionBefore);
  });

  // biome-ignore lint/suspicious/noExplicitAny: Yjs types its own events so.
  const follow = (events: Y.YEvent<any>[], transaction: Y.Transaction) => {
    if (transaction.origin === origin) {
      own = events;
      // Yjs joins items afterwards; a delta that is asked for later would be another.
      for (const event of events) void event.delta;
    }
    if (transaction.origin === origin || !host) return;
    const state = host.state();
    const pending = pendingOf(state);
    const { tr } = state;
    const meta: FromYjs = {};
    if (pending.length === 0) {
      if (!applyEvents(tr, text, events)) surprises += 1;
    } else {
      meta.pending = rebase(tr, pending, () => {
        if (!applyEvents(tr, text, events)) surprises += 1;
      });
    }
    if (tr.docChanged || meta.pending) send(tr, meta);
  };

  const send = (tr: EditorState['tr'], meta: FromYjs) => {
    tr.setMeta(key, meta).setMeta('addToHistory', false).setMeta('preventClearDocument', true);
    host?.dispatch(tr);
  };

  const suggestLook = (from: number, to: number, change: FormatChange) => {
    if (!host || !hand || pendingOf(host.state()).length > 0) return;
    const { doc: at } = host.state();
    doc.transact(() => suggestFormat(hand, flatAt(at, from), flatAt(at, to), change), origin);
  };
  const looks = (from: number, to: number, look: 'bold' | 'italic') => {
    if (!host) return false;
    const { doc: at } = host.state();
    const all = looksBetween(doc, flatAt(at, from), flatAt(at, to));
    return all.length > 0 && all.every((one) => one[look] === true);
  };

  return {
    plugin,
    undo,
    document: (schema) => documentOf(schema, text),
    connect(to) {
      host = to;
      const { tr } = to.state();
      if (pendingOf(to.state()).length === 0) matchBlocks(tr, text);
      if (tr.docChanged) send(tr, {});
      text.observeDeep(follow);
    },
    disconnect() {
      host = null;
      text.unobserveDeep(follow);
    },
    flush(before) {
      if (!host) return;
      const pending = pendingOf(host.state());
      if (!deferred) write(pending, before, false);
      say(deferred && pending.length > 0);
    },
    defer(on) {
      if (deferred && !on && host) write(pendingOf(host.state()), deferredAt, true);
      deferred = on;
      deferredAt = on ? host?.state() : undefined;
      say(false);
    },
    unwritten: () => host !== null && pendingOf(host.state()).length > 0,
    selection() {
      if (!host || pendingOf(host.state()).length > 0) return null;
      return relative(host.state(), host.state().doc);
    },
    takeBack(kind) {
      if (!host || deferred) return false;
      const stack = kind === 'undo' ? undo.manager.undoStack : undo.manager.redoStack;
      const kept = stack.at(-1)?.meta.get(selectionKey) as RelativeSelection | null | undefined;
      const current = relative(host.state(), host.state().doc);
      const mirror = kind === 'undo' ? undo.manager.redoStack : undo.manager.undoStack;
      if (!undo[kind]()) return false;
      mirror.at(-1)?.meta.set(selectionKey, current);
      const { tr } = host.state();
      if (kept) {
        const at = (position: Y.RelativePosition) =>
          posAt(tr.doc, Y.createAbsolutePositionFromRelativePosition(position, doc)?.index ?? 0);
        tr.setSelection(
          TextSelection.between(tr.doc.resolve(at(kept.anchor)), tr.doc.resolve(at(kept.head))),
        );
      }
      host.dispatch(tr.scrollIntoView());
      return true;
    },
    setSuggesting(on) {
      if (on === suggests) return;
      if (!deferred) this.flush();
      suggests = on;
      undo.manager.clear();
    },
    suggesting: () => suggests,
    withdraw(ids) {
      if (hand) doc.transact(() => withdraw(hand, ids), takenBack);
    },
    toggle(look) {
      const write = toggle(look);
      return (state, dispatch, view) => {
        const { from, to, empty } = state.selection;
        if (!suggests || empty) return write(state, dispatch, view);
        if (dispatch) suggestLook(from, to, { [look]: looks(from, to, look) ? null : true });
        return true;
      };
    },
    looks,
    suggestLook,
    surprises: () => surprises,
  };
}

/** An editor without a view over a document of its own: what the tests drive. */
import type { Node, Schema } from '@tiptap/pm/model';
import { type Command, EditorState, type Plugin, type Transaction } from '@tiptap/pm/state';
import * as Y from 'yjs';
import { manuscriptOf } from '../../shared/manuscript/flat.ts';
import { limitTidying } from '../../shared/manuscript/tidying.ts';
import { suggestionsOf } from '../../shared/suggestions/read.ts';
import { keepStanding } from '../../shared/suggestions/standing.ts';
import type { Hand } from '../../shared/suggestions/suggest.ts';
import { createBinding } from './binding.ts';
import { documentOf } from './convert.ts';
import { articleSchema } from './schema.ts';

const schema: Schema = articleSchema();

export interface Desk {
  doc: Y.Doc;
  text: Y.Text;
  binding: ReturnType<typeof createBinding>;
  readonly state: EditorState;
  dispatch(tr: Transaction): void;
  run(command: Command): boolean;
  close(): void;
}

/** Opens an editor on what `from` holds now. `client` is its Yjs client id. With a hand it only suggests. */
export function openDesk(
  client: number,
  from: Y.Doc,
  suggests: Pick<Hand, 'newId'> | null = null,
  more: (doc: Y.Doc) => Plugin[] = () => [],
): Desk {
  const doc = limitTidying(new Y.Doc(), () => suggests === null);
  keepStanding(doc);
  doc.clientID = client;
  const text = manuscriptOf(doc);
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(from), 'net');
  const sides = suggests ? [suggestionsOf(doc)] : [];
  const hand = suggests && { ...suggests, doc, mine: (one: number) => one === client };
  const binding = createBinding(text, sides, undefined, hand);
  binding.setSuggesting(suggests !== null);
  const plugins = [binding.plugin, ...more(doc)];
  let state = EditorState.create({ schema, doc: binding.document(schema), plugins });
  const dispatch = (tr: Transaction) => {
    const before = state;
    state = state.apply(tr);
    binding.flush(before);
  };
  binding.connect({ state: () => state, dispatch });
  return {
    doc,
    text,
    binding,
    get state() {
      return state;
    },
    dispatch,
    run: (command) => command(state, dispatch),
    close() {
      binding.disconnect();
      binding.undo.destroy();
      doc.destroy();
    },
  };
}

/** A document in plain values with its marks in one order: two that mean the same read the same. */
export function plainly(doc: Node): unknown {
  const blocks: unknown[] = [];
  doc.forEach((block) => {
    const inline: { marks: string; text: string }[] = [];
    block.forEach((node) => {
      const marks = node.marks
        .map((mark) => JSON.stringify(mark.toJSON()))
        .sort()
        .join();
      const text = node.isText ? (node.text ?? '') : JSON.stringify(node.attrs);
      const last = inline.at(-1);
      if (last && last.marks === marks && node.isText) last.text += text;
      else inline.push({ marks, text });
    });
    blocks.push({ type: block.type.name, attrs: sorted(block.attrs), inline });
  });
  return blocks;
}

function sorted(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

/** What the editor would show if it were opened now. */
export function reopened(text: Y.Text): Node {
  return documentOf(schema, text);
}

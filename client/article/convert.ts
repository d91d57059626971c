/** Between the flat manuscript and the editor's document: values, marks and positions, each way. */
import { Fragment, type Mark, type Node, type NodeType, type Schema } from '@tiptap/pm/model';
import { equalityDeep } from 'lib0/function';
import type * as Y from 'yjs';
import { type Attributes, type FlatParagraph, readParagraphs } from '../../shared/manuscript/flat.ts';
import { isLinkHref, threadOf } from '../../shared/manuscript/marks.ts';

const isWords = (value: unknown) => typeof value === 'string' && value !== '';
const isSize = (value: unknown) => Number.isSafeInteger(value) && (value as number) > 0;

const known: Record<'paragraph' | 'figure', Record<string, (value: unknown) => boolean>> = {
  paragraph: { style: (value) => typeof value === 'string', gap: (value) => value === true },
  figure: { image: isWords, width: isSize, height: isSize, credit: isWords, alt: isWords },
};

export const same = (a: unknown, b: unknown): boolean => a === b || equalityDeep(a, b);

/** The block that a paragraph end asks for; what is not known to the block's kind goes into `ext` (M9). */
export function blockOf(schema: Schema, values: Attributes): { type: NodeType; attrs: Attributes } {
  const kind = values.style === 'figure' ? 'figure' : 'paragraph';
  const attrs: Attributes = {};
  const ext: Attributes = {};
  let later = false;
  for (const [key, value] of Object.entries(values)) {
    if (kind === 'figure' && key === 'style') continue;
    const check = Object.hasOwn(known[kind], key) ? known[kind][key] : undefined;
    if (check?.(value)) {
      attrs[key] = value;
    } else {
      ext[key] = value;
      later = true;
    }
  }
  const type = schema.nodes[kind]!;
  for (const key of Object.keys(type.spec.attrs ?? {})) attrs[key] ??= null;
  attrs.ext = later ? ext : null;
  return { type, attrs };
}

/** What a block's paragraph end says. */
export function valuesOf(block: Node): Attributes {
  const values: Attributes = { ...(block.attrs.ext as Attributes | null) };
  if (block.type.name === 'figure') values.style = 'figure';
  for (const key of Object.keys(known[block.type.name === 'figure' ? 'figure' : 'paragraph'])) {
    const value: unknown = block.attrs[key];
    if (value !== null && value !== undefined && value !== '') values[key] = value;
  }
  return values;
}

/** Y.Text attributes as marks; keys in one order, so that equal sets are equal. */
export function marksOf(schema: Schema, attributes: Attributes): readonly Mark[] {
  let marks: readonly Mark[] = [];
  for (const key of Object.keys(attributes).sort()) {
    const value = attributes[key];
    if (value === null || value === undefined) continue;
    marks = markOf(schema, key, value).addToSet(marks);
  }
  return marks;
}

function markOf(schema: Schema, key: string, value: unknown): Mark {
  const thread = threadOf(key);
  if ((key === 'bold' || key === 'italic') && value === true) return schema.mark(key);
  if (key === 'link' && isLinkHref(value)) return schema.mark('link', { href: value });
  if (thread !== null && value === true) return schema.mark('thread', { id: thread });
  return schema.mark('ext', { key, value });
}

/** Marks as Y.Text attributes. */
export function attributesOf(marks: readonly Mark[]): Attributes {
  const attributes: Attributes = {};
  for (const { type, attrs } of marks) {
    if (type.name === 'ext') attributes[attrs.key as string] = attrs.value;
    else if (type.name === 'thread') attributes[`c:${attrs.id}`] = true;
    else if (type.name === 'link') attributes.link = attrs.href;
    else attributes[type.name] = true;
  }
  return attributes;
}

function paragraphNode(schema: Schema, { pieces, values }: FlatParagraph): Node {
  const content: Node[] = [];
  for (const piece of pieces) {
    const marks = marksOf(schema, piece.attributes);
    if (piece.text === null) content.push(schema.nodes.unknown!.create({ embed: piece.embed }, null, marks));
    else content.push(schema.text(piece.text, marks));
  }
  const { type, attrs } = blockOf(schema, values);
  return type.create(attrs, Fragment.fromArray(content));
}

/** The whole manuscript as the editor's document. */
export function documentOf(schema: Schema, text: Y.Text): Node {
  const blocks = readParagraphs(text).map((paragraph) => paragraphNode(schema, paragraph));
  if (blocks.length === 0) blocks.push(schema.nodes.paragraph!.create());
  return schema.topNodeType.create(null, Fragment.fromArray(blocks));
}

/** Whether the two are of one length: true of every manuscript that has its final end, and cheap to ask. */
export function isInStep(doc: Node, text: Y.Text): boolean {
  return doc.content.size === text.length + doc.childCount;
}

/** Index in the Y.Text of a position in the document: a block's closing token is its end, its opening nothing. */
export function flatAt(doc: Node, pos: number): number {
  const $pos = doc.resolve(pos);
  return pos - $pos.index(0) - ($pos.depth > 0 ? 1 : 0);
}

export interface Place {
  /** Which block, and the position before it. */
  block: number;
  before: number;
  node: Node;
  /** Characters from the block's start. */
  offset: number;
  /** Position in the document: before + 1 + offset. */
  pos: number;
}

/** The place inside a block that a Y.Text index stands for; null after the final end. */
export function placeAt(doc: Node, index: number): Place | null {
  let before = 0;
  let left = index;
  for (let block = 0; block < doc.childCount; block++) {
    const node = doc.child(block);
    if (left <= node.content.size) return { block, before, node, offset: left, pos: before + 1 + left };
    left -= node.content.size + 1;
    before += node.nodeSize;
  }
  return null;
}

/** The same, kept inside the document. */
export function posAt(doc: Node, index: number): number {
  return placeAt(doc, Math.max(0, index))?.pos ?? doc.content.size - 1;
}

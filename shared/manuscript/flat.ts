/** The flat manuscript: one Y.Text whose paragraphs each end in an embedded Y.Map of the paragraph's attributes. */
import * as Y from 'yjs';
import { isLinkHref } from './marks.ts';
import { manuscriptRoot, suggestionsRoot } from './roots.ts';
import type { Story, StoryMark, StoryParagraph } from './story.ts';
import { isParagraphStyle } from './styles.ts';

export type Attributes = Record<string, unknown>;

/** A stretch of one paragraph under one set of attributes: text, or one embed of length 1. */
export type Piece = {
  /** Of its first character in the Y.Text. */
  index: number;
  attributes: Attributes;
} & ({ text: string; embed?: undefined } | { text: null; embed: unknown });

export interface FlatParagraph {
  /** Index in the Y.Text of the paragraph's first character. */
  start: number;
  /** Index of the embed that ends it; for a last paragraph that lost its end, the text's length. */
  end: number;
  pieces: Piece[];
  /** What its end says; {} for a paragraph that lost its end. */
  values: Attributes;
  /** Null for a last paragraph that lost its end. */
  map: Y.Map<unknown> | null;
}

/** The manuscript's root. Call before any update is applied (M1): both roots get their type here. */
export function manuscriptOf(doc: Y.Doc): Y.Text {
  doc.getMap(suggestionsRoot);
  return doc.getText(manuscriptRoot);
}

const lineBreak = /[\n\r\v\f\u0085\u2028\u2029]/g;

/** Text as it is shown: a line break inside a paragraph is a space and never splits (M2); lengths stay. */
export function withoutBreaks(text: string): string {
  return text.replace(lineBreak, ' ');
}

/** A paragraph end's values, own keys only. */
export function readEnd(end: Y.Map<unknown>): Attributes {
  const values: Attributes = {};
  end.forEach((value, key) => {
    if (key !== '__proto__') values[key] = value instanceof Y.AbstractType ? value.toJSON() : value;
  });
  return values;
}

/** Every paragraph in order. A lost final end leaves the words after the last end as a paragraph without one. */
export function readParagraphs(text: Y.Text): FlatParagraph[] {
  const paragraphs: FlatParagraph[] = [];
  let pieces: Piece[] = [];
  let start = 0;
  let index = 0;
  for (const part of text.toDelta() as { insert: unknown; attributes?: Attributes }[]) {
    const attributes = part.attributes ?? {};
    if (typeof part.insert === 'string') {
      pieces.push({ index, text: withoutBreaks(part.insert), attributes });
      index += part.insert.length;
    } else if (part.insert instanceof Y.Map) {
      paragraphs.push({ start, end: index, pieces, values: readEnd(part.insert), map: part.insert });
      pieces = [];
      index += 1;
      start = index;
    } else {
      pieces.push({ index, text: null, embed: part.insert, attributes });
      index += 1;
    }
  }
  if (pieces.length > 0) paragraphs.push({ start, end: index, pieces, values: {}, map: null });
  return paragraphs;
}

/** Index in the Y.Text of a character of the paragraph as the story gives it: embeds are not in a story's text. */
export function flatIndex(paragraph: FlatParagraph, offset: number): number {
  let after = paragraph.start;
  let left = offset;
  for (const { index, text } of paragraph.pieces) {
    if (text !== null && left <= text.length) return index + left;
    left -= text?.length ?? 0;
    after = index + (text?.length ?? 1);
  }
  return Math.min(after + left, paragraph.end);
}

/** The paragraph of the story and the character in it that a Y.Text index stands before. */
export function placeOf(paragraphs: FlatParagraph[], index: number): { paragraph: number; offset: number } {
  const last = paragraphs.length - 1;
  let at = paragraphs.findIndex((paragraph) => index <= paragraph.end);
  if (at < 0) at = last;
  let offset = 0;
  for (const piece of paragraphs[at]?.pieces ?? []) {
    if (piece.text !== null) offset += Math.max(0, Math.min(index - piece.index, piece.text.length));
  }
  return { paragraph: Math.max(0, at), offset };
}

const storyKeys = ['image', 'width', 'height', 'credit', 'alt'] as const;

/** One paragraph as a story tells it; what this version does not know is left out. */
export function storyParagraph({ pieces, values }: FlatParagraph): StoryParagraph {
  const marks: StoryMark[] = [];
  let text = '';
  const mark = (type: StoryMark['type'], to: number, href?: string) => {
    const open = marks.findLast((m) => m.type === type);
    if (open && open.to === text.length && open.href === href) open.to = to;
    else marks.push({ from: text.length, to, type, ...(href === undefined ? {} : { href }) });
  };
  for (const piece of pieces) {
    if (piece.text === null) continue;
    const to = text.length + piece.text.length;
    if (piece.attributes.bold === true) mark('bold', to);
    if (piece.attributes.italic === true) mark('italic', to);
    if (isLinkHref(piece.attributes.link)) mark('link', to, piece.attributes.link);
    text += piece.text;
  }
  const style = isParagraphStyle(values.style) ? values.style : 'body';
  const paragraph: StoryParagraph = { style, text, marks };
  if (values.gap === true) paragraph.gap = true;
  if (style !== 'figure') return paragraph;
  for (const key of storyKeys) {
    const value = values[key];
    if (key === 'width' || key === 'height') {
      if (Number.isSafeInteger(value) && (value as number) > 0) paragraph[key] = value as number;
    } else if (typeof value === 'string' && value !== '') {
      paragraph[key] = value;
    }
  }
  return paragraph;
}

/** The manuscript as it stands, in plain values. */
export function readStory(article: string, doc: Y.Doc): Story {
  return { article, paragraphs: readParagraphs(manuscriptOf(doc)).map(storyParagraph) };
}

/** A paragraph end that holds exactly these values; an absent one is not stored (M8). */
export function newEnd(values: Attributes): Y.Map<unknown> {
  const end = new Y.Map<unknown>();
  for (const [key, value] of Object.entries(values)) if (value !== undefined) end.set(key, value);
  return end;
}

/** The values without their defaults: no null, empty words or false is stored (M8). */
function stored(values: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== null && value !== '' && value !== false),
  );
}

/** Writes a new manuscript with its final paragraph end. For the server alone (M2), into an empty document;
 * no paragraphs make one empty headline. */
export function fillManuscript(doc: Y.Doc, paragraphs: readonly StoryParagraph[]): void {
  const text = manuscriptOf(doc);
  if (text.length > 0) throw new Error('impossible: a manuscript is filled once');
  const given: readonly StoryParagraph[] =
    paragraphs.length > 0 ? paragraphs : [{ style: 'headline', text: '', marks: [] }];
  doc.transact(() => {
    let index = 0;
    for (const { text: words, marks, ...values } of given) {
      const start = index;
      if (words !== '') text.insert(start, withoutBreaks(words), {});
      for (const { from, to, type, href } of marks) {
        if (from < to && to <= words.length) {
          text.format(start + from, to - from, { [type]: type === 'link' ? href : true });
        }
      }
      text.insertEmbed(start + words.length, newEnd(stored({ ...values })), {});
      index = start + words.length + 1;
    }
  });
}

/** Puts back a final paragraph end that was lost. For the server alone (M2). True when it had to. */
export function repairFinalEnd(doc: Y.Doc): boolean {
  const text = manuscriptOf(doc);
  if (hasFinalEnd(text)) return false;
  text.insertEmbed(text.length, newEnd({ style: 'body' }), {});
  return true;
}

/** Whether the last thing in the manuscript is a paragraph end, as it must be. */
export function hasFinalEnd(text: Y.Text): boolean {
  let last: Y.Item | null = null;
  for (let item = text._start; item !== null; item = item.right) {
    if (!item.deleted && item.countable) last = item;
  }
  return last?.content instanceof Y.ContentType && last.content.type instanceof Y.Map;
}

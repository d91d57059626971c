/** Reads a PDF back for the tests, with another library's eyes (pdf.js) and its objects with pdf-lib's. */
import { inflateSync } from 'node:zlib';
import { PDFArray, PDFDict, PDFDocument, PDFName, PDFRawStream, PDFRef } from '@cantoo/pdf-lib';
import { getDocumentProxy } from 'unpdf';

interface Marked {
  type?: string;
  id?: string;
  str?: string;
}

interface Node {
  role?: string;
  alt?: string;
  type?: string;
  id?: string;
  children?: Node[];
}

export interface Told {
  role: string;
  text: string;
  alt?: string;
}

/** Each page's text in the order of its content; white space is left out, which pdf.js partly makes up. */
export async function textOf(pdf: Uint8Array): Promise<string[]> {
  const file = await getDocumentProxy(pdf.slice());
  const texts: string[] = [];
  for (let i = 1; i <= file.numPages; i += 1) {
    const { items } = await (await file.getPage(i)).getTextContent();
    texts.push(
      items
        .map((item) => ('str' in item ? item.str : ''))
        .join('')
        .replace(/\s/gu, ''),
    );
  }
  return texts;
}

/** The stretches of a page's text in the order of its content: where each begins, in points from the sheet's lower left
 * corner, and its characters without white space. One that begins with white space is told without a place. */
export async function stretchesOf(
  pdf: Uint8Array,
  page: number,
): Promise<{ text: string; at: { x: number; y: number } | null }[]> {
  const file = await getDocumentProxy(pdf.slice());
  const { items } = await (await file.getPage(page)).getTextContent();
  return items.flatMap((item) => {
    if (!('str' in item) || item.str.trim() === '') return [];
    const [, , , , x, y] = item.transform as number[];
    const at = /^\s/u.test(item.str) || x === undefined || y === undefined ? null : { x, y };
    return [{ text: item.str.replace(/\s/gu, ''), at }];
  });
}

/** What a page says by its tags: every element that has text or a description, in reading order. */
export async function toldBy(pdf: Uint8Array, page: number): Promise<Told[]> {
  const file = await getDocumentProxy(pdf.slice());
  const proxy = await file.getPage(page);
  const { items } = await proxy.getTextContent({ includeMarkedContent: true });
  const texts = new Map<string, string>();
  const open: (string | undefined)[] = [];
  for (const item of items as Marked[]) {
    if (item.type?.startsWith('beginMarkedContent')) open.push(item.id);
    else if (item.type === 'endMarkedContent') open.pop();
    else {
      const id = open.findLast((each) => each !== undefined);
      if (id !== undefined) texts.set(id, (texts.get(id) ?? '') + (item.str ?? ''));
    }
  }
  const told: Told[] = [];
  const say = (node: Node): string =>
    (node.children ?? [])
      .map((child) => (child.type === 'content' ? (texts.get(child.id ?? '') ?? '') : walk(child)))
      .join('');
  function walk(node: Node): string {
    const at = told.push({ role: node.role ?? '', text: '' }) - 1;
    const text = say(node).replace(/\s/gu, '');
    told[at] = { role: node.role ?? '', text, ...(node.alt === undefined ? {} : { alt: node.alt }) };
    return node.role === 'Link' || node.role === 'Span' ? text : '';
  }
  walk((await proxy.getStructTree()) as Node);
  return told.filter(({ text, alt }) => text !== '' || alt !== undefined);
}

/** The file's objects. */
export async function objectsOf(pdf: Uint8Array) {
  const file = await PDFDocument.load(pdf, { updateMetadata: false });
  const look = (value: unknown) => (value instanceof PDFRef ? file.context.lookup(value) : value);
  const at = (dict: PDFDict, ...path: string[]): unknown =>
    path.reduce<unknown>((from, name) => {
      const held = look(from);
      return held instanceof PDFDict ? look(held.get(PDFName.of(name))) : undefined;
    }, dict);
  const dict = (from: PDFDict, ...path: string[]): PDFDict => {
    const held = at(from, ...path);
    if (held instanceof PDFRawStream) return held.dict;
    if (held instanceof PDFDict) return held;
    throw new Error(`no dictionary at ${path.join('/')}`);
  };
  const bytes = (from: PDFDict, ...path: string[]): Uint8Array => {
    const held = at(from, ...path);
    if (!(held instanceof PDFRawStream)) throw new Error(`no stream at ${path.join('/')}`);
    return String(held.dict.get(PDFName.of('Filter'))) === '/FlateDecode'
      ? inflateSync(held.contents)
      : held.contents;
  };
  const list = (from: PDFDict, ...path: string[]): unknown[] => {
    const held = at(from, ...path);
    return held instanceof PDFArray ? held.asArray().map(look) : [];
  };
  const pages = file.getPages().map(({ node }) => node as PDFDict);
  const content = (page: PDFDict) => Buffer.from(bytes(page, 'Contents')).toString('latin1');
  const all = file.context.enumerateIndirectObjects().map(([, object]) => object);
  const ofType = (type: string) =>
    all.flatMap((object) => {
      const held = object instanceof PDFRawStream ? object.dict : object;
      return held instanceof PDFDict && String(held.get(PDFName.of('Type'))) === `/${type}` ? [held] : [];
    });
  const name = (from: PDFDict, ...path: string[]) => String(at(from, ...path));
  return { file, catalog: file.catalog as PDFDict, pages, at, dict, bytes, list, content, ofType, name };
}

/** Stories as the bench makes and reads them, the same words for every server. */
import { setTimeout as sleep } from 'node:timers/promises';
import * as Y from 'yjs';
import { fillManuscript, manuscriptOf } from '../../shared/manuscript/flat.ts';
import { Line, type Target } from './line.ts';

/** Resolves when `holds`, rejects after `seconds`. */
export async function until(holds: () => boolean, seconds: number, what: string): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`waited ${seconds} s for ${what}`);
    await sleep(5);
  }
}

const words = '全国新闻战线深入基层采写报道记录时代变迁讲述人民故事';

export const wordsOf = (length: number) => words.repeat(Math.ceil(length / words.length)).slice(0, length);

/** A copy of the document as the server answers it now. */
export async function readDocument(
  target: Target,
  document: number,
): Promise<{ doc: Y.Doc; text: Y.Text; line: Line; bytes: number }> {
  const { line, answer } = await Line.open(target, document, 0);
  const doc = new Y.Doc();
  const text = manuscriptOf(doc);
  Y.applyUpdate(doc, answer);
  return { doc, text, line, bytes: answer.length };
}

/** Writes `paragraphs` of `length` characters before the final paragraph end, and waits until the server has it. */
export async function writeStory(target: Target, document: number, paragraphs: number, length: number) {
  const { doc, text, line } = await readDocument(target, document);
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  doc.transact(() => {
    if (text.length === 0) {
      fillManuscript(doc, [
        { style: 'headline', text: '', marks: [] },
        { style: 'body', text: '', marks: [] },
      ]);
    }
    const end = new Y.Map<unknown>();
    end.set('style', 'body');
    for (let index = 0; index < paragraphs; index++) {
      text.insert(1, wordsOf(length), {});
      const next = new Y.Map<unknown>();
      next.set('style', 'body');
      text.insertEmbed(1 + length, next, {});
    }
  });
  for (const update of updates) line.say(update);
  await settled(target, document, line, doc);
  await line.wire.close();
  return { doc, text };
}

/** Resolves when the server says that all is saved, or, where it does not say, when it answers with it. */
export async function settled(target: Target, document: number, line: Line, doc: Y.Doc): Promise<void> {
  if (target.kind !== 'y-websocket') return until(() => line.allSaved, 60, 'a story to be saved');
  const wanted = manuscriptOf(doc).length;
  for (;;) {
    const { text, line: other } = await readDocument(target, document);
    await other.wire.close();
    if (text.length >= wanted) return;
    await sleep(20);
  }
}

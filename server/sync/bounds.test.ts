/** The bounds of a frame and of a document: the most that honest use brings passes, what would cost everybody else does
 * not. */
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { fillManuscript, manuscriptOf, newEnd } from '../../shared/manuscript/flat.ts';
import { bounds } from './bounds.ts';
import { Growth } from './growth.ts';
import { Guard } from './guard.ts';
import { exactDoc } from './log-store.ts';
import { writeDeletes } from './ranges.ts';
import { paragraph } from './trial.ts';
import { readUpdate } from './update.ts';

/** The server's document, and what becomes of an update of a member. */
function serverSide(...paragraphs: string[]) {
  const doc = exactDoc();
  fillManuscript(doc, paragraphs.map(paragraph));
  const growth = new Growth(doc, 0);
  const guard = new Guard(doc, new Map([[doc.clientID, null]]), new Map(), 'manuscript', growth);
  let rows = 0;
  return {
    doc,
    growth,
    guard,
    rows: () => rows,
    say(bytes: Uint8Array, { member = 'm', answers = false } = {}) {
      if (bytes.length > bounds.frame) return 'a frame';
      const verdict = guard.judge(readUpdate(bytes, answers), member, true);
      if (verdict.kind !== 'accept') return verdict.kind === 'refuse' ? verdict.reason : 'wait';
      if (verdict.bytes) {
        Y.applyUpdate(doc, verdict.bytes);
        rows += 1;
      }
      guard.applied();
      return 'accept';
    },
  };
}

type Server = ReturnType<typeof serverSide>;

/** An editor that has what the server has; `said` are its updates since. */
function editorOf({ doc }: Server) {
  const own = new Y.Doc();
  const text = manuscriptOf(own);
  Y.applyUpdate(own, Y.encodeStateAsUpdate(doc));
  const said: Uint8Array[] = [];
  own.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'remote') said.push(update);
  });
  return { doc: own, text, said };
}

type Editor = ReturnType<typeof editorOf>;

function seeded(seed: number) {
  let state = seed >>> 0;
  return (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Types as people do: stretches of words, slips that are taken back, jumps, now and then a mark or a paragraph. */
function type({ text }: Editor, keys: number, random: (below: number) => number) {
  let at = random(text.length);
  for (let key = 0; key < keys; key++) {
    const act = random(100);
    if (act < 4) at = random(text.length);
    else if (act < 14 && at > 0 && text.length > 1) text.delete(--at, 1);
    else if (act < 16 && at + 12 < text.length) text.format(at, 10, { bold: random(2) ? true : null });
    else if (act < 17) text.insertEmbed(at++, newEnd({ style: 'body' }), {});
    else text.insert(at++, '字', {});
  }
}

describe('S8 honest use passes', () => {
  test('a paste of 50,000 characters in 1,000 paragraphs with 4,000 marks, and its undoing', () => {
    const server = serverSide('同稿');
    const editor = editorOf(server);
    editor.doc.transact(() => {
      for (let i = 0; i < 1_000; i++) {
        editor.text.insert(0, '一段五十个字的话'.repeat(6), {});
        for (let mark = 0; mark < 4; mark++) {
          editor.text.format(mark * 10, 6, mark % 2 ? { bold: true } : { link: 'https://news.example/a' });
        }
        editor.text.insertEmbed(48, newEnd({ style: 'body' }), {});
      }
    });
    expect(server.say(editor.said.pop()!)).toBe('accept');
    editor.text.delete(0, 49_000);
    expect(server.say(editor.said.pop()!)).toBe('accept');
    expect(manuscriptOf(server.doc).length).toBe(3);
  });

  test('two hours without a network, said as one answer', () => {
    const server = serverSide('开头'.repeat(1_000));
    const editor = editorOf(server);
    type(editor, 15_000, seeded(1));
    const answer = Y.encodeStateAsUpdate(editor.doc, Y.encodeStateVector(server.doc));
    expect(server.say(answer, { answers: true })).toBe('accept');
    expect(manuscriptOf(server.doc).toString()).toBe(editor.text.toString());
  });

  test('a word replaced everywhere in a story of 50,000 characters', () => {
    const server = serverSide('新闻的话说'.repeat(10_000));
    const editor = editorOf(server);
    editor.doc.transact(() => {
      for (let at = 2; at < 25_000; at += 5) {
        editor.text.delete(at, 1);
        editor.text.insert(at, '之', {});
      }
    });
    expect(server.say(editor.said.pop()!)).toBe('accept');
  });

  test('a story of 50,000 characters with 20,000 changes, row by row; then all of it as an answer, which adds nothing', () => {
    const server = serverSide('长稿'.repeat(20_000));
    const editor = editorOf(server);
    const random = seeded(3);
    for (let changes = 0; changes < 20_000; changes += 500) {
      type(editor, 500, random);
      for (const update of editor.said.splice(0)) expect(server.say(update)).toBe('accept');
    }
    expect(server.rows()).toBeGreaterThan(18_000);
    expect(manuscriptOf(server.doc).length).toBeGreaterThan(50_000);
    expect(server.growth.items).toBeLessThan(bounds.document.items);
    const rows = server.rows();
    expect(server.say(Y.encodeStateAsUpdate(editor.doc), { answers: true })).toBe('accept');
    expect(server.rows()).toBe(rows);
  }, 60_000);

  test('a long story replaced again and again before the first is on disk', () => {
    const server = serverSide('同稿');
    const editor = editorOf(server);
    for (let times = 0; times < 30; times++) {
      editor.text.delete(0, editor.text.length - 1);
      editor.text.insert(0, '全文'.repeat(25_000));
    }
    for (const update of editor.said) {
      expect(server.guard.judge(readUpdate(update), 'm', true)).toMatchObject({ kind: 'accept' });
    }
  });

  test('20,000 changes, each somewhere else', () => {
    const server = serverSide('长稿'.repeat(20_000));
    const editor = editorOf(server);
    const random = seeded(4);
    for (let change = 0; change < 20_000; change++) {
      editor.text.insert(random(editor.text.length), '字', {});
      if (change % 4 === 0) editor.text.delete(random(editor.text.length - 1), 1);
      for (const update of editor.said.splice(0))
        if (server.say(update) !== 'accept') expect.fail(`${change}`);
    }
  }, 300_000);
});

/** Deletes every second character of a client, so many of them. */
function everySecond(client: number, ranges: number): Uint8Array {
  const asked = Array.from({ length: ranges }, (_, index) => ({ clock: index * 2, length: 1 }));
  return Uint8Array.from([0, ...writeDeletes(new Map([[client, asked]]))]);
}

describe('S8 S10 refused with 4413', () => {
  test('more deletions in a frame than honest use brings; those that are known do not count', () => {
    const server = serverSide('字'.repeat(60_000));
    const author = server.doc.clientID;
    expect(server.say(everySecond(author, bounds.newDeletes))).toBe('accept');
    expect(server.say(everySecond(author, bounds.newDeletes * 2))).toBe('accept');
    expect(server.say(everySecond(author, bounds.newDeletes * 3 + 1))).toBe('tooLarge');
  });

  test('more new structs in a frame than honest use brings', () => {
    const server = serverSide('同稿');
    const editor = editorOf(server);
    editor.doc.transact(() => {
      for (let i = 0; i <= bounds.newStructs; i++) editor.text.insert(0, '字', {});
    });
    expect(server.say(editor.said.pop()!)).toBe('tooLarge');
  });

  test('what makes a document longer than it may be, and another may still write and all may delete', () => {
    const server = serverSide('同稿');
    const attacker = editorOf(server);
    let said = 'accept';
    for (let times = 0; said === 'accept' && times < 10; times++) {
      attacker.text.insert(0, '散'.repeat(bounds.document.characters / 8));
      said = server.say(attacker.said.pop()!, { member: 'attacker' });
    }
    expect(said).toBe('tooLarge');
    expect(manuscriptOf(server.doc).length).toBeLessThanOrEqual(bounds.document.characters * 0.75);
    const typist = editorOf(server);
    typist.text.insert(0, '我还在写');
    expect(server.say(typist.said.pop()!, { member: 'typist' })).toBe('accept');
    typist.text.delete(10, 200_000);
    expect(server.say(typist.said.pop()!, { member: 'typist' })).toBe('accept');
    const again = editorOf(server);
    again.text.insert(0, '又');
    expect(server.say(again.said.pop()!, { member: 'attacker' })).toBe('accept');
  });

  test('what leaves a document more items than it may have, and another may still write', () => {
    const server = serverSide('同稿');
    let said = 'accept';
    for (let times = 0; said === 'accept' && times < 20; times++) {
      const attacker = editorOf(server);
      attacker.text.insert(0, '散'.repeat(bounds.newDeletes * 2));
      const deleting = everySecond(attacker.doc.clientID, bounds.newDeletes);
      for (const update of [attacker.said.pop()!, deleting]) {
        if (said === 'accept') said = server.say(update, { member: 'attacker' });
      }
    }
    expect(said).toBe('tooLarge');
    expect(server.growth.items).toBeLessThanOrEqual(bounds.document.items * 0.75);
    expect(server.growth.items).toBeGreaterThan(bounds.document.items / 2);
    const typist = editorOf(server);
    for (let key = 0; key < 1_000; key++) typist.text.insert(key, '字', {});
    for (const update of typist.said) expect(server.say(update, { member: 'typist' })).toBe('accept');
  });
});

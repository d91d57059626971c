import { TextSelection } from '@tiptap/pm/state';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { fillManuscript, manuscriptOf, readParagraphs, readStory } from '../../shared/manuscript/flat.ts';
import type { StoryParagraph } from '../../shared/manuscript/story.ts';
import { enter, setStyle } from './commands.ts';
import { findPlugin, foundIn, replaceAll, setQuery, step } from './find.ts';
import { type Desk, openDesk, plainly, reopened } from './headless.ts';

const body = (text: string, more: Partial<StoryParagraph> = {}): StoryParagraph => ({
  style: 'body',
  text,
  marks: [],
  ...more,
});

function two(...paragraphs: StoryParagraph[]) {
  const server = new Y.Doc();
  server.clientID = 9;
  fillManuscript(server, paragraphs);
  const a = openDesk(1, server);
  const b = openDesk(2, server);
  return { server, a, b };
}

function exchange(...docs: Y.Doc[]): void {
  for (const from of docs) {
    for (const to of docs) {
      if (from !== to) Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)), 'net');
    }
  }
}

function settled(...desks: Desk[]): string[] {
  exchange(...desks.map(({ doc }) => doc));
  for (const desk of desks) {
    expect(plainly(desk.state.doc)).toEqual(plainly(reopened(desk.text)));
    expect(plainly(desk.state.doc)).toEqual(plainly(desks[0]!.state.doc));
    expect(desk.binding.surprises()).toBe(0);
  }
  return readStory('x', desks[0]!.doc).paragraphs.map(({ style, text }) => `${style}:${text}`);
}

const select = (desk: Desk, from: number, to = from) =>
  desk.dispatch(desk.state.tr.setSelection(TextSelection.create(desk.state.doc, from, to)));

/** What the desk sent while acting. */
function sent(desk: Desk, act: () => void): Uint8Array[] {
  const updates: Uint8Array[] = [];
  const note = (update: Uint8Array) => updates.push(update);
  desk.doc.on('update', note);
  act();
  desk.doc.off('update', note);
  return updates;
}

const idsOf = (text: Y.Text) => {
  const ids: string[] = [];
  for (let item = text._start; item; item = item.right) {
    if (item.deleted || !item.countable) continue;
    for (let i = 0; i < item.length; i++) ids.push(`${item.id.client}:${item.id.clock + i}`);
  }
  return ids;
};

test('M4 untouched characters keep their identity through typing, restyling, splitting and joining', () => {
  const { a } = two(body('甲乙丙丁'), body('戊己'));
  const before = idsOf(a.text);
  a.dispatch(a.state.tr.insertText('新', 3));
  select(a, 5);
  a.run(enter);
  a.run(setStyle('quote'));
  a.dispatch(a.state.tr.addMark(1, 3, a.state.schema.mark('bold')));
  const kept = new Set(idsOf(a.text));
  expect(before.every((id) => kept.has(id))).toBe(true);
  settled(a);
});

test('M4 a replaced emoji is never cut inside its surrogate pair', () => {
  const { a, b } = two(body('前😀后'));
  a.dispatch(a.state.tr.insertText('😁', 2, 4));
  expect(settled(a, b)).toEqual(['body:前😁后']);
  b.dispatch(b.state.tr.insertText('\ude02', 3, 4));
  expect(settled(a, b)).toEqual(['body:前😂后']);
});

test('one keystroke is one small update', () => {
  const { a } = two(body('甲'.repeat(2_000)));
  const updates = sent(a, () => a.dispatch(a.state.tr.insertText('乙', 1_000)));
  expect(updates).toHaveLength(1);
  expect(updates[0]!.length).toBeLessThan(40);
});

test('M5 M7 a remote edit is followed and never answered', () => {
  const { a, b } = two(body('甲乙'), body('丙'));
  a.dispatch(a.state.tr.delete(1, 3));
  const answers = sent(b, () => exchange(a.doc, b.doc));
  expect(answers.every((update) => Y.decodeUpdate(update).structs.every(({ id }) => id.client !== 2))).toBe(
    true,
  );
  expect(settled(a, b)).toEqual(['body:', 'body:丙']);
});

test('M6 restyling, splitting and joining while the other types loses, doubles and misplaces nothing', () => {
  const { a, b } = two(body('一二三四'), body('五六'));
  select(a, 1);
  a.run(setStyle('lead'));
  select(a, 3);
  a.run(enter);
  b.dispatch(b.state.tr.insertText('乙', 4));
  b.dispatch(b.state.tr.insertText('丙', 2));
  expect(settled(a, b)).toEqual(['lead:一丙二', 'lead:三乙四', 'body:五六']);
});

test('M6 an own caret stays where it was when the other types exactly there, so that words do not interleave', () => {
  const { a, b } = two(body('甲乙'));
  select(a, 2);
  select(b, 2);
  for (const word of ['一', '二', '三']) {
    a.dispatch(a.state.tr.insertText(word));
    b.dispatch(b.state.tr.insertText(word.replace(/./, (c) => ({ 一: '壹', 二: '贰', 三: '叁' })[c] ?? c)));
    exchange(a.doc, b.doc);
  }
  const [only] = settled(a, b);
  expect(only).toMatch(/一二三/);
  expect(only).toMatch(/壹贰叁/);
});

test('M8 a link or bold never leaks into what is typed after it, nor over a paragraph’s end', () => {
  const { a, b } = two(body('甲乙'), body('丙'));
  const { schema } = a.state;
  a.dispatch(a.state.tr.addMark(1, 6, schema.mark('bold')));
  expect(
    a.text
      .toDelta()
      .filter(
        (part: { insert: unknown; attributes?: object }) => part.insert instanceof Y.Map && part.attributes,
      ),
  ).toEqual([]);
  a.dispatch(a.state.tr.insert(3, schema.text('平')));
  expect(readStory('x', a.doc).paragraphs[0]).toMatchObject({
    text: '甲乙平',
    marks: [{ from: 0, to: 2, type: 'bold' }],
  });
  settled(a, b);
});

test('M9 what this version does not know stays: values, keys, embeds', () => {
  const { a, b, server } = two(body('甲乙丙'), body('丁'));
  const text = manuscriptOf(server);
  readParagraphs(text)[0]?.map?.set('later', { deep: [1, false, ''] });
  text.format(0, 2, { later: { who: 'x' }, link: 'javascript:alert(1)' });
  text.insertEmbed(2, { mention: 'm' });
  text.format(0, 1, { 'c:t1': true });
  exchange(server, a.doc, b.doc);
  select(a, 3);
  a.run(enter);
  a.run(setStyle('quote'));
  a.dispatch(a.state.tr.insertText('新', 2));
  settled(a, b);
  const [first, second] = readParagraphs(a.text);
  expect(first?.values).toEqual({ style: 'body', later: { deep: [1, false, ''] } });
  expect(second?.values, 'a split copies nothing unknown').toEqual({ style: 'quote' });
  const parts = a.text.toDelta() as { insert: unknown; attributes?: Record<string, unknown> }[];
  expect(parts.some(({ insert }) => JSON.stringify(insert) === '{"mention":"m"}')).toBe(true);
  expect(parts[0]?.attributes).toEqual({ later: { who: 'x' }, link: 'javascript:alert(1)', 'c:t1': true });
  expect(a.state.doc.toString()).not.toContain('link(');
});

test('M10 undo takes back only one’s own edits, redo brings them again', () => {
  const { a, b } = two(body('甲乙'));
  a.dispatch(a.state.tr.insertText('我', 3));
  exchange(a.doc, b.doc);
  b.dispatch(b.state.tr.insertText('你', 1));
  exchange(a.doc, b.doc);
  a.binding.takeBack('undo');
  expect(settled(a, b)).toEqual(['body:你甲乙']);
  a.binding.takeBack('redo');
  expect(settled(a, b)).toEqual(['body:你甲乙我']);
});

test('M10 a restored end has the old style or the concurrent one, never none', () => {
  const { a, b } = two(body('甲'), body('乙'), body('丙'));
  a.dispatch(a.state.tr.delete(3, 6));
  select(b, 4);
  b.run(setStyle('crosshead'));
  exchange(a.doc, b.doc);
  a.binding.takeBack('undo');
  expect(settled(a, b)).toEqual(['body:甲', 'crosshead:乙', 'body:丙']);
});

test('M10 a selection comes back with the words it belonged to', () => {
  const { a, b } = two(body('甲乙丙'));
  select(a, 2, 3);
  a.dispatch(a.state.tr.deleteSelection());
  b.dispatch(b.state.tr.insertText('前', 1));
  exchange(a.doc, b.doc);
  a.binding.takeBack('undo');
  expect(settled(a, b)).toEqual(['body:前甲乙丙']);
  expect([a.state.selection.from, a.state.selection.to]).toEqual([3, 4]);
});

test('composition gate: deferred steps are written as one change that never holds what was taken back', () => {
  const { a, b } = two(body('甲乙'));
  a.binding.defer(true);
  const updates = sent(a, () => {
    a.dispatch(a.state.tr.insertText('n', 2));
    a.dispatch(a.state.tr.insertText('i', 3));
    a.dispatch(a.state.tr.insertText('你', 2, 4));
    expect(a.binding.unwritten()).toBe(true);
    expect(readStory('x', a.doc).paragraphs[0]?.text).toBe('甲乙');
    a.binding.defer(false);
  });
  expect(updates).toHaveLength(1);
  expect(String.fromCharCode(...updates[0]!)).not.toMatch(/n.?i/s);
  expect(settled(a, b)).toEqual(['body:甲你乙']);
});

test('composition gate: an edit that arrives all the same is put under the unwritten words, nothing is lost', () => {
  const { a, b } = two(body('甲乙'), body('丙'));
  a.binding.defer(true);
  a.dispatch(a.state.tr.insertText('你', 2));
  b.dispatch(b.state.tr.insertText('前', 1));
  select(b, 6);
  b.run(setStyle('quote'));
  exchange(b.doc, a.doc);
  expect(a.state.doc.textContent).toBe('前甲你乙丙');
  a.binding.defer(false);
  expect(settled(a, b)).toEqual(['body:前甲你乙', 'quote:丙']);
});

test('composition gate: an edit that arrives all the same finds the caret of who composes over chosen words', () => {
  const { a, b } = two(body('甲乙丙丁'));
  select(a, 5);
  a.binding.defer(true);
  a.dispatch(a.state.tr.delete(1, 5));
  b.dispatch(b.state.tr.insertText('前', 1));
  exchange(b.doc, a.doc);
  a.dispatch(a.state.tr.insertText('你'));
  a.binding.defer(false);
  expect(settled(a, b)).toEqual(['body:前你']);
});

test('M2 an editor follows a manuscript whose final end is lost and repaired, and repairs nothing itself', () => {
  const { a, server } = two(body('甲'), body('乙'));
  const text = manuscriptOf(server);
  text.delete(text.length - 1, 1);
  const answers = sent(a, () => exchange(server, a.doc));
  expect(answers.every((update) => Y.decodeUpdate(update).structs.every(({ id }) => id.client !== 1))).toBe(
    true,
  );
  expect(a.state.doc.textContent).toBe('甲乙');
  text.insertEmbed(text.length, new Y.Map([['style', 'quote']]));
  exchange(server, a.doc);
  expect(plainly(a.state.doc)).toEqual(plainly(reopened(a.text)));
  text.delete(0, text.length);
  exchange(server, a.doc);
  expect(a.state.doc.childCount).toBe(1);
});

test('find counts, steps round, and replaces all as one undo step', () => {
  const { a } = two(body('服装城的服装，Web 与 web'), body('服装'));
  const state = a.state.reconfigure({ plugins: [...a.state.plugins, findPlugin()] });
  let found = state.apply(setQuery(state.tr, { words: '服装', matchCase: false }));
  expect(foundIn(found).matches).toHaveLength(3);
  expect(foundIn(found).current).toBe(0);
  found = found.apply(step(found, -1)!);
  expect(foundIn(found).current).toBe(2);
  a.binding.undo.close();
  const tr = a.state.tr;
  for (const one of replaceAll(found, '商贸')!.steps) tr.step(one);
  a.dispatch(tr);
  expect(settled(a)).toEqual(['body:商贸城的商贸，Web 与 web', 'body:商贸']);
  a.binding.takeBack('undo');
  expect(settled(a)).toEqual(['body:服装城的服装，Web 与 web', 'body:服装']);
  found = state.apply(setQuery(state.tr, { words: 'WEB', matchCase: false }));
  expect(foundIn(found).matches).toHaveLength(2);
  found = state.apply(setQuery(state.tr, { words: 'WEB', matchCase: true }));
  expect(foundIn(found).matches).toHaveLength(0);
});

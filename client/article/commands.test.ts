import { TextSelection } from '@tiptap/pm/state';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { fillManuscript, readParagraphs, readStory } from '../../shared/manuscript/flat.ts';
import type { StoryParagraph } from '../../shared/manuscript/story.ts';
import {
  enter,
  insertFigure,
  joinBackward,
  joinForward,
  linkRange,
  removeFigure,
  setLink,
  setStyle,
} from './commands.ts';
import { type Desk, openDesk, plainly, reopened } from './headless.ts';

const p = (
  style: StoryParagraph['style'],
  text: string,
  more: Partial<StoryParagraph> = {},
): StoryParagraph => ({
  style,
  text,
  marks: [],
  ...more,
});

function desk(...paragraphs: StoryParagraph[]): Desk {
  const doc = new Y.Doc();
  doc.clientID = 9;
  fillManuscript(doc, paragraphs);
  return openDesk(1, doc);
}

function put(one: Desk, paragraph: number, offset: number, to = offset): void {
  let before = 0;
  for (let i = 0; i < paragraph; i++) before += one.state.doc.child(i).nodeSize;
  one.dispatch(
    one.state.tr.setSelection(TextSelection.create(one.state.doc, before + 1 + offset, before + 1 + to)),
  );
}

function told(one: Desk): string[] {
  expect(plainly(one.state.doc)).toEqual(plainly(reopened(one.text)));
  return readStory('x', one.doc).paragraphs.map(({ style, text }) => `${style}:${text}`);
}

/** Which item each paragraph end is: who it was made by and when. */
const ends = (one: Desk) =>
  readParagraphs(one.text).map(({ map }) => `${map?._item?.id.client}:${map?._item?.id.clock}`);

const styleAt = (one: Desk) => one.state.selection.$head.node(1).attrs.style as string;

test('M3 Enter at a headline’s end starts the next natural style, after the old end', () => {
  const one = desk(p('headline', '双升级'), p('body', '正文'));
  const [headline, body] = ends(one);
  put(one, 0, 3);
  one.run(enter);
  expect(told(one)).toEqual(['headline:双升级', 'deck:', 'body:正文']);
  expect(styleAt(one)).toBe('deck');
  expect([ends(one)[0], ends(one)[2]]).toEqual([headline, body]);
});

test('M3 Enter inside or at the start puts the new end before, and the old end keeps its words after', () => {
  const one = desk(p('body', '甲乙丙'), p('body', '丁'));
  const [old] = ends(one);
  put(one, 0, 1);
  one.run(enter);
  expect(told(one)).toEqual(['body:甲', 'body:乙丙', 'body:丁']);
  expect(ends(one)[1]).toBe(old);
  put(one, 0, 0);
  one.run(enter);
  expect(told(one)).toEqual(['body:', 'body:甲', 'body:乙丙', 'body:丁']);
  expect(one.state.selection.$head.parent.textContent).toBe('甲');
});

test('M2 Enter at the document’s end inserts before the final end, which is never touched', () => {
  const one = desk(p('headline', '题'), p('lead', '导语'));
  const final = ends(one)[1];
  put(one, 1, 2);
  one.run(enter);
  one.dispatch(one.state.tr.insertText('新'));
  expect(told(one)).toEqual(['headline:题', 'lead:导语', 'body:新']);
  expect(ends(one)[2]).toBe(final);
  const block = one.state.schema.nodes.paragraph!.create({ style: 'quote' }, one.state.schema.text('尾'));
  one.dispatch(one.state.tr.insert(one.state.doc.content.size, block));
  expect(told(one)).toEqual(['headline:题', 'lead:导语', 'body:新', 'quote:尾']);
  expect(ends(one)[3]).toBe(final);
});

test('M2 deleting the last block deletes the end before it and the final end speaks for the block before', () => {
  const one = desk(p('headline', '题'), p('quote', '引'), p('figure', '图说', { credit: '摄' }));
  const final = ends(one)[2];
  const { doc } = one.state;
  one.dispatch(one.state.tr.delete(doc.content.size - doc.lastChild!.nodeSize, doc.content.size));
  expect(told(one)).toEqual(['headline:题', 'quote:引']);
  expect(ends(one)[1]).toBe(final);
  expect(readParagraphs(one.text)[1]?.values).toEqual({ style: 'quote' });
});

test('M3 Enter in a caption leaves the figure: no image, credit or unknown value is copied', () => {
  const one = desk(
    p('figure', '图说在此', { image: 'a'.repeat(22), width: 4, height: 3, credit: '某某 摄' }),
    p('body', '文'),
  );
  readParagraphs(one.text)[0]?.map?.set('crop', { x: 1 });
  put(one, 0, 2);
  one.run(enter);
  expect(told(one)).toEqual(['figure:图说', 'body:在此', 'body:文']);
  expect(readParagraphs(one.text).map(({ values }) => values)).toEqual([
    { style: 'figure', image: 'a'.repeat(22), width: 4, height: 3, credit: '某某 摄', crop: { x: 1 } },
    { style: 'body' },
    { style: 'body' },
  ]);
});

test('M9 a split does not copy a gap or what is unknown: the lost tail stays at the tail', () => {
  const one = desk(p('body', '提供优质服', { gap: true }), p('body', '文'));
  put(one, 0, 2);
  one.run(enter);
  expect(readParagraphs(one.text).map(({ values }) => values)).toEqual([
    { style: 'body' },
    { style: 'body', gap: true },
    { style: 'body' },
  ]);
  put(one, 1, 0);
  one.run(joinBackward);
  expect(readParagraphs(one.text)[0]?.values).toEqual({ style: 'body', gap: true });
});

test('M3 join deletes the first end and copies its attributes to the survivor', () => {
  const one = desk(p('crosshead', '小标题'), p('body', '正文'), p('body', '尾'));
  const survivor = ends(one)[1];
  put(one, 1, 0);
  one.run(joinBackward);
  expect(told(one)).toEqual(['crosshead:小标题正文', 'body:尾']);
  expect(ends(one)[0]).toBe(survivor);
  put(one, 0, 5);
  one.run(joinForward);
  expect(told(one)).toEqual(['crosshead:小标题正文尾']);
});

test('an empty paragraph above simply goes, and a figure is never swallowed by Backspace', () => {
  const one = desk(p('headline', ''), p('body', '正文'), p('figure', '图说'), p('body', '后'));
  put(one, 1, 0);
  one.run(joinBackward);
  expect(told(one)).toEqual(['body:正文', 'figure:图说', 'body:后']);
  put(one, 2, 0);
  one.run(joinBackward);
  expect(told(one)).toEqual(['body:正文', 'figure:图说', 'body:后']);
  expect(one.state.selection.$head.parent.type.name).toBe('figure');
});

test('restyling writes one key of the same end and leaves a figure alone', () => {
  const one = desk(p('body', '甲'), p('figure', '图说'), p('body', '乙'));
  const before = ends(one);
  one.dispatch(
    one.state.tr.setSelection(TextSelection.create(one.state.doc, 1, one.state.doc.content.size - 1)),
  );
  one.run(setStyle('quote'));
  expect(told(one)).toEqual(['quote:甲', 'figure:图说', 'quote:乙']);
  expect(ends(one)).toEqual(before);
});

test('a figure takes the place of an empty paragraph, else stands after; removed, its caption goes too', () => {
  const one = desk(p('headline', '题'), p('body', ''));
  put(one, 0, 1);
  one.run(insertFigure());
  put(one, 2, 0);
  one.run(insertFigure({ image: 'b'.repeat(22), width: 9, height: 9 }));
  expect(told(one)).toEqual(['headline:题', 'figure:', 'figure:']);
  expect(readParagraphs(one.text)[2]?.values).toMatchObject({ image: 'b'.repeat(22), width: 9 });
  one.run(removeFigure(3));
  one.run(removeFigure(3));
  expect(told(one)).toEqual(['headline:题']);
});

test('a link is put, found whole at a caret, changed and taken away', () => {
  const one = desk(p('body', '见济南日报网站'));
  put(one, 0, 1, 5);
  one.run(setLink('https://example.com/'));
  expect(readStory('x', one.doc).paragraphs[0]?.marks).toEqual([
    { from: 1, to: 5, type: 'link', href: 'https://example.com/' },
  ]);
  put(one, 0, 3);
  expect(linkRange(one.state.doc, one.state.selection)).toEqual({
    from: 2,
    to: 6,
    href: 'https://example.com/',
  });
  one.run(setLink(null));
  expect(readStory('x', one.doc).paragraphs[0]?.marks).toEqual([]);
});

/** Holds that the cells told of a frame's text are where its pictures are drawn. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { must } from '../base/must.ts';
import type { Frame } from '../pages/frame.ts';
import { pictureAt } from './cells.ts';
import { compose } from './compose.ts';
import type { ImageItem } from './drawing.ts';
import { rect } from './geometry.ts';
import { frameAt, goldenPages, tabloid, withFrames } from './sample-pages.ts';
import { sampleStories } from './sample-stories.ts';
import { textCells } from './whole.ts';

const stories = sampleStories((name) =>
  readFileSync(new URL(`../../server/sample/${name}`, import.meta.url), 'utf8'),
);
const options = { neighbours: [], changes: 'accepted', cache: new Map() } as const;

const picture = (lines: number) => ({
  figure: 0,
  column: 1,
  line: 4,
  columns: 2,
  lines,
  focus: { x: 0.5, y: 0.5 },
  zoom: 1,
});
const frames: Record<string, Partial<Frame> & { setting?: Partial<Frame['setting']> }> = {
  placed: { pictures: [picture(9)] },
  'at the top': { pictures: [{ ...picture(9), line: 0 }] },
  'larger than its frame': { pictures: [{ ...picture(300), columns: 16 }] },
  'in the text': {},
  'in columns and a pitch of its own': {
    pictures: [picture(9)],
    setting: { mode: 'whole', tracking: 0, balance: false, columns: 4, pitch: 12 },
  },
  'in a boxed L': { boxed: true, pictures: [picture(9)], notch: { corner: 'topLeft', columns: 1, lines: 9 } },
};

test.each(Object.entries(frames))('a picture %s is drawn where its cells are', (_, change) => {
  const page = withFrames(tabloid, frameAt('a', 'story', [0, 3, 5, 60], { article: 'A', ...change }));
  const [cells] = textCells(page, stories, options);
  const [laid] = must(cells, 'cells').figures;
  const { column, line, columns, lines } = must(laid, 'figure').place;
  const { x, y, width, height } = pictureAt(must(cells, 'cells'), column, columns, line, lines);
  const drawn = compose(page, stories, options).items.find((one): one is ImageItem => one.kind === 'image');
  expect(rect(x, y, width, height)).toEqual({
    x: drawn?.x,
    y: drawn?.y,
    width: drawn?.width,
    height: drawn?.height,
  });
});

test('every story frame of a page has its cells, and a notch is among what is taken', () => {
  const cells = textCells(goldenPages.lshape, stories, options);
  expect(cells.map(({ frame }) => frame).sort()).toEqual(['a', 'b']);
  expect(cells.find(({ frame }) => frame === 'a')?.taken).toContainEqual(
    expect.objectContaining({ column: 3, columns: 2, start: 0 }),
  );
  expect(cells.find(({ frame }) => frame === 'b')?.taken).toHaveLength(2);
});

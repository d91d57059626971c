/** Painting beside the server's own thread: the same bytes, told page by page, in turn and within bounds. */
import { expect, test } from 'vitest';
import { paintApart, paintBounds } from './paint-apart.ts';
import { readProfile } from './profile.ts';
import { about, drawingOf, golden, line, paint, run, sheetOf } from './trial-sheet.ts';

const small = drawingOf([line([run('同稿')])]);

test('what is painted apart is what is painted here, and every page is told', async () => {
  const drawings = [golden('page'), small];
  const sheets = await Promise.all(drawings.map(sheetOf));
  const told: number[] = [];
  const pdf = await paintApart(sheets, about, await readProfile(''), (page) => told.push(page));
  expect(Buffer.compare(pdf, await paint(drawings))).toBe(0);
  expect(told).toEqual([1, 2]);
});

test('many pages leave this thread free', async () => {
  const sheet = await sheetOf(golden('page'));
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
  }, 1);
  await paintApart(
    Array.from({ length: 12 }, () => sheet),
    about,
    await readProfile(''),
  );
  clearInterval(timer);
  expect(turns).toBeGreaterThan(1);
});

test('more pages or pictures than any paper has are refused', async () => {
  const sheet = await sheetOf(small);
  const profile = await readProfile('');
  const pages = Array.from({ length: paintBounds.pages + 1 }, () => sheet);
  await expect(paintApart(pages, about, profile)).rejects.toMatchObject({ code: 'tooLarge' });
  const huge = { bytes: { length: paintBounds.pictures + 1 } as Uint8Array, width: 1, height: 1 };
  const heavy = { drawing: small, pictures: new Map([['a', huge]]) };
  await expect(paintApart([heavy], about, profile)).rejects.toMatchObject({ code: 'tooLarge' });
});

test('what cannot be painted fails alone: the next file is painted', async () => {
  const profile = await readProfile('');
  const broken = { ...small, trim: null } as unknown as typeof small;
  const attempt = paintApart([{ drawing: broken, pictures: new Map() }], about, profile);
  await expect(attempt).rejects.toThrow('could not be painted');
  expect((await paintApart([await sheetOf(small)], about, profile)).length).toBeGreaterThan(1000);
});

test('so many may wait, the rest is told to come later', async () => {
  const profile = await readProfile('');
  const sheet = await sheetOf(small);
  const asked = Array.from({ length: 40 }, () =>
    paintApart([sheet], about, profile).then(
      () => 'painted',
      (error: { code: string }) => error.code,
    ),
  );
  expect(new Set(await Promise.all(asked))).toEqual(new Set(['painted', 'tooMany']));
});

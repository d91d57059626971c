/** Editions and pages in SQL: kept, read, put in order, and which of them hold an article. */
import { z } from 'zod';
import { AppError } from '../../shared/base/errors.ts';
import { newId } from '../../shared/base/id.ts';
import type { Edition } from '../../shared/pages/calls.ts';
import { type Frame, frameSchema } from '../../shared/pages/frame.ts';
import { type Page, type SheetSettings, sheetSchema } from '../../shared/pages/page.ts';
import { plainSheets } from '../../shared/pages/sheets.ts';
import { plainStyles, type Styles, stylesSchema } from '../../shared/pages/styles.ts';
import { paperOf } from '../people/paper.ts';
import type { Newsroom } from '../storage/newsroom.ts';

const freshId = () => newId((bytes) => crypto.getRandomValues(bytes));
const framesSchema = z.array(frameSchema);
const stylesKey = 'styles';

export const defaultSheet: SheetSettings = {
  number: 'A01',
  section: '',
  credits: { editor: '', designer: '', proofreader: '' },
  head: 'folio',
  ...plainSheets.tabloid,
};

/** Latest first. */
export const readEditions = (newsroom: Newsroom): Promise<Edition[]> =>
  newsroom
    .selectFrom('editions')
    .select(['id', 'date', 'name', 'issue', 'press_at as pressAt'])
    .orderBy('date', 'desc')
    .orderBy('name')
    .execute();

interface NewEdition {
  date: string;
  name?: string | undefined;
  issue?: string | undefined;
  pressAt?: string | null | undefined;
}

export async function insertEdition(
  newsroom: Newsroom,
  { date, name = '', issue = '', pressAt = null }: NewEdition,
): Promise<Edition> {
  await refuseTwins(newsroom, date, name, null);
  const edition = { id: freshId(), date, name, issue };
  await newsroom
    .insertInto('editions')
    .values({ ...edition, press_at: pressAt, created_at: new Date().toISOString() })
    .execute();
  return { ...edition, pressAt };
}

/** Refuses with `conflict` when the day has an edition of this name already. */
export async function refuseTwins(newsroom: Newsroom, date: string, name: string, besides: string | null) {
  const twin = await newsroom
    .selectFrom('editions')
    .select('id')
    .where('date', '=', date)
    .where('name', '=', name)
    .executeTakeFirst();
  if (twin && twin.id !== besides) throw new AppError('conflict', 'the day has this edition');
}

/** Keeps a page at the end of its edition; without an edition, of that of its date. */
export async function insertPage(newsroom: Newsroom, page: Page): Promise<string> {
  const id = page.id || freshId();
  let edition = page.edition;
  if (edition === '') {
    const known = (await readEditions(newsroom)).find(({ date, name }) => date === page.date && name === '');
    edition = (known ?? (await insertEdition(newsroom, { date: page.date }))).id;
  }
  const last = await newsroom
    .selectFrom('pages')
    .select(({ fn }) => fn.max('position').as('position'))
    .where('edition', '=', edition)
    .executeTakeFirst();
  await newsroom
    .insertInto('pages')
    .values({
      id,
      edition,
      position: (last?.position ?? -1) + 1,
      sheet: JSON.stringify(sheetSchema.parse(page)),
      frames: JSON.stringify(framesSchema.parse(page.frames)),
      laid: 0,
      created_at: new Date().toISOString(),
    })
    .execute();
  return id;
}

export async function readStyles(newsroom: Newsroom): Promise<Styles> {
  const row = await newsroom
    .selectFrom('settings')
    .select('value')
    .where('key', '=', stylesKey)
    .executeTakeFirst();
  return row ? stylesSchema.parse(JSON.parse(row.value)) : plainStyles;
}

export async function keepStyles(newsroom: Newsroom, styles: Styles): Promise<void> {
  const value = JSON.stringify(styles);
  await newsroom
    .insertInto('settings')
    .values({ key: stylesKey, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
}

const pagesIn = (newsroom: Newsroom) =>
  newsroom
    .selectFrom('pages')
    .innerJoin('editions', 'editions.id', 'pages.edition')
    .select([
      'pages.id',
      'pages.edition',
      'pages.position',
      'pages.sheet',
      'pages.frames',
      'editions.date',
      'editions.issue',
    ]);

type Row = Awaited<ReturnType<ReturnType<typeof pagesIn>['execute']>>[number];

async function whole(newsroom: Newsroom, rows: readonly Row[]): Promise<Page[]> {
  const [paper, styles] = [await paperOf(newsroom), await readStyles(newsroom)];
  return rows.map(({ sheet, frames, ...row }) => ({
    ...sheetSchema.parse(JSON.parse(sheet)),
    ...row,
    paper,
    styles,
    frames: framesSchema.parse(JSON.parse(frames)),
  }));
}

/** Latest edition first, in its own order. */
export async function readPages(newsroom: Newsroom): Promise<Page[]> {
  const rows = await pagesIn(newsroom)
    .orderBy('editions.date', 'desc')
    .orderBy('editions.name')
    .orderBy('pages.position')
    .execute();
  return whole(newsroom, rows);
}

export async function readPage(newsroom: Newsroom, id: string): Promise<Page | null> {
  const rows = await pagesIn(newsroom).where('pages.id', '=', id).execute();
  return (await whole(newsroom, rows))[0] ?? null;
}

export async function readEditionPages(newsroom: Newsroom, edition: string): Promise<Page[]> {
  const rows = await pagesIn(newsroom)
    .where('pages.edition', '=', edition)
    .orderBy('pages.position')
    .execute();
  return whole(newsroom, rows);
}

export async function keepSheet(newsroom: Newsroom, id: string, sheet: SheetSettings): Promise<void> {
  const kept = JSON.stringify(sheetSchema.parse(sheet));
  await newsroom.updateTable('pages').set({ sheet: kept }).where('id', '=', id).execute();
}

/** Moves a page to a place in its edition; the others close up. */
export async function movePage(newsroom: Newsroom, page: Page, position: number): Promise<void> {
  await newsroom.transaction().execute(async (one) => {
    const rows = await one
      .selectFrom('pages')
      .select('id')
      .where('edition', '=', page.edition)
      .orderBy('position')
      .execute();
    const ids = rows.map(({ id }) => id).filter((id) => id !== page.id);
    ids.splice(position, 0, page.id);
    for (const [at, id] of ids.entries())
      await one.updateTable('pages').set({ position: at }).where('id', '=', id).execute();
  });
}

export async function keepFrames(newsroom: Newsroom, id: string, frames: readonly Frame[]): Promise<void> {
  await newsroom
    .updateTable('pages')
    .set({ frames: JSON.stringify(frames), laid: 1 })
    .where('id', '=', id)
    .execute();
}

/** The pages that hold each article, for a list of articles. */
export async function pagesOf(
  newsroom: Newsroom,
): Promise<Map<string, { id: string; number: string; section: string }[]>> {
  const found = new Map<string, { id: string; number: string; section: string }[]>();
  for (const { id, number, section, frames } of await readPages(newsroom)) {
    for (const article of new Set(frames.flatMap((frame) => frame.article ?? []))) {
      found.set(article, [...(found.get(article) ?? []), { id, number, section }]);
    }
  }
  return found;
}

/** Ids of the pages that hold any of these articles. */
export async function pagesHolding(newsroom: Newsroom, articles: readonly string[]): Promise<string[]> {
  if (articles.length === 0) return [];
  const rows = await newsroom
    .selectFrom('pages')
    .select('id')
    .where(({ or, eb, fn, val }) =>
      or(articles.map((article) => eb(fn<number>('instr', ['frames', val(`"${article}"`)]), '>', 0))),
    )
    .execute();
  return rows.map(({ id }) => id);
}

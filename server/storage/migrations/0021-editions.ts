/** Editions; and pages kept as what is set about them, with their frames beside. A frame of before had one headline
 * size and one picture. */
import { sql } from 'kysely';
import { newId } from '../../../shared/base/id.ts';
import type { Migration } from './migration.ts';

interface OldFrame {
  id: string;
  article: string | null;
  column: number;
  line: number;
  columns: number;
  lines: number;
  headlineSize: number;
  picture: { column: number; line: number; columns: number; lines: number } | null;
}

function today({ id, article, column, line, columns, lines, headlineSize, picture }: OldFrame) {
  return {
    id,
    kind: 'story',
    article,
    part: 0,
    place: { column, line, columns, lines },
    notch: null,
    headline: {
      size: headlineSize,
      direction: 'horizontal',
      side: 'right',
      columns: 0,
      lines: 0,
      align: 'center',
    },
    setting: { mode: 'whole', tracking: 0, pitch: 0, columns: 0, balance: false },
    boxed: false,
    text: '',
    type: { face: 'heiBold', size: 14, align: 'left' },
    labelled: true,
    pictures: picture ? [{ figure: 0, ...picture, focus: { x: 0.5, y: 0.5 }, zoom: 1 }] : [],
  };
}

export const editions: Migration = {
  name: '0021-editions',
  async up(db) {
    await db.schema
      .createTable('editions')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('date', 'text', (c) => c.notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('issue', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addUniqueConstraint('editions_date_name', ['date', 'name'])
      .execute();
    const old = await sql<{ id: string; date: string; page: string; created_at: string }>`
      select id, date, page, created_at from pages order by date, number`.execute(db);
    await db.schema.dropTable('pages').execute();
    await db.schema
      .createTable('pages')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('edition', 'text', (c) => c.notNull().references('editions.id'))
      .addColumn('position', 'integer', (c) => c.notNull())
      .addColumn('sheet', 'text', (c) => c.notNull())
      .addColumn('frames', 'text', (c) => c.notNull())
      .addColumn('laid', 'integer', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('pages_edition').on('pages').columns(['edition', 'position']).execute();
    const made = new Map<string, { id: string; pages: number }>();
    for (const { id, date, page, created_at } of old.rows) {
      let edition = made.get(date);
      if (!edition) {
        edition = { id: newId((bytes) => crypto.getRandomValues(bytes)), pages: 0 };
        made.set(date, edition);
        await sql`insert into editions (id, date, name, issue, created_at)
          values (${edition.id}, ${date}, '', '', ${created_at})`.execute(db);
      }
      const { number, section, credits, format, width, height, grid, frames } = JSON.parse(page) as {
        frames: OldFrame[];
      } & Record<string, unknown>;
      const sheet = { number, section, credits, head: 'folio', format, width, height, grid };
      await sql`insert into pages (id, edition, position, sheet, frames, laid, created_at)
        values (${id}, ${edition.id}, ${edition.pages}, ${JSON.stringify(sheet)},
          ${JSON.stringify(frames.map(today))}, 0, ${created_at})`.execute(db);
      edition.pages += 1;
    }
  },
};

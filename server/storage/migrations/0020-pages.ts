/** Pages: each one whole, as JSON; what is asked of them is all of it. */
import type { Migration } from './migration.ts';

export const pages: Migration = {
  name: '0020-pages',
  async up(db) {
    await db.schema
      .createTable('pages')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('date', 'text', (c) => c.notNull())
      .addColumn('number', 'text', (c) => c.notNull())
      .addColumn('page', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('pages_date').on('pages').columns(['date', 'number']).execute();
  },
};

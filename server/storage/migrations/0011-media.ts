/** Pictures: what is known of each file in the data folder's pictures/. */
import type { Migration } from './migration.ts';

export const media: Migration = {
  name: '0011-media',
  async up(db) {
    await db.schema
      .createTable('pictures')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('article', 'text', (c) => c.notNull().references('articles.id'))
      .addColumn('member', 'text', (c) => c.notNull().references('members.id'))
      .addColumn('type', 'text', (c) => c.notNull())
      .addColumn('width', 'integer', (c) => c.notNull())
      .addColumn('height', 'integer', (c) => c.notNull())
      .addColumn('bytes', 'integer', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('pictures_article').on('pictures').column('article').execute();
  },
};

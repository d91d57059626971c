/** Notices: what each member was told. One about a thread goes with it. */
import type { Migration } from './migration.ts';

export const notices: Migration = {
  name: '0060-notices',
  async up(db) {
    await db.schema
      .createTable('notices')
      .addColumn('seq', 'integer', (c) => c.primaryKey().autoIncrement())
      .addColumn('id', 'text', (c) => c.notNull().unique())
      .addColumn('member', 'text', (c) => c.notNull().references('members.id'))
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('by', 'text', (c) => c.notNull().references('members.id'))
      .addColumn('article', 'text', (c) => c.references('articles.id').onDelete('cascade'))
      .addColumn('page', 'text', (c) => c.references('pages.id').onDelete('cascade'))
      .addColumn('thread', 'text', (c) => c.references('threads.id').onDelete('cascade'))
      .addColumn('suggestion', 'text')
      .addColumn('text', 'text', (c) => c.notNull())
      .addColumn('at', 'text', (c) => c.notNull())
      .addColumn('seen_at', 'text')
      .addColumn('done_at', 'text')
      .execute();
    await db.schema.createIndex('notices_member').on('notices').columns(['member', 'seq']).execute();
    for (const column of ['article', 'page', 'thread'])
      await db.schema.createIndex(`notices_${column}`).on('notices').column(column).execute();
  },
};

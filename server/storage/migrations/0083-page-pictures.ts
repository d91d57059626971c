/** Pictures that were sent to a page: advertisements' artwork, photographs that belong to no story. */
import type { Migration } from './migration.ts';

export const pagePictures: Migration = {
  name: '0083-page-pictures',
  async up(db) {
    await db.schema
      .createTable('page_pictures')
      .addColumn('id', 'text', (c) => c.primaryKey())
      // A picture outlives its page: a copy of the frame may stand on another.
      .addColumn('page', 'text', (c) => c.notNull())
      .addColumn('member', 'text', (c) => c.notNull().references('members.id'))
      .addColumn('type', 'text', (c) => c.notNull())
      .addColumn('width', 'integer', (c) => c.notNull())
      .addColumn('height', 'integer', (c) => c.notNull())
      .addColumn('bytes', 'integer', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .execute();
  },
};

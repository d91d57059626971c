/** Deadlines 截稿: when a story is to be ready, null while nobody has said. */
import type { Migration } from './migration.ts';

export const deadlines: Migration = {
  name: '0061-deadlines',
  async up(db) {
    await db.schema.alterTable('articles').addColumn('due', 'text').execute();
  },
};

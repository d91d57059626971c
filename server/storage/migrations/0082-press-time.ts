/** When an edition goes to the press 付印时间; null while nobody has said. */
import type { Migration } from './migration.ts';

export const pressTime: Migration = {
  name: '0082-press-time',
  async up(db) {
    await db.schema.alterTable('editions').addColumn('press_at', 'text').execute();
  },
};

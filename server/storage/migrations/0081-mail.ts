/** How members want their notices by e-mail, and up to which they have them. */
import type { Migration } from './migration.ts';

export const mail: Migration = {
  name: '0081-mail',
  async up(db) {
    await db.schema
      .createTable('mail_wishes')
      .addColumn('member', 'text', (c) => c.primaryKey().references('members.id'))
      .addColumn('pace', 'text', (c) => c.notNull())
      .addColumn('daily_at', 'text', (c) => c.notNull())
      .addColumn('quiet_from', 'text')
      .addColumn('quiet_to', 'text')
      .addColumn('language', 'text', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('mailed')
      .addColumn('member', 'text', (c) => c.primaryKey().references('members.id'))
      .addColumn('seq', 'integer', (c) => c.notNull())
      .execute();
  },
};

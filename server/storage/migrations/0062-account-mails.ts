/** Up to which row of the record each member was told by mail of what became of their account. */
import type { Migration } from './migration.ts';

export const accountMails: Migration = {
  name: '0062-account-mails',
  async up(db) {
    await db.schema
      .createTable('account_mails')
      .addColumn('member', 'text', (c) => c.primaryKey().references('members.id'))
      .addColumn('seq', 'integer', (c) => c.notNull())
      .execute();
  },
};

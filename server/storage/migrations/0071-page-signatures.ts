/** What a page's stories read like when the chief signed it. */
import { sql } from 'kysely';
import type { Migration } from './migration.ts';

export const pageSignatures: Migration = {
  name: '0071-page-signatures',
  async up(db) {
    await sql`alter table pages add column signed_hash text`.execute(db);
  },
};

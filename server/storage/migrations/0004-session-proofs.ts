/** When a session last proved whose it is: at its sign-in, until it does so again. */
import { sql } from 'kysely';
import type { Migration } from './migration.ts';

export const sessionProofs: Migration = {
  name: '0004-session-proofs',
  async up(db) {
    await db.schema
      .alterTable('sessions')
      .addColumn('proved_at', 'text', (c) => c.notNull().defaultTo(''))
      .execute();
    await sql`update sessions set proved_at = created_at`.execute(db);
  },
};

/** Marks ask something of editors from here on; those that were told before asked nothing. */
import { sql } from 'kysely';
import type { Migration } from './migration.ts';

export const marksWait: Migration = {
  name: '0084-marks-wait',
  async up(db) {
    await sql`update notices set done_at = at where kind = 'marked' and done_at is null`.execute(db);
  },
};

/** One step of the newsroom's tables, run once and never changed after it was released. */
import type { Kysely } from 'kysely';

export interface Migration {
  name: string;
  up(db: Kysely<unknown>): Promise<void>;
}

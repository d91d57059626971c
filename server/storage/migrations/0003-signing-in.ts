/** Ways to sign in beside links, invitations, what a session says of itself, and the sections of members and
 * stories. */
import { type Kysely, sql } from 'kysely';
import { newId } from '../../../shared/base/id.ts';
import type { Migration } from './migration.ts';

/** Sessions get an id to be named by; those that are open stay open. */
async function nameSessions(db: Kysely<unknown>) {
  for (const [column, fallback] of [
    ['id', ''],
    ['agent', ''],
    ['address', ''],
  ] as const)
    await db.schema
      .alterTable('sessions')
      .addColumn(column, 'text', (c) => c.notNull().defaultTo(fallback))
      .execute();
  const { rows } = await sql<{ hash: string }>`select hash from sessions`.execute(db);
  for (const { hash } of rows) {
    const id = newId((bytes) => crypto.getRandomValues(bytes));
    await sql`update sessions set id = ${id} where hash = ${hash}`.execute(db);
  }
  await db.schema.createIndex('sessions_id').on('sessions').column('id').unique().execute();
}

async function addWays(db: Kysely<unknown>) {
  await db.schema
    .createTable('passwords')
    .addColumn('member', 'text', (c) => c.primaryKey().references('members.id'))
    .addColumn('phc', 'text', (c) => c.notNull())
    .addColumn('set_at', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('passkeys')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('member', 'text', (c) => c.notNull().references('members.id'))
    .addColumn('credential', 'text', (c) => c.notNull().unique())
    .addColumn('public_key', 'blob', (c) => c.notNull())
    .addColumn('counter', 'integer', (c) => c.notNull())
    .addColumn('transports', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('last_used_at', 'text')
    .execute();
  await db.schema.createIndex('passkeys_member').on('passkeys').column('member').execute();
  await db.schema
    .createTable('second_factors')
    .addColumn('member', 'text', (c) => c.primaryKey().references('members.id'))
    .addColumn('sealed', 'text', (c) => c.notNull())
    .addColumn('since', 'text', (c) => c.notNull())
    .addColumn('last_step', 'integer', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('recovery_codes')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('member', 'text', (c) => c.notNull().references('members.id'))
    .execute();
  await db.schema.createIndex('recovery_codes_member').on('recovery_codes').column('member').execute();
  await db.schema
    .createTable('directory_accounts')
    .addColumn('issuer', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('member', 'text', (c) => c.notNull().references('members.id'))
    .addColumn('since', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('directory_accounts_key', ['issuer', 'subject'])
    .addUniqueConstraint('directory_accounts_member', ['issuer', 'member'])
    .execute();
  await db.schema
    .createTable('steps')
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('member', 'text', (c) => c.references('members.id'))
    .addColumn('value', 'text', (c) => c.notNull())
    .addColumn('tries', 'integer', (c) => c.notNull())
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('steps_key', ['hash', 'kind'])
    .execute();
  await db.schema.createIndex('steps_expires').on('steps').column('expires_at').execute();
}

export const signingIn: Migration = {
  name: '0003-signing-in',
  async up(db) {
    await db.schema
      .alterTable('members')
      .addColumn('sections', 'text', (c) => c.notNull().defaultTo('[]'))
      .execute();
    await db.schema
      .alterTable('articles')
      .addColumn('section', 'text', (c) => c.notNull().defaultTo(''))
      .execute();
    await nameSessions(db);
    await addWays(db);
    await db.schema
      .createTable('invitations')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('hash', 'text', (c) => c.notNull().unique())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('email', 'text')
      .addColumn('role', 'text', (c) => c.notNull())
      .addColumn('article', 'text', (c) => c.references('articles.id'))
      .addColumn('invited_by', 'text', (c) => c.notNull().references('members.id'))
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('expires_at', 'text', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('invitations_invited_by').on('invitations').column('invited_by').execute();
  },
};

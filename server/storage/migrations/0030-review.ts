/** Reviews: where a story was when it was put aside, what was decided about it, what was signed, and corrections
 * asked for since. */
import type { Migration } from './migration.ts';

export const review: Migration = {
  name: '0030-review',
  async up(db) {
    await db.schema
      .alterTable('articles')
      .addColumn('kept', 'text', (c) => c.notNull().defaultTo('draft'))
      .execute();
    await db.schema.alterTable('articles').addColumn('signed_hash', 'text').execute();
    await db.schema.alterTable('articles').addColumn('stage_at', 'text').execute();
    await db.schema
      .createTable('article_former')
      .addColumn('article', 'text', (c) => c.notNull().references('articles.id'))
      .addColumn('member', 'text', (c) => c.notNull().references('members.id'))
      .addPrimaryKeyConstraint('article_former_key', ['article', 'member'])
      .execute();
    await db.schema
      .createTable('decisions')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('article', 'text', (c) => c.notNull().references('articles.id'))
      .addColumn('at', 'text', (c) => c.notNull())
      .addColumn('member', 'text', (c) => c.notNull().references('members.id'))
      .addColumn('role', 'text', (c) => c.notNull())
      .addColumn('action', 'text', (c) => c.notNull())
      .addColumn('before', 'text', (c) => c.notNull())
      .addColumn('after', 'text', (c) => c.notNull())
      .addColumn('reason', 'text', (c) => c.notNull())
      .addColumn('hash', 'text', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('decisions_article').on('decisions').columns(['article', 'at']).execute();
    await db.schema
      .createTable('corrections')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('article', 'text', (c) => c.notNull().references('articles.id'))
      .addColumn('at', 'text', (c) => c.notNull())
      .addColumn('member', 'text', (c) => c.notNull().references('members.id'))
      .addColumn('paragraph', 'integer', (c) => c.notNull())
      .addColumn('start', 'integer', (c) => c.notNull())
      .addColumn('quote', 'text', (c) => c.notNull())
      .addColumn('wanted', 'text', (c) => c.notNull())
      .addColumn('note', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('answered_by', 'text', (c) => c.references('members.id'))
      .addColumn('answered_at', 'text')
      .addColumn('answer', 'text', (c) => c.notNull().defaultTo(''))
      .execute();
    await db.schema.createIndex('corrections_article').on('corrections').columns(['article', 'at']).execute();
  },
};

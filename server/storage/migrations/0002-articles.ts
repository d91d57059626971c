/** Articles and the members on them. */
import type { Migration } from './migration.ts';

export const articles: Migration = {
  name: '0002-articles',
  async up(db) {
    await db.schema
      .createTable('articles')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('title', 'text', (c) => c.notNull())
      .addColumn('stage', 'text', (c) => c.notNull())
      .addColumn('headline', 'text', (c) => c.notNull())
      .addColumn('characters', 'integer', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('updated_at', 'text', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('articles_updated').on('articles').column('updated_at').execute();
    await db.schema
      .createTable('article_people')
      .addColumn('article', 'text', (c) => c.notNull().references('articles.id'))
      .addColumn('member', 'text', (c) => c.notNull().references('members.id'))
      .addColumn('part', 'text', (c) => c.notNull())
      .addColumn('added_at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('article_people_key', ['article', 'member'])
      .execute();
    await db.schema.createIndex('article_people_member').on('article_people').column('member').execute();
  },
};

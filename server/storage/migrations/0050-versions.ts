/** Versions of stories, and which of them were restored. */
import type { Migration } from './migration.ts';

export const versions: Migration = {
  name: '0050-versions',
  async up(db) {
    await db.schema
      .createTable('versions')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('article', 'text', (c) => c.notNull().references('articles.id'))
      .addColumn('seq', 'integer', (c) => c.notNull())
      .addColumn('at', 'text', (c) => c.notNull())
      .addColumn('member', 'text', (c) => c.references('members.id'))
      .addColumn('why', 'text', (c) => c.notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('characters', 'integer', (c) => c.notNull())
      .addColumn('hash', 'text', (c) => c.notNull())
      .addColumn('work', 'text', (c) => c.notNull())
      .addColumn('state', 'blob', (c) => c.notNull())
      .execute();
    await db.schema
      .createIndex('versions_article')
      .on('versions')
      .columns(['article', 'seq', 'at'])
      .execute();
    await db.schema
      .createTable('version_restores')
      .addColumn('article', 'text', (c) => c.notNull().references('articles.id'))
      .addColumn('at', 'text', (c) => c.notNull())
      .addColumn('member', 'text', (c) => c.notNull().references('members.id'))
      .addColumn('version', 'text', (c) => c.notNull().references('versions.id'))
      .execute();
    await db.schema
      .createIndex('version_restores_article')
      .on('version_restores')
      .columns(['article', 'at'])
      .execute();
  },
};

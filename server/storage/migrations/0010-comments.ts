/** Comment threads, the comments in them, and how far each member has read. */
import type { Migration } from './migration.ts';

export const comments: Migration = {
  name: '0010-comments',
  async up(db) {
    await db.schema
      .createTable('threads')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('article', 'text', (c) => c.notNull().references('articles.id'))
      .addColumn('quote', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('position_from', 'text')
      .addColumn('position_to', 'text')
      .addColumn('resolved_at', 'text')
      .addColumn('resolved_by', 'text', (c) => c.references('members.id'))
      .execute();
    await db.schema.createIndex('threads_article').on('threads').column('article').execute();
    await db.schema
      .createTable('comments')
      .addColumn('seq', 'integer', (c) => c.primaryKey().autoIncrement())
      .addColumn('id', 'text', (c) => c.notNull().unique())
      .addColumn('thread', 'text', (c) => c.notNull().references('threads.id').onDelete('cascade'))
      .addColumn('author', 'text', (c) => c.notNull().references('members.id'))
      .addColumn('text', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('edited_at', 'text')
      .execute();
    await db.schema.createIndex('comments_thread').on('comments').column('thread').execute();
    await db.schema
      .createTable('thread_reads')
      .addColumn('thread', 'text', (c) => c.notNull().references('threads.id').onDelete('cascade'))
      .addColumn('member', 'text', (c) => c.notNull().references('members.id'))
      .addColumn('seq', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('thread_reads_key', ['thread', 'member'])
      .execute();
  },
};

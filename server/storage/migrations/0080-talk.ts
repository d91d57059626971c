/** What a thread is about besides words, to whom it was given and until when; what comments said before they were
 * changed, and how members answered them with a sign. */
import type { Migration } from './migration.ts';

export const talk: Migration = {
  name: '0080-talk',
  async up(db) {
    await db.schema
      .alterTable('threads')
      .addColumn('about', 'text', (c) => c.notNull().defaultTo('passage'))
      .execute();
    for (const column of ['image', 'suggestion', 'assigned_at', 'due'])
      await db.schema.alterTable('threads').addColumn(column, 'text').execute();
    for (const column of ['assignee', 'assigned_by'])
      await db.schema
        .alterTable('threads')
        .addColumn(column, 'text', (c) => c.references('members.id'))
        .execute();
    await db.schema
      .createTable('comment_edits')
      .addColumn('seq', 'integer', (c) => c.primaryKey().autoIncrement())
      .addColumn('comment', 'text', (c) => c.notNull().references('comments.id').onDelete('cascade'))
      .addColumn('text', 'text', (c) => c.notNull())
      .addColumn('at', 'text', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('comment_edits_comment').on('comment_edits').column('comment').execute();
    await db.schema
      .createTable('comment_reactions')
      .addColumn('comment', 'text', (c) => c.notNull().references('comments.id').onDelete('cascade'))
      .addColumn('member', 'text', (c) => c.notNull().references('members.id'))
      .addColumn('reaction', 'text', (c) => c.notNull())
      .addColumn('at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('comment_reactions_key', ['comment', 'reaction', 'member'])
      .execute();
    await db.schema.alterTable('notices').addColumn('due', 'text').execute();
  },
};

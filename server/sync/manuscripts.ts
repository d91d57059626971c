/** The port by which features read and change live documents. */
import { AppError } from '../../shared/base/errors.ts';
import { manuscriptOf } from '../../shared/manuscript/flat.ts';
import type { Form } from './form.ts';
import type { Log } from './log.ts';
import { buildState } from './log-store.ts';
import type { Manuscripts } from './ports.ts';
import type { Room } from './room.ts';
import type { Rooms } from './rooms.ts';

interface Deps {
  form: Form;
  rooms: Rooms;
  log: Log;
  /** Whether the server has begun to stop; nothing new is taken then. */
  stopping: () => boolean;
}

export function manuscriptsOf({ form, rooms, log, stopping }: Deps): Manuscripts {
  async function within<T>(article: string, act: (room: Room) => T | Promise<T>): Promise<T> {
    if (stopping()) throw new AppError('unavailable', 'the server is stopping');
    let room: Room;
    try {
      ({ room } = await rooms.open(article));
    } catch (error) {
      throw new AppError('unavailable', error instanceof Error ? error.message : undefined);
    }
    try {
      return await act(room);
    } catch (error) {
      if (room.broken) throw new AppError('unavailable', 'the log could not be written');
      throw error;
    } finally {
      rooms.release(article);
    }
  }

  return {
    read: (article, look) => within(article, (room) => look(room.doc, room.seq)),
    edit: (article, change) =>
      within(article, (room) =>
        room.edit((doc) => {
          if (room.seq === 0) throw new AppError('notFound', 'no such manuscript');
          return change(doc, room.seq);
        }),
      ),
    create: (article, fill) =>
      within(article, (room) =>
        room.edit((doc) => {
          if (room.seq > 0 || manuscriptOf(doc).length > 0)
            throw new AppError('conflict', 'there is a story already');
          fill(doc);
        }),
      ),
    async readAt(article, seq) {
      const updates = await log.loadAt(form.document(article), seq);
      if (!updates) throw new AppError('notFound', 'the log does not reach that change');
      return buildState(updates);
    },
    changes: (article, limit) => log.changes(form.document(article), limit),
    written: (article, after, upTo) => log.written(form.document(article), after, upTo),
    owners: (article) => within(article, (room) => new Map(room.owners)),
  };
}

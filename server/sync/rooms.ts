/** The loaded documents: each is loaded once, before anybody is let in, and let go when nobody needs it (S5). */
import type { Person } from '../../shared/people/person.ts';
import type { Logger } from '../log.ts';
import type { Form } from './form.ts';
import type { Log } from './log.ts';
import { buildState } from './log-store.ts';
import type { SyncMeter } from './ports.ts';
import { openPresence, type Presence } from './presence.ts';
import { Room } from './room.ts';

interface OpenRoom {
  article: string;
  room: Room;
  presence: Presence;
}

interface Deps {
  form: Form;
  log: Log;
  logger: Logger;
  meter?: SyncMeter;
  person: (member: string) => Person | null;
  onChanged: (article: string, change: { seq: number; at: Date; members: string[] }) => void;
  /** Somebody began or ceased to show in an article. */
  onPresence: (article: string) => void;
  now: () => Date;
  /** A 32-bit number for the server's own client id. */
  newClient: () => number;
  /** Milliseconds for which a document nobody has open stays loaded. */
  linger: number;
}

export interface Rooms {
  /** Loads the document when it is not loaded. Rejects when the log has it wrong; it is never taken for empty. */
  open(article: string): Promise<OpenRoom>;
  /** Those loaded now. */
  loaded(): OpenRoom[];
  /** Somebody left, or is done: the document may be let go after a while. */
  release(article: string): void;
  close(): Promise<void>;
}

const sizeOf = (updates: readonly Uint8Array[]) => updates.reduce((sum, { length }) => sum + length, 0);

export function keepRooms(deps: Deps): Rooms {
  const { log, logger, linger } = deps;
  const opening = new Map<string, Promise<OpenRoom>>();
  const loaded = new Map<string, OpenRoom>();
  const timers = new Map<string, NodeJS.Timeout>();

  function forget(article: string, room: Room) {
    if (loaded.get(article)?.room !== room) return;
    loaded.delete(article);
    opening.delete(article);
  }

  async function load(article: string): Promise<OpenRoom> {
    const document = deps.form.document(article);
    const stored = await log.load(document);
    const doc = buildState(stored.updates);
    const bound = new Set(stored.clients.map(([client]) => client));
    let serverClient = deps.newClient();
    while (bound.has(serverClient) || serverClient === doc.clientID) serverClient = deps.newClient();
    const room: Room = new Room(
      doc,
      { ...stored, bytes: sizeOf(stored.updates) },
      {
        document,
        kind: deps.form.kind,
        log,
        logger,
        meter: deps.meter,
        serverClient,
        now: deps.now,
        onChanged: (change) => deps.onChanged(article, change),
        onBroken: () => forget(article, room),
      },
    );
    const open = {
      article,
      room,
      presence: openPresence({
        room,
        person: deps.person,
        now: deps.now,
        onShown: () => deps.onPresence(article),
      }),
    };
    loaded.set(article, open);
    return open;
  }

  function letGo(article: string) {
    timers.delete(article);
    const open = loaded.get(article);
    if (!open) return;
    const { room } = open;
    if (room.peers.size > 0) return;
    if (!room.settled) return release(article);
    forget(article, room);
    room.rest();
    room.doc.destroy();
  }

  function release(article: string) {
    clearTimeout(timers.get(article));
    timers.set(article, setTimeout(() => letGo(article), linger).unref());
  }

  return {
    open(article) {
      clearTimeout(timers.get(article));
      timers.delete(article);
      let open = opening.get(article);
      if (!open) {
        open = load(article);
        opening.set(article, open);
        open.catch((error: unknown) => {
          // Quarantined: what is in the log stays as it is, and nothing is served in its place (S4).
          logger.error({ err: error, article }, 'a document could not be loaded');
          opening.delete(article);
        });
      }
      return open;
    },
    loaded: () => [...loaded.values()],
    release,
    async close() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      await Promise.all([...loaded.values()].map(({ room }) => room.settle()));
    },
  };
}

/** Live documents as one thing that main.ts builds: sockets, rooms, the log behind them. */
import { randomInt } from 'node:crypto';
import { WebSocketServer } from 'ws';
import type { Person } from '../../shared/people/person.ts';
import type { Logger } from '../log.ts';
import { admit } from './admit.ts';
import { bounds } from './bounds.ts';
import { Connection } from './connection.ts';
import { type Form, manuscriptForm } from './form.ts';
import type { Log } from './log.ts';
import { manuscriptsOf } from './manuscripts.ts';
import { inOneWrite } from './one-write.ts';
import type { Access, Entrance, Socket, Sync, SyncMeter } from './ports.ts';
import { keepRooms } from './rooms.ts';

export interface SyncDeps {
  /** Manuscripts when absent. */
  form?: Form;
  log: Log;
  /** What a member may do with an article now. Asked for every message: it has to be fast. */
  authorize: (member: string, article: string) => Access;
  /** A member as others see them; null for one who is no longer a member. */
  person: (member: string) => Person | null;
  /** Something is durable and applied. */
  onChanged?: (article: string, change: { seq: number; at: Date; members: string[] }) => void;
  /** Somebody came into an article or left it. */
  onPresence?: (article: string) => void;
  /** Sync messages a second of one socket, and how many at once. */
  rate?: { rate: number; burst: number };
  /** Milliseconds for which a document nobody has open stays loaded. */
  linger?: number;
  logger: Logger;
  /** Hears of commits and refusals. */
  meter?: SyncMeter;
  now?: () => Date;
  /** A 32-bit number for the server's own client id in a loaded document. */
  newClient?: () => number;
}

/** Milliseconds between two signs of life; y-websocket gives up after 30 s of silence (S11). */
const heartbeat = 15_000;
/** Milliseconds for which an answer about the log stands: anybody may ask, and asking writes. */
const answerLasts = 1_000;
/** Milliseconds that stopping waits for what was received to be written. */
const drain = 5_000;

export function createSync(deps: SyncDeps): Sync {
  const { form = manuscriptForm, log, authorize, person, logger, meter, now = () => new Date() } = deps;
  const rate = deps.rate ?? { rate: bounds.rate, burst: bounds.burst };
  const connections = new Map<Connection, string>();
  let stopping = false;
  let asked: { at: number; answer: Promise<boolean> } | null = null;

  const rooms = keepRooms({
    form,
    log,
    logger,
    meter,
    person,
    now,
    onChanged: (article, change) => deps.onChanged?.(article, change),
    onPresence: (article) => deps.onPresence?.(article),
    newClient: deps.newClient ?? (() => randomInt(1, 2 ** 32)),
    linger: deps.linger ?? 30_000,
  });
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: bounds.frame,
    perMessageDeflate: false,
    clientTracking: false,
  });

  const count = (matches: (connection: Connection, article: string) => boolean) => {
    let found = 0;
    for (const [connection, article] of connections) if (matches(connection, article)) found += 1;
    return found;
  };

  async function letIn(connection: Connection, article: string) {
    try {
      const { room, presence } = await rooms.open(article);
      if (room.broken) throw new Error('the document has to be loaded again');
      connection.enter(room, presence);
      // The socket may have closed meanwhile.
      if (connection.room) deps.onPresence?.(article);
      else rooms.release(article);
    } catch (error) {
      connection.refuse('brokenLog', error instanceof Error ? error.message : 'not loaded');
    }
  }

  function accept(socket: Socket, { url, member, article, stay }: Entrance) {
    const admission = admit({
      url,
      access: authorize(member, article),
      epoch: log.epoch,
      socketsOfMember: count((connection) => connection.member === member),
      socketsOfDocument: count((_, other) => other === article),
      stopping,
    });
    const outdated = admission.kind === 'admit' && admission.outdated;
    const connection = new Connection({
      socket,
      member,
      stay,
      asksSaved: admission.kind === 'admit' && admission.asksSaved,
      authorize() {
        const access = authorize(member, article);
        return outdated && access !== 'none' ? 'read' : access;
      },
      outdated,
      rate,
      logger,
      meter,
      onClosed(closed) {
        if (!connections.delete(closed) || !closed.room) return;
        rooms.release(article);
        deps.onPresence?.(article);
      },
    });
    if (admission.kind === 'refuse') return connection.refuse(admission.reason, admission.detail);
    connections.set(connection, article);
    void letIn(connection, article);
  }

  async function tryLog(): Promise<boolean> {
    try {
      await log.check();
      return true;
    } catch (error) {
      logger.error({ err: error }, 'the log cannot be written');
      return false;
    }
  }

  const timer = setInterval(() => {
    for (const connection of connections.keys()) connection.keepAlive();
  }, heartbeat);
  timer.unref();

  return {
    manuscripts: manuscriptsOf({ form, rooms, log, stopping: () => stopping }),
    handleUpgrade(request, socket, head, member, article, stay) {
      server.handleUpgrade(request, socket, head, (ws) =>
        accept(inOneWrite(ws, socket), { url: request.url ?? '', member: member.id, article, stay }),
      );
    },
    accept,
    refresh() {
      for (const connection of connections.keys()) connection.recheck(person(connection.member) !== null);
      for (const { presence } of rooms.loaded()) presence.refresh();
    },
    inside() {
      const inside = new Map<string, string[]>();
      for (const [{ member, shows }, article] of connections) {
        if (!shows) continue;
        const members = inside.get(article) ?? [];
        if (!members.includes(member)) members.push(member);
        inside.set(article, members);
      }
      return inside;
    },
    figures() {
      let bufferedBytes = 0;
      for (const connection of connections.keys()) bufferedBytes += connection.buffered;
      const loaded = rooms.loaded();
      const since = loaded.flatMap(({ room }) => room.unsavedSince ?? []);
      const oldest = since.length > 0 ? performance.now() - Math.min(...since) : 0;
      return {
        documents: loaded.length,
        sockets: connections.size,
        bufferedBytes,
        oldestUnsavedSeconds: oldest / 1000,
      };
    },
    healthy() {
      const now = performance.now();
      if (!asked || now - asked.at > answerLasts) asked = { at: now, answer: tryLog() };
      return asked.answer;
    },
    async close() {
      stopping = true;
      clearInterval(timer);
      for (const connection of connections.keys()) connection.stopReading();
      let bound: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        bound = setTimeout(resolve, drain);
      });
      await Promise.race([rooms.close(), late]);
      clearTimeout(bound);
      const closed = [...connections.keys()].map((connection) => connection.closed);
      for (const connection of connections.keys()) connection.refuse('restarting', 'the server is stopping');
      await Promise.all(closed);
    },
  };
}

/** /live: tells signed-in browsers which answers are out of date and who is inside which article, each only
 * what its reader may know. */
import { type WebSocket, WebSocketServer } from 'ws';
import { type LiveEvent, liveEventSchema, pulseEvery } from '../../shared/api.ts';
import { closeCodes } from '../../shared/sync/protocol.ts';
import type { Logger } from '../log.ts';
import type { Stay } from '../sync/ports.ts';
import type { Upgrade } from './upgrades.ts';

interface Deps {
  /** Whether this is still a member. */
  known: (member: string) => boolean;
  /** Whether this member may know of the article now. */
  mayRead: (member: string, article: string) => boolean;
  /** The members inside each article. */
  inside: () => ReadonlyMap<string, readonly string[]>;
  logger: Logger;
}

export interface Live {
  handleUpgrade(upgrade: Upgrade): void;
  publish(event: LiveEvent): void;
  /** Says it to these members alone. */
  publishTo(members: readonly string[], event: LiveEvent): void;
  /** Somebody entered or left an article; said to everybody at most five times a second. */
  presenceChanged(): void;
  /** Closes the sockets of ended sessions and tells presence anew, since who may know what has changed. */
  refresh(): void;
  close(): void;
}

const presenceEvery = 200;
const socketsPerMember = 20;
/** Bytes that may wait for a browser that does not read before it is closed; it comes back and asks anew. */
const waitingLimit = 1024 * 1024;

const pulseText = JSON.stringify({ kind: 'pulse' } satisfies LiveEvent);

export function openLive({ known, mayRead, inside, logger }: Deps): Live {
  const server = new WebSocketServer({ noServer: true, maxPayload: 1024, perMessageDeflate: false });
  const readers = new Map<WebSocket, { member: string; stay: Stay; alive: boolean; presence: string }>();
  let presenceTimer: NodeJS.Timeout | null = null;

  function send(socket: WebSocket, text: string) {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > waitingLimit) socket.close(closeCodes.slowReader);
    else socket.send(text);
  }

  function sendPresence(socket: WebSocket) {
    const reader = readers.get(socket);
    if (!reader) return;
    const known = [...inside()].filter(
      ([article, people]) => people.length > 0 && mayRead(reader.member, article),
    );
    const event: LiveEvent = {
      kind: 'presence',
      inside: Object.fromEntries(known.map(([article, people]) => [article, [...new Set(people)]])),
    };
    const text = JSON.stringify(liveEventSchema.parse(event));
    if (text === reader.presence) return;
    reader.presence = text;
    send(socket, text);
  }

  const pulse = setInterval(() => {
    for (const [socket, reader] of readers) {
      if (!reader.alive) {
        socket.terminate();
        continue;
      }
      reader.alive = false;
      // A ping tells this side that the browser is there; a page sees none, and is told in words.
      socket.ping();
      send(socket, pulseText);
    }
  }, pulseEvery);
  pulse.unref();

  function tellPresence() {
    presenceTimer = null;
    for (const socket of readers.keys()) sendPresence(socket);
  }

  function recheck() {
    for (const [socket, { member, stay }] of readers) {
      if (!known(member)) socket.close(closeCodes.memberGone);
      else if (!stay.holds()) socket.close(closeCodes.signInNeeded);
      else continue;
      readers.delete(socket);
    }
  }

  function welcome(socket: WebSocket, { signed: { member }, stay }: Upgrade) {
    socket.on('error', (error) => logger.debug({ err: error }, 'a live socket failed'));
    const others = [...readers.values()].filter((reader) => reader.member === member.id);
    if (others.length >= socketsPerMember) return socket.close(closeCodes.tooMany);
    readers.set(socket, { member: member.id, stay, alive: true, presence: '' });
    socket.on('close', () => readers.delete(socket));
    socket.on('pong', () => {
      const reader = readers.get(socket);
      if (reader) reader.alive = true;
    });
    socket.on('message', () => socket.close(closeCodes.badMessage));
    sendPresence(socket);
  }

  return {
    handleUpgrade(upgrade) {
      const { request, socket, head } = upgrade;
      server.handleUpgrade(request, socket, head, (opened) => welcome(opened, upgrade));
    },
    publish(event) {
      const text = JSON.stringify(liveEventSchema.parse(event));
      for (const [socket, { member }] of readers) {
        if (!('article' in event) || mayRead(member, event.article)) send(socket, text);
      }
    },
    publishTo(members, event) {
      const text = JSON.stringify(liveEventSchema.parse(event));
      for (const [socket, { member }] of readers) if (members.includes(member)) send(socket, text);
    },
    presenceChanged() {
      presenceTimer ??= setTimeout(tellPresence, presenceEvery);
    },
    refresh() {
      recheck();
      tellPresence();
    },
    close() {
      clearInterval(pulse);
      if (presenceTimer) clearTimeout(presenceTimer);
      for (const socket of readers.keys()) socket.close(closeCodes.restarting);
      server.close();
    },
  };
}

/** Who is in a document and where their carets are: one state for each socket, its author written by the server,
 * never logged (S9). */
import type { Person } from '../../shared/people/person.ts';
import { bounds } from './bounds.ts';
import { type PresenceState, presence } from './messages.ts';
import { Malformed, Reader } from './reader.ts';
import type { Peer, Room } from './room.ts';

interface Shown {
  client: number;
  clock: number;
  /** As the socket sent it. */
  raw: string;
  state: string;
}

export interface Presence {
  /** Takes in a presence message. Throws Malformed. */
  receive(peer: Peer, message: Uint8Array): void;
  /** Tells a newcomer about everybody. */
  tell(peer: Peer): void;
  leave(peer: Peer): void;
  /** Whether this socket shows itself; one that only reads the story's words for a page does not. */
  shows(peer: Peer): boolean;
  /** Names, colours or people changed. */
  refresh(): void;
}

const others = 1_000;
/** Clocks of ours count these many milliseconds, so that they go on after a restart. */
const tick = 1_000 / bounds.presenceRate;

interface Deps {
  room: Room;
  person: (member: string) => Person | null;
  now: () => Date;
  /** A socket began or ceased to show itself. */
  onShown: () => void;
}

export function openPresence({ room, person, now, onShown }: Deps): Presence {
  const shown = new Map<Peer, Shown>();
  const changed = new Set<Peer>();
  const spoken = new WeakSet<Peer>();
  let due = false;
  let lastClock = 0;

  const nextClock = () => {
    lastClock = Math.max(lastClock + 1, Math.floor(now().getTime() / tick));
    return lastClock;
  };

  /** The state with the author as the server knows them; `null` when it is nothing that can be shown. */
  function dress(peer: Peer, raw: string): string {
    let state: unknown;
    try {
      state = JSON.parse(raw, (key, value) => (key === '__proto__' ? undefined : value));
    } catch {
      throw new Malformed('a presence state is not JSON');
    }
    const who = person(peer.member);
    if (state === null || !who) return 'null';
    if (typeof state !== 'object' || Array.isArray(state))
      throw new Malformed('a presence state is no object');
    return JSON.stringify({ ...state, user: { id: who.id, name: who.name, color: who.color } });
  }

  function flush() {
    due = false;
    const states = new Map<Peer, PresenceState>();
    for (const peer of changed) {
      const one = shown.get(peer);
      if (!one) continue;
      try {
        one.state = dress(peer, one.raw);
      } catch (error) {
        peer.refuse('badMessage', error instanceof Error ? error.message : 'presence');
        continue;
      }
      one.clock = nextClock();
      states.set(peer, one);
    }
    changed.clear();
    for (const peer of room.peers) {
      const news = [...states].filter(([author]) => author !== peer).map(([, state]) => state);
      if (news.length > 0) peer.send(presence(news));
    }
  }

  function change(peer: Peer) {
    changed.add(peer);
    if (due) return;
    due = true;
    setTimeout(flush, tick);
  }

  /** How many sockets show themselves under a client id: two while a lost one is being replaced. */
  const holders = new Map<number, number>();
  const hold = (client: number, by: 1 | -1) => holders.set(client, (holders.get(client) ?? 0) + by);

  /** Whether this socket may show itself under a client id: nobody else's, and one at a time. A client repeats
   * what it hears, so an id that another socket shows is taken over by a socket's first word only. */
  function mayShow(peer: Peer, client: number): boolean {
    const own = shown.get(peer);
    if (own?.client === client) return true;
    const owner = room.guard.ownerOf(client);
    if (owner !== undefined && owner !== peer.member) return false;
    if (own && own.raw !== 'null') return false;
    return (holders.get(client) ?? 0) <= 0 || !spoken.has(peer);
  }

  /** Tells the others that nobody is there under this id any more. */
  function retire(peer: Peer, { client }: Shown) {
    hold(client, -1);
    if ((holders.get(client) ?? 0) > 0) return;
    holders.delete(client);
    const message = presence([{ client, clock: nextClock(), state: 'null' }]);
    for (const other of room.peers) if (other !== peer) other.send(message);
  }

  const shows = (peer: Peer) => (shown.get(peer)?.raw ?? 'null') !== 'null';

  return {
    shows,
    receive(peer, message) {
      const before = shows(peer);
      const from = new Reader(message);
      for (let left = from.uint(others); left > 0; left--) {
        const client = from.uint();
        from.uint();
        const start = from.pos;
        const length = from.uint(from.left);
        from.skip(length);
        // A client repeats what it hears of others; only what it says of itself counts.
        if (!mayShow(peer, client)) continue;
        if (length > bounds.presence) throw new Malformed('a presence state is too large');
        const inner = new Reader(from.bytes.subarray(start, from.pos));
        const raw = inner.text();
        const one = shown.get(peer);
        if (one?.client === client) {
          one.raw = raw;
        } else {
          if (raw === 'null') continue;
          if (one) retire(peer, one);
          if (room.guard.ownerOf(client) === undefined) room.claims.set(client, peer.member);
          shown.set(peer, { client, clock: 0, raw, state: 'null' });
          hold(client, 1);
        }
        change(peer);
      }
      from.end();
      spoken.add(peer);
      if (shows(peer) !== before) onShown();
    },
    tell(peer) {
      const states = [...shown].filter(([author, { clock }]) => author !== peer && clock > 0);
      if (states.length > 0) peer.send(presence(states.map(([, state]) => state)));
    },
    leave(peer) {
      const one = shown.get(peer);
      shown.delete(peer);
      changed.delete(peer);
      if (one) retire(peer, one);
    },
    refresh() {
      for (const peer of shown.keys()) change(peer);
    },
  };
}

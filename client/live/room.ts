/** The stories that this page has open: one connection to each, shared by all who look. */
import { type ArticleRoom, type Connection, connect } from './connect.ts';
import type { Owner } from './device.ts';
import type { OnlyHere } from './tabs.ts';

export type { ArticleRoom, RoomStatus, SavedState } from './connect.ts';

interface OpenRoom {
  connection: Connection;
  openers: number;
  present: number;
}

const open = new Map<string, OpenRoom>();
/** Rooms that are open no more, while something of them is still written on this device. */
const ending = new Set<Promise<void>>();

function awaitEnd(ended: Promise<void>) {
  ending.add(ended);
  void ended.then(() => ending.delete(ended));
}
/** Whose stories and pages this device keeps copies of; nobody's when null. */
let owner: Owner | null = null;

/** Opens an article's document, or joins the connection that this page has to it already. A reader who is only
 * shown its words (the other stories of a page) is not `present` in it. Call `release` when done. */
export function openRoom(article: string, { present = true }: { present?: boolean } = {}): ArticleRoom {
  const opened = open.get(article) ?? {
    connection: connect(article, owner, (ended) => {
      open.delete(article);
      awaitEnd(ended);
    }),
    openers: 0,
    present: 0,
  };
  const { connection } = opened;
  open.set(article, opened);
  connection.return();
  opened.openers += 1;
  if (present) opened.present += 1;
  connection.setPresent(opened.present > 0);
  let released = false;
  return {
    ...connection.room,
    release() {
      if (released) return;
      released = true;
      opened.openers -= 1;
      if (present) opened.present -= 1;
      connection.setPresent(opened.present > 0);
      if (opened.openers === 0) connection.leave();
    },
  };
}

/** A page's frames while somebody looks at them; its document has them as shared/pages/layout-map.ts reads them. */
export type PageRoom = Pick<
  ArticleRoom,
  'doc' | 'awareness' | 'status' | 'subscribe' | 'whenReady' | 'release'
>;

const openPages = new Map<string, { connection: Connection; openers: number }>();

/** Opens a page's frames, or joins the connection that this browser page has to them. Call `release` when done. */
export function openPageRoom(page: string, { present = true }: { present?: boolean } = {}): PageRoom {
  const opened = openPages.get(page) ?? {
    connection: connect(
      page,
      owner,
      (ended) => {
        openPages.delete(page);
        awaitEnd(ended);
      },
      'page',
    ),
    openers: 0,
  };
  const { connection } = opened;
  openPages.set(page, opened);
  connection.return();
  opened.openers += 1;
  if (present) connection.setPresent(true);
  let released = false;
  return {
    ...connection.room,
    release() {
      if (released) return;
      released = true;
      opened.openers -= 1;
      if (opened.openers > 0) return;
      connection.setPresent(false);
      connection.leave();
    },
  };
}

/** Keeps copies for this member from now on; for nobody when null. Rooms that are open stay whose they are. */
export function keepFor(next: Owner | null): void {
  owner = next;
}

const connections = () => [...open.values(), ...openPages.values()].map(({ connection }) => connection);

/** Ends every connection at once: at sign-out. Resolves when nothing more is written on this device. */
export async function endRooms(): Promise<void> {
  for (const connection of connections()) void connection.end();
  await Promise.all(ending);
}

/** Waits a while for what is on its way to the server, then notes in the copies what has arrived. */
export async function settleRooms(): Promise<void> {
  await Promise.all([...connections().map((connection) => connection.settle()), ...ending]);
}

/** An open story's headline as it stands; '' of any other. */
export const headlineIn = (article: string): string => open.get(article)?.connection.headline() ?? '';

/** What is in this browser page alone: the server lacks it, and no copy has it. */
export function onlyInPage(): OnlyHere[] {
  const of = (kind: OnlyHere['kind'], rooms: Map<string, { connection: Connection }>) =>
    [...rooms]
      .filter(([, { connection }]) => {
        const { unsent, kept, leftOver } = connection.room.status();
        return unsent > 0 && !kept && !leftOver;
      })
      .map(([id, { connection }]) => ({ kind, id, headline: connection.headline() }));
  return [...of('article', open), ...of('page', openPages)];
}

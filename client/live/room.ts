/** The stories that this page has open: one connection to each, shared by all who look. */
import { type ArticleRoom, type Connection, connect } from './connect.ts';
import type { Owner } from './device.ts';

export type { ArticleRoom, RoomStatus, SavedState } from './connect.ts';

interface OpenRoom {
  connection: Connection;
  openers: number;
  present: number;
}

const open = new Map<string, OpenRoom>();
/** Whose stories and pages this device keeps copies of; nobody's when null. */
let owner: Owner | null = null;

/** Opens an article's document, or joins the connection that this page has to it already. A reader who is only
 * shown its words (the other stories of a page) is not `present` in it. Call `release` when done. */
export function openRoom(article: string, { present = true }: { present?: boolean } = {}): ArticleRoom {
  const opened = open.get(article) ?? {
    connection: connect(article, owner, () => open.delete(article)),
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
    connection: connect(page, owner, () => openPages.delete(page), 'page'),
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

/** Ends every connection at once: at sign-out. Resolves when nothing more is written on this device. */
export async function endRooms(): Promise<void> {
  await Promise.all([...open.values(), ...openPages.values()].map(({ connection }) => connection.end()));
}

/** Articles, and pages with their frames, of which this browser page has something that the server lacks. */
export function unsentDocuments(): string[] {
  return [...open, ...openPages]
    .filter(([, { connection }]) => connection.room.status().unsent > 0)
    .map(([id]) => id);
}

/** The messages on a document's socket: y-websocket's, and one of our own. */

/** Version of this protocol and of the manuscript's schema, stated as `?v=` in the upgrade. */
export const protocolVersion = 1;

export const messageType = {
  sync: 0,
  awareness: 1,
  queryAwareness: 3,
  /** Server → client, only to those who ask with `?saved=1`: varUint, how many of this connection's
   * sync messages of subtype 1 and 2 are durable; then varUint 1 when this session may write now, 2 when it may
   * only suggest, 3 when it only reads because the client is of another version, else 0. */
  saved: 100,
} as const;

/** Why the server ends a socket. y-websocket 3.1 stops for good at 4400–4499 and retries at all others. */
export const closeCodes = {
  badMessage: 4400,
  signInNeeded: 4401,
  notAllowed: 4403,
  notFound: 4404,
  tooLarge: 4413,
  clientTaken: 4409,
  /** The member was removed from the newsroom: what this browser keeps of it goes. */
  memberGone: 4410,
  /** The log is another one than the browser's copy was made from (restored from a backup). */
  otherEpoch: 4412,
  /** A client of another version wrote; what it keeps waits for the right one. */
  otherVersion: 4426,
  tooMany: 4429,
  brokenLog: 1011,
  restarting: 1012,
  slowReader: 1013,
} as const;

export type CloseReason = keyof typeof closeCodes;

/** How much one frame, one socket, one member and one document may ask of the server (S8, S9, S10). */

export const bounds = {
  /** Bytes of a frame; ws itself closes above it with 1009. */
  frame: 1_500_000,
  /** Bytes of everything received and not yet written, for one document, before its sockets stop being read. */
  waiting: 8_000_000,
  /** Bytes of a document's updates, from its last snapshot on; a story of 50,000 characters with a long history
   * has about 3,000,000. */
  document: 40_000_000,
  /** Bytes of updates whose predecessors have not come, held for one socket. */
  held: 64 * 1024,
  structs: 50_000,
  deletes: 100_000,
  /** Yjs clients that one frame may bring something new of. */
  newClients: 16,
  /** Yjs clients that one socket may write of in its life. */
  clientsOfSocket: 64,
  /** Clients in a state vector beyond those the document knows. */
  strangers: 256,
  /** Distinct comment threads in one frame. */
  threads: 256,
  /** Characters of an attribute's value, of a key. */
  value: 2_000,
  key: 64,
  /** Bytes of a suggestion's entry. */
  entry: 4_096,
  /** Bytes of a presence state. */
  presence: 4_096,
  /** Sync messages a second, and how many at once; more are read later, none is lost. */
  rate: 60,
  burst: 300,
  /** State vectors a second, and how many at once; each costs a pass over the document. */
  questionRate: 2,
  questionBurst: 10,
  /** Times a second that presence is told to the others, the latest state each time. */
  presenceRate: 20,
  /** Presence messages a second that are read, and how many at once. */
  presenceReadRate: 200,
  presenceReadBurst: 400,
  /** Bytes a reader may leave unread. */
  unread: 4_000_000,
  socketsOfMember: 60,
  socketsOfDocument: 200,
} as const;

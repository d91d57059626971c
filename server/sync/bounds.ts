/** How much one frame, one socket, one member and one document may ask of the server (S8, S9, S10). */

export const bounds = {
  /** Bytes of a frame; ws itself closes above it with 1009. */
  frame: 1_500_000,
  /** Bytes of everything received and not yet written, for one document, before its sockets stop being read. */
  waiting: 8_000_000,
  /** Of a document, shared as growth.ts says. Bytes of its updates, from its last snapshot on: a story of 50,000
   * characters with a long history has about 3,000,000. Items, as Yjs keeps it in memory, some 500 bytes each:
   * such a story has 10,000, and 40,000 when every change was made somewhere else. Characters that stand in it,
   * paragraph ends included. */
  document: { bytes: 40_000_000, items: 100_000, characters: 400_000 },
  /** Bytes of updates whose predecessors have not come, held for one socket. */
  held: 64 * 1024,
  /** Structs and ranges of deletions that one frame may say; an answer may repeat the whole document. */
  structs: 50_000,
  deletes: 100_000,
  /** Those of them that are new: what two hours without a network or a paste of 50,000 characters bring is less
   * than a quarter. */
  newStructs: 20_000,
  newDeletes: 10_000,
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
  /** Of one member in one document: bytes of updates a second, and how many at once; two hours without a network are
   * some 1,000,000. A struct or a range counts as `structWeight` more, and each suggestion that an update of somebody
   * who only suggests was judged against as `itemWeight`; until it was judged, all of them do. */
  writeRate: 100_000,
  writeBurst: 2_000_000,
  structWeight: 50,
  /** Of one member in one document: bytes of answers a second, and how many at once; passing over an item of the
   * document counts as `itemWeight` more. */
  answerRate: 1_000_000,
  answerBurst: 2_000_000,
  itemWeight: 10,
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

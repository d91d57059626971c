/** Updates of one character, written without a document: what a keystroke in the middle of a story is on the
 * wire, for a hundredth of the work. */
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';

interface Id {
  client: number;
  clock: number;
}

/** Where a writer types: behind a character and before whatever stands there, as Yjs names them. */
export interface Spot {
  left: Id;
  right: Id;
}

function writeId(encoder: encoding.Encoder, { client, clock }: Id) {
  encoding.writeVarUint(encoder, client);
  encoding.writeVarUint(encoder, clock);
}

/** A string between `left` and `right`, as client `client` types it at its `clock` (V1). */
function insertion(client: number, clock: number, { left, right }: Spot, text: string): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, 1); // clients
  encoding.writeVarUint(encoder, 1); // structs
  writeId(encoder, { client, clock });
  encoding.writeUint8(encoder, 0x80 | 0x40 | 4); // both neighbours are named; a string
  writeId(encoder, left);
  writeId(encoder, right);
  encoding.writeVarString(encoder, text);
  encoding.writeVarUint(encoder, 0); // nothing deleted
  return encoding.toUint8Array(encoder);
}

/** Types one character after another at a spot. */
export class Typist {
  readonly client: number;
  clock = 0;
  #left: Id;
  #right: Id;

  constructor(client: number, spot: Spot) {
    this.client = client;
    this.#left = spot.left;
    this.#right = spot.right;
  }

  moveTo({ left, right }: Spot): void {
    this.#left = left;
    this.#right = right;
  }

  type(character = '稿'): Uint8Array {
    const update = insertion(this.client, this.clock, { left: this.#left, right: this.#right }, character);
    this.#left = { client: this.client, clock: this.clock };
    this.clock += 1;
    return update;
  }
}

/** The end of each paragraph that has words. */
export function spotsOf(text: Y.Text): Spot[] {
  const spots: Spot[] = [];
  for (let item = text._start; item !== null; item = item.right) {
    const left = item.prev;
    if (item.deleted || !(item.content instanceof Y.ContentType)) continue;
    if (left?.content instanceof Y.ContentString) spots.push({ left: left.lastId, right: item.id });
  }
  return spots;
}

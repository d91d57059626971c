/** How large a document may become, and by whom (S10). The first half of each bound is everybody's; of the other half
 * one member may fill half, so that nobody's writing closes the document to the others. */
import type * as Y from 'yjs';
import { manuscriptOf } from '../../shared/manuscript/flat.ts';
import { bounds } from './bounds.ts';

/** What an update adds, at most; characters also fewer than none, when it deletes what is not applied yet. */
export interface Added {
  bytes: number;
  items: number;
  characters: number;
}

/** One bound, and what each member added beyond its half. */
class Bound {
  readonly #most: number;
  readonly #beyond = new Map<string, number>();

  constructor(most: number) {
    this.#most = most;
  }

  allows(member: string, total: number, more: number): boolean {
    if (more <= 0) return true;
    return total + more <= this.#most && this.#share(member, total, more) <= this.#most / 4;
  }

  add(member: string, total: number, more: number): void {
    const share = this.#share(member, total, more);
    if (share > 0) this.#beyond.set(member, share);
    else this.#beyond.delete(member);
  }

  /** Below its half nothing is held against anybody. */
  forgive(total: number): void {
    if (total <= this.#most / 2) this.#beyond.clear();
  }

  #share(member: string, total: number, more: number): number {
    const half = this.#most / 2;
    const beyond = Math.max(0, total + more - half) - Math.max(0, total - half);
    return (this.#beyond.get(member) ?? 0) + beyond;
  }
}

export class Growth {
  readonly #doc: Y.Doc;
  readonly #text: Y.Text;
  readonly #bounds = {
    bytes: new Bound(bounds.document.bytes),
    items: new Bound(bounds.document.items),
    characters: new Bound(bounds.document.characters),
  };
  #bytes: number;
  /** As counted last, and what was added at most since: Yjs joins what it can. */
  #items: number;
  /** Of what was accepted and is not applied yet. */
  #waiting = { items: 0, characters: 0 };

  /** `bytes` are those of the updates that the document was built from. */
  constructor(doc: Y.Doc, bytes: number) {
    this.#doc = doc;
    this.#text = manuscriptOf(doc);
    this.#bytes = bytes;
    this.#items = itemsOf(doc);
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** At most so many. */
  get items(): number {
    return this.#items;
  }

  /** Whether the document takes this of the member. When it does not, it was counted before that was said. */
  allows(member: string, added: Added): boolean {
    if (this.#allows(member, added)) return true;
    this.#items = itemsOf(this.#doc) + this.#waiting.items;
    return this.#allows(member, added);
  }

  add(member: string, { bytes, items, characters }: Added): void {
    this.#bounds.bytes.add(member, this.#bytes, bytes);
    this.#bounds.items.add(member, this.#items, items);
    this.#bounds.characters.add(member, this.#characters, characters);
    this.#bytes += bytes;
    this.#items += items;
    this.#waiting.items += items;
    this.#waiting.characters += characters;
  }

  /** Everything added so far stands in the document now. */
  applied(): void {
    this.#waiting = { items: 0, characters: 0 };
  }

  get #characters(): number {
    return this.#text.length + this.#waiting.characters;
  }

  #allows(member: string, { bytes, items, characters }: Added): boolean {
    const { bytes: inBytes, items: inItems, characters: inCharacters } = this.#bounds;
    inItems.forgive(this.#items);
    inCharacters.forgive(this.#characters);
    return (
      inBytes.allows(member, this.#bytes, bytes) &&
      inItems.allows(member, this.#items, items) &&
      inCharacters.allows(member, this.#characters, characters)
    );
  }
}

/** Costs one look at each client id, never at each item. */
function itemsOf(doc: Y.Doc): number {
  let items = 0;
  for (const structs of doc.store.clients.values()) items += structs.length;
  return items;
}

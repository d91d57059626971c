/** A typist who may only suggest: each key is a character under the entry that grows with it. */
import * as Y from 'yjs';
import { manuscriptOf } from '../../shared/manuscript/flat.ts';
import { limitTidying } from '../../shared/manuscript/tidying.ts';
import { suggestWords } from '../../shared/suggestions/suggest.ts';
import type { Target } from '../sync/line.ts';
import { readDocument, settled } from '../sync/stories.ts';

/** Gives the story a headline and hands it in, so that its people may only suggest. Resolves with the story. */
export async function handIn(target: Target): Promise<Uint8Array> {
  const { port, documents, tokens } = target;
  const { doc, text, line } = await readDocument(target, 0);
  doc.on('update', (update: Uint8Array) => line.say(update));
  text.insert(0, '标题');
  await settled(target, 0, line, doc);
  await line.wire.close();
  const answer = await fetch(`http://127.0.0.1:${port}/api/articles/${documents[0]}/acts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokens[0]![0]}`, 'content-type': 'application/json' },
    body: JSON.stringify({ action: 'submit' }),
  });
  if (!answer.ok) throw new Error(`handing in: ${answer.status} ${await answer.text()}`);
  return Y.encodeStateAsUpdate(doc);
}

export class SuggestingTypist {
  readonly client: number;
  /** Clocks that a key takes. */
  readonly stride = 2;
  readonly #doc = limitTidying(new Y.Doc());
  #said: Uint8Array = new Uint8Array();
  #next = 0;
  readonly #at: number;

  /** What others do meanwhile is not heard: the keys go on behind each other all the same. */
  constructor(client: number, state: Uint8Array) {
    this.client = client;
    Y.applyUpdate(this.#doc, state);
    this.#doc.clientID = client;
    this.#doc.on('update', (update: Uint8Array) => {
      this.#said = update;
    });
    this.#at = Math.floor(manuscriptOf(this.#doc).length / 2);
  }

  type(character = '稿'): Uint8Array {
    const hand = {
      doc: this.#doc,
      mine: (client: number) => client === this.client,
      newId: () => `typist${this.client}`.padEnd(22, 'A'),
    };
    suggestWords(hand, this.#at + this.#next, character);
    this.#next += 1;
    return this.#said;
  }
}

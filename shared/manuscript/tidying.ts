/** Yjs takes redundant formats out of a text by itself after a change from elsewhere: a change that nobody made. */
import type * as Y from 'yjs';
import { manuscriptOf } from './flat.ts';

/** Lets Yjs tidy a document's manuscript only while `may` says so; never, without it. To be called before anything
 * is applied. */
export function limitTidying(doc: Y.Doc, may: () => boolean = () => false): Y.Doc {
  let formatted = false;
  Object.defineProperty(manuscriptOf(doc), '_hasFormatting', {
    get: () => formatted && may(),
    set(next: boolean) {
      formatted = next;
    },
  });
  return doc;
}

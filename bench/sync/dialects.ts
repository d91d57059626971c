/** What each server wants to hear on its socket: y-websocket's messages, ours with the count of what is durable,
 * and Hocuspocus's, which carry the document's name and begin with a token. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

export const kinds = ['tonggao', 'hocuspocus', 'y-websocket'] as const;
export type Kind = (typeof kinds)[number];

/** Of a sync message: a state vector, what answers one, an update. */
export type Step = 0 | 1 | 2;

export type Heard =
  | { kind: 'sync'; step: Step; bytes: Uint8Array }
  /** So many of the messages sent are saved, by the server's word; `more` counts from the last word. */
  | { kind: 'saved'; all: number }
  | { kind: 'saved'; more: number }
  | { kind: 'other' };

export interface Dialect {
  path(document: string): string;
  headers(token: string): Record<string, string>;
  /** What is said first. */
  hello(document: string): Uint8Array[];
  sync(document: string, step: Step, bytes: Uint8Array): Uint8Array;
  hear(message: Uint8Array): Heard;
  /** Whether it ever says that something is saved. */
  tellsSaved: boolean;
}

function write(fill: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  fill(encoder);
  return encoding.toUint8Array(encoder);
}

function writeSync(encoder: encoding.Encoder, step: Step, bytes: Uint8Array) {
  encoding.writeVarUint(encoder, 0);
  encoding.writeVarUint(encoder, step);
  encoding.writeVarUint8Array(encoder, bytes);
}

const readSync = (decoder: decoding.Decoder): Heard => ({
  kind: 'sync',
  step: decoding.readVarUint(decoder) as Step,
  bytes: decoding.readVarUint8Array(decoder),
});

const plain: Dialect = {
  path: (document) => `/${document}`,
  headers: () => ({}),
  hello: () => [],
  sync: (_, step, bytes) => write((encoder) => writeSync(encoder, step, bytes)),
  hear(message) {
    const decoder = decoding.createDecoder(message);
    return decoding.readVarUint(decoder) === 0 ? readSync(decoder) : { kind: 'other' };
  },
  tellsSaved: false,
};

export const dialects: Record<Kind, Dialect> = {
  'y-websocket': plain,
  tonggao: {
    ...plain,
    path: (document) => `/sync/article/${document}?v=1&saved=1`,
    headers: (token) => ({ Authorization: `Bearer ${token}` }),
    hear(message) {
      const decoder = decoding.createDecoder(message);
      const kind = decoding.readVarUint(decoder);
      if (kind === 0) return readSync(decoder);
      return kind === 100 ? { kind: 'saved', all: decoding.readVarUint(decoder) } : { kind: 'other' };
    },
    tellsSaved: true,
  },
  hocuspocus: {
    path: () => '/',
    headers: () => ({}),
    hello: (document) => [
      write((encoder) => {
        encoding.writeVarString(encoder, document);
        encoding.writeVarUint(encoder, 2); // Auth
        encoding.writeVarUint(encoder, 0); // a token
        encoding.writeVarString(encoder, 'anybody');
        encoding.writeVarString(encoder, '4.7.0');
      }),
    ],
    sync: (document, step, bytes) =>
      write((encoder) => {
        encoding.writeVarString(encoder, document);
        writeSync(encoder, step, bytes);
      }),
    hear(message) {
      const decoder = decoding.createDecoder(message);
      decoding.readVarString(decoder);
      const kind = decoding.readVarUint(decoder);
      // Sync, and SyncReply, which is the same without a question in return.
      if (kind === 0 || kind === 4) return readSync(decoder);
      if (kind === 8) return { kind: 'saved', more: decoding.readVarUint(decoder) };
      return { kind: 'other' };
    },
    tellsSaved: true,
  },
};

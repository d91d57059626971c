/** Reads a Yjs update (V1) in one bounded scan, before anything of it is given to Yjs (S8). */
import { bounds } from './bounds.ts';
import type { Range } from './ranges.ts';
import { Malformed, Reader } from './reader.ts';

export interface Id {
  client: number;
  clock: number;
}

type Content =
  | { kind: 'gc' | 'skip' | 'deleted' | 'end' }
  | { kind: 'text'; text: string }
  | { kind: 'embed'; value: unknown }
  | { kind: 'format'; key: string; value: unknown }
  | { kind: 'values'; values: readonly unknown[] };

export interface Struct {
  clock: number;
  length: number;
  /** Bytes that it takes in the update. */
  size: number;
  content: Content;
  origin: Id | null;
  rightOrigin: Id | null;
  /** A root's name, or the item whose type it is in; null when the neighbours tell. */
  parent: string | Id | null;
  /** Key in a map; null in a sequence, or when the neighbours tell. */
  key: string | null;
}

export interface Block {
  client: number;
  structs: Struct[];
}

export interface Update {
  bytes: Uint8Array;
  blocks: Block[];
  deletes: { client: number; ranges: Range[] }[];
  /** How many structs and ranges it says. */
  parts: number;
  /** Where in the bytes the deletions begin. */
  deletesAt: number;
  /** Whether it answers a question: then it may hold what its sender heard of others (S3). */
  answers: boolean;
}

/** Yjs client ids are 32 bits. */
const maxClient = 0xffff_ffff;
const maxClock = 0x7fff_ffff;
const gcRef = 0;
const skipRef = 10;

function readId(from: Reader): Id {
  return { client: from.uint(maxClient), clock: from.uint(maxClock) };
}

/** lib0's `any`, of plain values only; an entry of a map of a map is as deep as it goes. */
function readAny(from: Reader, depth: number): unknown {
  const type = from.byte();
  switch (type) {
    case 127:
      return undefined;
    case 126:
      return null;
    case 125: {
      const start = from.pos;
      from.skipInt();
      return integerAt(from.bytes, start);
    }
    case 124:
    case 123: {
      const size = type === 124 ? 4 : 8;
      from.skip(size);
      const view = new DataView(from.bytes.buffer, from.bytes.byteOffset + from.pos - size, size);
      return size === 4 ? view.getFloat32(0) : view.getFloat64(0);
    }
    case 121:
      return false;
    case 120:
      return true;
    case 119:
      return from.text(bounds.entry);
    case 118: {
      if (depth === 0) break;
      const entries: [string, unknown][] = [];
      for (let left = from.uint(from.left); left > 0; left--) {
        entries.push([from.text(bounds.key), readAny(from, depth - 1)]);
      }
      return new Map(entries);
    }
    case 117: {
      if (depth === 0) break;
      const list: unknown[] = [];
      for (let left = from.uint(from.left); left > 0; left--) list.push(readAny(from, depth - 1));
      return list;
    }
  }
  throw new Malformed('a value is of a kind that is not taken');
}

/** What `readAny` read, with objects in place of maps. */
export function plainValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainValue);
  if (!(value instanceof Map)) return value;
  return Object.fromEntries([...value].map(([key, inner]) => [key, plainValue(inner)]));
}

function integerAt(bytes: Uint8Array, start: number): number {
  const first = bytes[start] ?? 0;
  let value = first & 63;
  let scale = 64;
  for (let at = start, byte = first; byte >= 128; scale *= 128) {
    at += 1;
    byte = bytes[at] ?? 0;
    value += (byte & 127) * scale;
  }
  return first & 64 ? -value : value;
}

/** Levels of objects and lists inside a value. */
const valueDepth = 3;

function readContent(ref: number, from: Reader): { content: Content; length: number } {
  switch (ref) {
    case 1:
      return { content: { kind: 'deleted' }, length: from.uint(maxClock) };
    case 4: {
      const text = from.text();
      return { content: { kind: 'text', text }, length: text.length };
    }
    case 5:
      return { content: { kind: 'embed', value: from.json(bounds.value) }, length: 1 };
    case 6: {
      const key = from.text(bounds.key);
      return { content: { kind: 'format', key, value: from.json(bounds.value * 4) }, length: 1 };
    }
    case 7:
      if (from.uint() !== 1) throw new Malformed('a type that is no map');
      return { content: { kind: 'end' }, length: 1 };
    case 8: {
      const length = from.uint(from.left);
      const values: unknown[] = [];
      for (let i = 0; i < length; i++) values.push(readAny(from, valueDepth));
      return { content: { kind: 'values', values }, length };
    }
    default:
      throw new Malformed(`content of kind ${ref} is not taken`);
  }
}

function readStruct(from: Reader, clock: number): Struct {
  const start = from.pos;
  const info = from.byte();
  const ref = info & 31;
  const plain = { clock, origin: null, rightOrigin: null, parent: null, key: null };
  if (ref === gcRef || ref === skipRef) {
    const length = from.uint(maxClock);
    return { ...plain, length, size: from.pos - start, content: { kind: ref === gcRef ? 'gc' : 'skip' } };
  }
  const origin = info & 128 ? readId(from) : null;
  const rightOrigin = info & 64 ? readId(from) : null;
  let parent: Struct['parent'] = null;
  let key: string | null = null;
  if (!origin && !rightOrigin) {
    parent = from.uint(1) === 1 ? from.text(bounds.key) : readId(from);
    if (info & 32) key = from.text(bounds.key);
  }
  const read = readContent(ref, from);
  return { clock, size: from.pos - start, origin, rightOrigin, parent, key, ...read };
}

/** Reads an update, or throws Malformed. Nothing is asked about what it refers to. */
export function readUpdate(bytes: Uint8Array, answers = false): Update {
  const from = new Reader(bytes);
  const blocks: Block[] = [];
  const seen = new Set<number>();
  let structsLeft: number = bounds.structs;
  for (let left = from.uint(from.left); left > 0; left--) {
    const count = from.uint(Math.min(from.left, structsLeft));
    structsLeft -= count;
    const client = from.uint(maxClient);
    if (seen.has(client)) throw new Malformed('a client comes twice');
    seen.add(client);
    let clock = from.uint(maxClock);
    const structs: Struct[] = [];
    for (let i = 0; i < count; i++) {
      const struct = readStruct(from, clock);
      if (struct.length === 0) throw new Malformed('a struct is empty');
      clock += struct.length;
      if (clock > maxClock) throw new Malformed('a clock is out of its bounds');
      structs.push(struct);
    }
    blocks.push({ client, structs });
  }
  const deletesAt = from.pos;
  const deletes: Update['deletes'] = [];
  let rangesLeft: number = bounds.deletes;
  seen.clear();
  for (let left = from.uint(from.left); left > 0; left--) {
    const client = from.uint(maxClient);
    if (seen.has(client)) throw new Malformed('a client comes twice');
    seen.add(client);
    const count = from.uint(Math.min(from.left, rangesLeft));
    rangesLeft -= count;
    const ranges: Range[] = [];
    for (let i = 0; i < count; i++) ranges.push({ clock: from.uint(maxClock), length: from.uint(maxClock) });
    deletes.push({ client, ranges });
  }
  from.end();
  const parts = bounds.structs - structsLeft + bounds.deletes - rangesLeft;
  return { bytes, blocks, deletes, parts, deletesAt, answers };
}

/** For tests: what honest editors say of a document as it stands (writers, members who may only suggest, designers
 * laying a page), and what becomes of it: lies in its own form, and bytes mangled. */
import * as Y from 'yjs';
import { manuscriptOf, newEnd } from '../../shared/manuscript/flat.ts';
import { paragraphStyles } from '../../shared/manuscript/styles.ts';
import { limitTidying } from '../../shared/manuscript/tidying.ts';
import { frameKinds, plainFrame, wholeCrop } from '../../shared/pages/frame.ts';
import { addFrame, changeFrame, framesOf, readFrames, removeFrames } from '../../shared/pages/layout-map.ts';
import type { ItemRange } from '../../shared/suggestions/item-range.ts';
import { Coverage, stretchesOf } from '../../shared/suggestions/ranges.ts';
import { suggestionsOf } from '../../shared/suggestions/read.ts';
import {
  type Hand,
  ownEntries,
  suggestDeletion,
  suggestEmbed,
  suggestEnd,
  suggestFormat,
  suggestWords,
  withdraw,
} from '../../shared/suggestions/suggest.ts';
import { idFrom, type Random } from '../../shared/suggestions/trial.ts';
import { pageId, presenceFrame, storyId, syncFrame } from './trial.ts';

export const roles = ['writer', 'suggester', 'designer'] as const;
export type Role = (typeof roles)[number];

/** Somebody at a document. */
export interface Speaker {
  role: Role;
  doc: Y.Doc;
  /** The Yjs clients that the same member has had, this document's among them. */
  mine: Set<number>;
}

/** Sits down at an empty document, to be filled by the server. */
export function sitDown(role: Role, mine: Set<number>): Speaker {
  const doc = new Y.Doc();
  if (role === 'designer') framesOf(doc);
  else if (role === 'suggester') limitTidying(doc);
  else manuscriptOf(doc);
  mine.add(doc.clientID);
  return { role, doc, mine };
}

/** What a document says of a change; null when it changed nothing. */
function saidBy(doc: Y.Doc, change: () => void): Uint8Array | null {
  const said: Uint8Array[] = [];
  const say = (update: Uint8Array) => said.push(update);
  doc.on('update', say);
  doc.transact(change);
  doc.off('update', say);
  return said[0] ? syncFrame(2, said[0]) : null;
}

const asksForPresence = Uint8Array.of(3);

/** One honest frame: a change of any kind that the role has, a question, an answer, presence. */
export function honest({ role, doc, mine }: Speaker, random: Random): Uint8Array {
  const kind = random(12);
  if (kind === 0)
    return presenceFrame([{ client: doc.clientID, clock: 1 + random(9), state: '{"caret":{"at":3}}' }]);
  if (kind === 1) return syncFrame(0, Y.encodeStateVector(doc));
  if (kind === 2) return syncFrame(1, Y.encodeStateAsUpdate(doc));
  const change = {
    writer: () => write(doc, random),
    suggester: () => suggest({ doc, mine: (client) => mine.has(client), newId: idFrom(random) }, random),
    designer: () => lay(doc, random),
  };
  return saidBy(doc, change[role]) ?? asksForPresence;
}

function write(doc: Y.Doc, random: Random) {
  const text = manuscriptOf(doc);
  const at = random(text.length);
  switch (random(8)) {
    case 0:
      return text.insertEmbed(at, newEnd({ style: 'quote' }), {});
    case 1:
      return text.insertEmbed(at, { mention: storyId }, {});
    case 2:
      return at + 1 < text.length ? text.format(at, 1, { bold: true }) : undefined;
    case 3:
      return at + 1 < text.length ? text.delete(at, 1) : undefined;
    case 4:
      for (const { insert } of text.toDelta() as { insert: unknown }[])
        if (insert instanceof Y.Map && random(3) === 0) insert.set('style', 'headline');
      return;
    case 5:
      return text.insert(at, '链接', { link: 'https://news.example/a' });
    default:
      return text.insert(at, '新添的字', {});
  }
}

/** Where words of one's own suggestions stand, unanswered. */
function ownWords(hand: Hand): { index: number; length: number }[] {
  const own = ownEntries(hand).filter(({ entry }) => entry.kind === 'insert');
  const coverage = new Coverage(own.map(({ id, entry }) => [id, entry]));
  return stretchesOf(manuscriptOf(hand.doc), coverage).filter(({ ids }) => ids.length > 0);
}

function suggest(hand: Hand, random: Random) {
  const text = manuscriptOf(hand.doc);
  const at = random(text.length);
  const to = Math.min(at + 1 + random(4), text.length - 1);
  switch (random(10)) {
    case 0:
      return suggestEmbed(hand, at, { values: { style: 'quote' } });
    case 1:
      return suggestEmbed(hand, at, { embed: { mention: storyId } });
    case 2:
    case 3:
      return void suggestDeletion(hand, at, to);
    case 4: {
      const ends = stretchesOf(text, new Coverage([])).filter(({ end }) => end);
      const style = paragraphStyles[random(paragraphStyles.length - 1)]!;
      return suggestEnd(hand, ends[random(ends.length)]?.index ?? 0, { style });
    }
    case 5:
      return suggestFormat(hand, at, to, random(2) === 0 ? { bold: true } : { link: 'https://news.example' });
    case 6: {
      const own = ownEntries(hand);
      const most = random(4) === 0 ? own.length : 1;
      const from = random(Math.max(1, own.length));
      return withdraw(
        hand,
        own.slice(from, from + most).map(({ id }) => id),
      );
    }
    case 7: {
      const own = ownWords(hand);
      const one = own[random(Math.max(1, own.length))];
      return one && void suggestDeletion(hand, one.index, one.index + 1 + random(one.length));
    }
    default:
      return suggestWords(hand, at, '建议添上'.slice(0, 1 + random(4)));
  }
}

function lay(doc: Y.Doc, random: Random) {
  const frames = readFrames(doc);
  const one = frames[random(Math.max(1, frames.length))];
  const place = { column: random(12), line: random(300), columns: 1 + random(4), lines: 1 + random(100) };
  switch (one ? random(7) : 0) {
    case 0:
      return addFrame(doc, plainFrame(idFrom(random)(), frameKinds[random(frameKinds.length)]!, place));
    case 1:
      return removeFrames(doc, frames.length > 20 ? frames.slice(10).map(({ id }) => id) : [one!.id]);
    case 2: {
      const picture = { column: 0, line: 0, columns: 1, lines: 4, ...wholeCrop };
      return changeFrame(doc, one!.id, { pictures: [{ figure: random(32), ...picture }] });
    }
    case 3:
      return changeFrame(doc, one!.id, { text: '编者按'.repeat(1 + random(100)) });
    case 4:
      return changeFrame(doc, one!.id, { setting: { ...one!.setting, tracking: random(30) } });
    default:
      return changeFrame(doc, one!.id, { place });
  }
}

/** A change that an honest editor's library could write and the role may not make, or that names what is not so. */
export function crooked({ role, doc }: Speaker, random: Random): Uint8Array {
  return (
    saidBy(doc, () => (role === 'designer' ? layWrong(doc, random) : claim(doc, random))) ?? asksForPresence
  );
}

function layWrong(doc: Y.Doc, random: Random) {
  const frames = framesOf(doc);
  const key = [...frames.keys()][random(Math.max(1, frames.size))] ?? 'f.place';
  switch (random(5)) {
    case 0:
      return void frames.set(key, '字'.repeat(random(3_000)));
    case 1:
      return void frames.set(key, { column: 99, line: -1, columns: 0, lines: 1e9 });
    case 2:
      return void frames.set(`${key}${random(99)}`, true);
    case 3:
      return void frames.set(key, new Y.Map());
    default:
      return manuscriptOf(doc).insert(0, '页上的字');
  }
}

function claim(doc: Y.Doc, random: Random) {
  const text = manuscriptOf(doc);
  const suggestions = suggestionsOf(doc);
  const at = random(text.length);
  const clients = [...doc.store.clients.keys()];
  const range = (): ItemRange => {
    const client = clients[random(clients.length)] ?? doc.clientID;
    return [client, random(Y.getState(doc.store, client) + 3), 1 + random(40)];
  };
  const ranges = Array.from({ length: 1 + random(random(8) === 0 ? 300 : 4) }, range);
  const kind = ['insert', 'delete', 'restyle', 'format', 'accepted'][random(5)];
  const value = { kind, ranges, ...(kind === 'format' || kind === 'restyle' ? { values: {} } : {}) };
  const ids = [...suggestions.keys()];
  const another = ids[random(Math.max(1, ids.length))] ?? idFrom(random)();
  switch (random(8)) {
    case 0:
      return text.insert(at, '偷偷');
    case 1:
      return text.delete(at, Math.min(1 + random(9), text.length - at));
    case 2:
      return text.format(at, 1, { bold: true });
    case 3:
      return suggestions.delete(another);
    case 4:
      return void suggestions.set(another, value);
    case 5:
      text.insert(at, '半真');
      return void suggestions.set(another, value);
    case 6:
      for (const { insert } of text.toDelta() as { insert: unknown }[])
        if (insert instanceof Y.Map && random(3) === 0) insert.set('style', 'headline');
      return;
    default:
      return void suggestions.set(idFrom(random)(), value);
  }
}

const telling = [0, 1, 2, 3, 4, 7, 8, 9, 10, 100, 127, 128, 129, 192, 254, 255];

/** The frame with one to four things wrong in it. */
export function mangled(frame: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  let bytes = [...frame];
  for (let times = 1 + random(4); times > 0; times--) {
    const at = random(bytes.length + 1);
    const act = random(9);
    if (act === 0) bytes[at] = random(256);
    else if (act === 1) bytes[at] = telling[random(telling.length)]!;
    else if (act === 2) bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
    else if (act === 3) bytes.splice(at, 1 + random(8));
    else if (act === 4) bytes.splice(at, 0, ...Array.from({ length: 1 + random(8) }, () => random(256)));
    else if (act === 5) bytes = bytes.slice(0, at);
    else if (act === 6) bytes.splice(at, 0, ...bytes.slice(at, at + 1 + random(30)));
    else if (act === 7) bytes = [...bytes.slice(0, at), ...other.slice(random(other.length + 1))];
    else bytes.splice(at, 0, 255, 255, 255, 255, 255, 255, 255, random(128));
  }
  return Uint8Array.from(bytes.slice(0, 100_000), (byte) => byte ?? 0);
}

/** The path behind the server's of the document that a role writes. */
export const documentOf = (role: Role) => (role === 'designer' ? pageId : storyId);

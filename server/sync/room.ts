/** One loaded document: the queue by which everything gets into it, and the order of S1: judged, in the log,
 * applied, told to the others, acknowledged. */
import * as Y from 'yjs';
import { repairFinalEnd } from '../../shared/manuscript/flat.ts';
import type { CloseReason } from '../../shared/sync/protocol.ts';
import type { Logger } from '../log.ts';
import { bounds } from './bounds.ts';
import { Budgets } from './budgets.ts';
import { watchFinalEnd } from './final-end.ts';
import type { Form } from './form.ts';
import { Growth } from './growth.ts';
import { Guard } from './guard.ts';
import type { Log, NewRow } from './log.ts';
import { exactDoc } from './log-store.ts';
import * as messages from './messages.ts';
import type { Access, SyncMeter } from './ports.ts';
import type { Update } from './update.ts';

/** A socket, as its room sees it. */
export interface Peer {
  readonly member: string;
  /** What this session may do at this moment. */
  access(): Access;
  send(message: Uint8Array): void;
  /** So many more of its messages are durable. */
  acknowledge(count: number): void;
  refuse(reason: CloseReason, detail: string): void;
  /** Whether it was refused; what it sent before and nobody judged yet is dropped. */
  readonly refused: boolean;
}

interface Frame {
  kind: 'frame';
  /** When it came, by performance.now(). */
  since: number;
  peer: Peer;
  update: Update;
  /** What its member's budget was charged for looking through suggestions, before anybody knew. */
  charged: number;
}

interface Edit {
  kind: 'edit';
  since: number;
  change: (doc: Y.Doc) => unknown;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

interface Deps {
  document: string;
  kind: Form['kind'];
  log: Log;
  logger: Logger;
  meter?: SyncMeter;
  /** Client id of the server's own edits, new for each load. */
  serverClient: number;
  onChanged: (change: { seq: number; at: Date; members: string[] }) => void;
  /** The log failed, or the document: nothing of this room can be trusted any more. */
  onBroken: () => void;
  now: () => Date;
}

/** Updates after the last snapshot at which a new one is made: while people write, since making one holds
 * appends up; and when the document is let go. */
const snapshotEvery = 5_000;
const snapshotAtRest = 500;
/** Bytes of one group in the log; and after how many of one member's in it what else they sent waits for the next, so
 * that nobody's key waits behind all of it. */
const groupBytes = 2_000_000;
const memberBytes = 64_000;

export class Room {
  readonly doc: Y.Doc;
  readonly peers = new Set<Peer>();
  /** Client ids that sockets have shown in presence, and whose they are. */
  readonly claims = new Map<number, string | null>();
  readonly guard: Guard;
  readonly growth: Growth;
  readonly budgets = new Budgets();
  readonly #deps: Deps;
  readonly #owners: Map<number, string | null>;
  readonly #hasFinalEnd: () => boolean;
  #seq: number;
  #sinceSnapshot: number;
  #queue: (Frame | Edit)[] = [];
  #waitingBytes = 0;
  readonly #held = new Map<Peer, Update[]>();
  #turning: Promise<void> | null = null;
  #unsavedSince: number | null = null;
  #broken = false;
  #snapshotting = false;
  #whole: Uint8Array | null = null;

  /** `doc` is the document as the log has it at `seq`. */
  constructor(
    doc: Y.Doc,
    stored: { seq: number; sinceSnapshot: number; bytes: number; clients: Iterable<[number, string | null]> },
    deps: Deps,
  ) {
    this.doc = doc;
    this.#deps = deps;
    this.#hasFinalEnd = deps.kind === 'manuscript' ? watchFinalEnd(doc) : () => true;
    this.#seq = stored.seq;
    this.#sinceSnapshot = stored.sinceSnapshot;
    this.#owners = new Map(stored.clients);
    this.claims.set(deps.serverClient, null);
    this.growth = new Growth(doc, stored.bytes);
    this.guard = new Guard(doc, this.#owners, this.claims, deps.kind, this.growth);
    this.#repair();
  }

  /** Client id → the member it is bound to, null for the server. */
  get owners(): ReadonlyMap<number, string | null> {
    return this.#owners;
  }

  get seq(): number {
    return this.#seq;
  }

  /** The whole document as an answer to who has nothing, made once between two changes. */
  get whole(): Uint8Array {
    this.#whole ??= messages.answer(this.doc);
    return this.#whole;
  }

  /** Whether everything that was received is judged and durable. */
  get settled(): boolean {
    return this.#turning === null;
  }

  /** When the oldest of what is neither durable nor refused came, by performance.now(). */
  get unsavedSince(): number | null {
    return this.#unsavedSince;
  }

  get broken(): boolean {
    return this.#broken;
  }

  /** Whether more may be received now. */
  get hasRoom(): boolean {
    return this.#waitingBytes < bounds.waiting;
  }

  /** Resolves when everything received until now is settled. */
  async settle(): Promise<void> {
    while (this.#turning) await this.#turning;
  }

  leave(peer: Peer): void {
    this.peers.delete(peer);
    this.#held.delete(peer);
  }

  receive(peer: Peer, update: Update, charged = 0): void {
    this.#waitingBytes += update.bytes.length;
    this.#queue.push({ kind: 'frame', since: performance.now(), peer, update, charged });
    this.#start();
  }

  edit<T>(change: (doc: Y.Doc) => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#broken) return reject(new Error('the log could not be written'));
      this.#queue.push({
        kind: 'edit',
        since: performance.now(),
        change,
        resolve: resolve as (value: unknown) => void,
        reject,
      });
      this.#start();
    });
  }

  #start() {
    this.#turning ??= this.#turn().finally(() => {
      this.#turning = null;
      this.#unsavedSince = null;
    });
  }

  async #turn(): Promise<void> {
    try {
      while (this.#queue.length > 0 && !this.#broken) {
        this.#unsavedSince = this.#queue[0]!.since;
        if (this.#queue[0]?.kind === 'edit') await this.#turnEdit(this.#queue.shift() as Edit);
        else await this.#turnFrames(this.#takeFrames());
      }
    } catch (error) {
      this.#break(error);
    }
  }

  /** The next frames, each member's in their order. */
  #takeFrames(): Frame[] {
    const frames: Frame[] = [];
    const later: Frame[] = [];
    const taken = new Map<string, number>();
    let bytes = 0;
    while (this.#queue[0]?.kind === 'frame' && bytes < groupBytes) {
      const frame = this.#queue.shift() as Frame;
      const { member } = frame.peer;
      const before = taken.get(member) ?? 0;
      if (before >= memberBytes) {
        later.push(frame);
        continue;
      }
      taken.set(member, before + frame.update.bytes.length);
      bytes += frame.update.bytes.length;
      frames.push(frame);
    }
    this.#queue.unshift(...later);
    this.#waitingBytes -= bytes;
    return frames;
  }

  async #turnFrames(frames: Frame[]): Promise<void> {
    const rows: NewRow[] = [];
    const durable = new Map<Peer, number>();
    const authors = new Set<Peer>();
    /** True when the peer's update is settled one way or the other, false when it waits. */
    const judge = (peer: Peer, update: Update): boolean => {
      const access = peer.access();
      if (access === 'none') {
        peer.refuse('notAllowed', 'may not read');
        return true;
      }
      const onlySuggests = access === 'suggest';
      const verdict = this.guard.judge(update, peer.member, access === 'write' || onlySuggests, onlySuggests);
      this.budgets.of(peer.member).writing.spend(this.guard.looked * bounds.itemWeight);
      if (verdict.kind === 'wait') return false;
      if (verdict.kind === 'refuse') {
        peer.refuse(verdict.reason, verdict.detail);
        return true;
      }
      durable.set(peer, (durable.get(peer) ?? 0) + 1);
      if (verdict.bytes) {
        rows.push({ bytes: verdict.bytes, member: peer.member, newClients: verdict.newClients });
        authors.add(peer);
      }
      return true;
    };
    for (const { peer, update, charged } of frames) {
      if (charged > 0) this.budgets.of(peer.member).writing.giveBack(charged);
      if (peer.refused) continue;
      if (!judge(peer, update)) this.#hold(peer, update);
    }
    this.#retry(judge);
    if (rows.length > 0) await this.#commit(rows, authors);
    for (const [peer, count] of durable) peer.acknowledge(count);
  }

  /** Keeps what builds on something that has not come, and asks for that. */
  #hold(peer: Peer, update: Update) {
    const held = this.#held.get(peer) ?? [];
    held.push(update);
    if (held.reduce((sum, { bytes }) => sum + bytes.length, 0) > bounds.held) {
      this.#held.delete(peer);
      peer.refuse('tooLarge', 'too much that builds on what never came');
      return;
    }
    // A socket that has left cannot answer any more.
    if (this.peers.has(peer)) this.#held.set(peer, held);
    if (held.length === 1) peer.send(messages.question(this.doc));
  }

  /** Judges again what waited, until nothing of it moves. */
  #retry(judge: (peer: Peer, update: Update) => boolean) {
    for (let moved = true; moved; ) {
      moved = false;
      for (const [peer, held] of [...this.#held]) {
        const left = held.filter((update) => !peer.refused && !judge(peer, update));
        if (left.length < held.length) moved = true;
        if (left.length > 0 && !peer.refused) this.#held.set(peer, left);
        else this.#held.delete(peer);
      }
    }
  }

  async #turnEdit({ change, resolve, reject }: Edit): Promise<void> {
    const { serverClient } = this.#deps;
    // A copy, so that the document never holds what is not durable, and a change that throws leaves no trace.
    const copy = exactDoc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(this.doc));
    copy.clientID = serverClient;
    const updates: Uint8Array[] = [];
    copy.on('update', (update: Uint8Array) => updates.push(update));
    let value: unknown;
    try {
      value = copy.transact(() => change(copy));
    } catch (error) {
      return reject(error);
    } finally {
      copy.destroy();
    }
    if (updates.length === 0) return resolve(value);
    const newClients = this.#owners.has(serverClient) ? [] : [serverClient];
    this.#owners.set(serverClient, null);
    try {
      await this.#commit([{ bytes: Y.mergeUpdates(updates), member: null, newClients }], new Set());
    } catch (error) {
      this.#broken = true;
      reject(error);
      throw error;
    }
    resolve(value);
  }

  /** Makes the rows durable, and only then part of the document and known to the others. */
  async #commit(rows: NewRow[], authors: Set<Peer>): Promise<void> {
    const { log, document, now, onChanged, meter } = this.#deps;
    const handed = performance.now();
    try {
      this.#seq = await log.append(document, this.#seq, rows);
    } catch (error) {
      meter?.notCommitted();
      throw error;
    }
    meter?.committed((performance.now() - handed) / 1000, rows.length);
    this.doc.transact(() => {
      for (const { bytes } of rows) Y.applyUpdate(this.doc, bytes);
    });
    if (this.doc.store.pendingStructs || this.doc.store.pendingDs) throw new Error('an update was not whole');
    this.guard.applied();
    this.#whole = null;
    const message = messages.update(
      rows.length === 1 ? rows[0]!.bytes : Y.mergeUpdates(rows.map(({ bytes }) => bytes)),
    );
    const [only] = authors.size === 1 ? authors : [];
    for (const peer of this.peers) if (peer !== only) peer.send(message);
    const members = new Set(rows.flatMap(({ member }) => member ?? []));
    onChanged({ seq: this.#seq, at: now(), members: [...members] });
    this.#repair();
    this.#sinceSnapshot += rows.length;
    this.#keepShort(snapshotEvery);
  }

  /** M2: a final paragraph end that was lost is put back, by the server alone. */
  #repair() {
    if (this.#seq === 0 || this.#queue.some(({ kind }) => kind === 'edit')) return;
    if (this.#hasFinalEnd()) return;
    this.edit(repairFinalEnd).catch((error: unknown) => {
      this.#deps.logger.warn(
        { err: error, document: this.#deps.document },
        'a paragraph end was not put back',
      );
    });
  }

  /** A snapshot, and below it what is old merged, a batch at a time so that appends come between. */
  async #shorten() {
    const { log, document } = this.#deps;
    await log.snapshot(document);
    for (let from: number | null = 0; from !== null && !this.#broken; )
      ({ next: from } = await log.compact(document, from));
  }

  /** The document is let go: what was written since the last snapshot becomes one. */
  rest(): void {
    // A snapshot also makes a document small again whose bytes were deleted since.
    this.#keepShort(this.growth.bytes > bounds.document.bytes / 4 ? 1 : snapshotAtRest);
  }

  #keepShort(from: number) {
    if (this.#sinceSnapshot < from || this.#snapshotting) return;
    const { logger, document } = this.#deps;
    this.#snapshotting = true;
    this.#sinceSnapshot = 0;
    this.#shorten()
      .catch((error: unknown) => logger.error({ err: error, document }, 'no snapshot could be made'))
      .finally(() => {
        this.#snapshotting = false;
      });
  }

  #break(error: unknown) {
    const { logger, document, onBroken } = this.#deps;
    logger.error({ err: error, document }, 'a document could not be written; it will be loaded again');
    this.#broken = true;
    const failed = error instanceof Error ? error : new Error(String(error));
    for (const entry of this.#queue) if (entry.kind === 'edit') entry.reject(failed);
    this.#queue = [];
    this.#waitingBytes = 0;
    onBroken();
    for (const peer of [...this.peers]) peer.refuse('brokenLog', 'the log could not be written');
  }
}

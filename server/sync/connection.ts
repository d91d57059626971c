/** One socket on one document: reads its frames within bounds, and alone turns a reason into a close code. */
import type { RawData } from 'ws';
import { type CloseReason, closeCodes, messageType } from '../../shared/sync/protocol.ts';
import type { Logger } from '../log.ts';
import { bounds } from './bounds.ts';
import { Bucket } from './bucket.ts';
import * as messages from './messages.ts';
import type { Access, Socket, Stay, SyncMeter } from './ports.ts';
import type { Presence } from './presence.ts';
import { Malformed, Reader } from './reader.ts';
import type { Peer, Room } from './room.ts';
import { readUpdate } from './update.ts';

interface Deps {
  socket: Socket;
  member: string;
  stay: Stay;
  /** Whether the client wants to hear what is durable (S2). */
  asksSaved: boolean;
  authorize: () => Access;
  /** The client is of another version: it only reads (S13). */
  outdated: boolean;
  /** Sync messages a second, and at once. */
  rate: { rate: number; burst: number };
  logger: Logger;
  meter?: SyncMeter;
  onClosed: (connection: Connection) => void;
}

/** Milliseconds that a refused socket has to take its close frame, and bytes that it may still say meanwhile. */
const farewell = 2_000;
const farewellBytes = 4_000_000;
/** Milliseconds until frames that came too fast are tried again. */
const breath = 50;

export class Connection implements Peer {
  readonly member: string;
  /** Resolves when the socket is closed. */
  readonly closed: Promise<void>;
  readonly #deps: Deps;
  readonly #updates: Bucket;
  readonly #questions: Bucket;
  readonly #presences: Bucket;
  readonly #clients = new Set<number>();
  #room: Room | null = null;
  #presence: Presence | null = null;
  #backlog: Uint8Array[] = [];
  #timer: NodeJS.Timeout | null = null;
  #durable = 0;
  #refused = false;
  #afterRefusal = 0;
  #stopped = false;
  #answered = true;
  #told: Access = 'none';
  #access: Access = 'none';
  /** Whether `#access` was asked in this turn of the event loop: what changed since was told to nobody yet. */
  #askedNow = false;

  constructor(deps: Deps) {
    const { socket, member, rate } = deps;
    this.#deps = deps;
    this.member = member;
    const now = () => performance.now();
    this.#updates = new Bucket(rate.rate, rate.burst, now);
    this.#questions = new Bucket(bounds.questionRate, bounds.questionBurst, now);
    this.#presences = new Bucket(bounds.presenceReadRate, bounds.presenceReadBurst, now);
    socket.binaryType = 'nodebuffer';
    // Without a listener an error of the socket ends the process. ws closes it by itself.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      deps.logger.debug({ err: error, member }, 'a socket failed');
      if (!error.code?.startsWith('WS_ERR_')) return;
      const tooLong = error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH';
      deps.meter?.refused(tooLong ? 'tooLarge' : 'badMessage');
    });
    socket.on('message', (data: RawData, isBinary: boolean) => {
      if (!isBinary) this.refuse('badMessage', 'text');
      else this.#receive(data as Buffer);
    });
    socket.on('pong', () => {
      this.#answered = true;
    });
    this.closed = new Promise((resolve) => {
      socket.on('close', () => {
        this.#leave();
        resolve();
      });
    });
    // Nothing is read before the document is there (S5).
    socket.pause();
  }

  get refused(): boolean {
    return this.#refused;
  }

  get room(): Room | null {
    return this.#room;
  }

  /** Bytes handed to the socket that the network has not taken. */
  get buffered(): number {
    return this.#deps.socket.bufferedAmount;
  }

  access(): Access {
    if (this.#askedNow) return this.#access;
    this.#askedNow = true;
    setImmediate(() => {
      this.#askedNow = false;
    });
    this.#access = this.#deps.authorize();
    return this.#access;
  }

  /** Whether the member shows as inside the document. */
  get shows(): boolean {
    return this.#presence?.shows(this) ?? false;
  }

  /** Lets the socket into its document. */
  enter(room: Room, presence: Presence): void {
    if (this.#deps.socket.readyState !== this.#deps.socket.OPEN) return;
    this.#room = room;
    this.#presence = presence;
    room.peers.add(this);
    this.#told = this.access();
    if (this.#deps.asksSaved) this.send(messages.saved(0, this.#permit(this.#told)));
    this.send(messages.question(room.doc));
    presence.tell(this);
    this.#deps.socket.resume();
  }

  send(message: Uint8Array) {
    const { socket } = this.#deps;
    if (this.#refused || socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > bounds.unread) return this.refuse('slowReader', 'reads too slowly');
    socket.send(message);
  }

  acknowledge(count: number): void {
    this.#durable += count;
    this.#tellSaved();
  }

  /** Asks again what this session may do. */
  recheck(known: boolean) {
    if (!known) return this.refuse('memberGone', 'no longer a member');
    if (!this.#deps.stay.holds()) return this.refuse('signInNeeded', 'the session has ended');
    this.#askedNow = false;
    const access = this.access();
    if (access === 'none') return this.refuse('notAllowed', 'may no longer read');
    if (this.#permit(access) !== this.#permit(this.#told) && this.#room) this.#tellSaved();
  }

  #tellSaved() {
    // As its last message found it; who may write no more since is told by `recheck`.
    this.#told = this.#access;
    if (this.#deps.asksSaved) this.send(messages.saved(this.#durable, this.#permit(this.#told)));
  }

  #permit = (access: Access) => messages.permit(access, this.#deps.outdated);

  refuse(because: CloseReason, detail: string): void {
    if (this.#refused) return;
    const { socket, logger, meter, outdated } = this.#deps;
    const reason = outdated && because === 'notAllowed' && this.#access !== 'none' ? 'otherVersion' : because;
    this.#refused = true;
    meter?.refused(reason);
    this.#backlog = [];
    logger.info({ reason, detail, member: this.member }, 'a socket was closed');
    // The close frame can only come in after what was sent before; reading goes on for the answer to it.
    socket.resume();
    socket.close(closeCodes[reason], reason);
    setTimeout(() => socket.terminate(), farewell).unref();
  }

  /** Says something when nothing else was said, and gives up a socket that no longer answers. */
  keepAlive() {
    const { socket } = this.#deps;
    if (socket.readyState !== socket.OPEN) return;
    if (!this.#answered) return socket.terminate();
    // A socket that is not read on purpose cannot answer.
    this.#answered = socket.isPaused;
    this.send(messages.keepAlive);
    socket.ping();
  }

  /** Takes nothing more in: the server is stopping. */
  stopReading() {
    this.#stopped = true;
    this.#backlog = [];
    this.#deps.socket.pause();
  }

  #receive(frame: Uint8Array) {
    if (this.#refused) {
      this.#afterRefusal += frame.length;
      if (this.#afterRefusal > farewellBytes) this.#deps.socket.terminate();
      return;
    }
    if (this.#stopped) return;
    this.#backlog.push(frame);
    if (this.#timer === null) this.#drain();
  }

  #drain() {
    this.#timer = null;
    const { socket } = this.#deps;
    while (this.#backlog.length > 0 && !this.#refused) {
      if (!this.#room?.hasRoom || !this.#mayRead(this.#room, this.#backlog[0]!)) {
        // What comes too fast is not lost and not kept: it stays with the sender.
        socket.pause();
        this.#timer = setTimeout(() => this.#drain(), breath);
        return;
      }
      this.#read(this.#backlog.shift()!);
    }
    if (socket.isPaused && !this.#stopped) socket.resume();
  }

  /** A client repeats every presence message that it hears, so those count by themselves. */
  #mayRead(room: Room, frame: Uint8Array): boolean {
    if (frame[0] === messageType.awareness) return this.#presences.take();
    const { answers, writing } = room.budgets.of(this.member);
    const asks = frame[0] === messageType.queryAwareness || frame[1] === messages.syncStep.question;
    return asks ? answers.open && this.#questions.take() : writing.open && this.#updates.take();
  }

  #read(frame: Uint8Array) {
    try {
      const access = this.access();
      if (access === 'none') return this.refuse('notAllowed', 'may no longer read');
      this.#understand(frame);
    } catch (error) {
      if (error instanceof Malformed) return this.refuse('badMessage', error.message);
      this.#deps.logger.error({ err: error, member: this.member }, 'a message could not be handled');
      this.refuse('badMessage', 'could not be handled');
    }
  }

  #understand(frame: Uint8Array) {
    if (frame.length > bounds.frame) return this.refuse('tooLarge', 'a frame');
    const from = new Reader(frame);
    switch (from.uint()) {
      case messageType.sync:
        return this.#understandSync(from);
      case messageType.awareness: {
        const message = from.block();
        from.end();
        return this.#presence?.receive(this, message);
      }
      case messageType.queryAwareness:
        from.end();
        return this.#presence?.tell(this);
      default:
        throw new Malformed('a message of unknown kind');
    }
  }

  #understandSync(from: Reader) {
    const room = this.#room;
    if (!room) return;
    const step = from.uint();
    const bytes = from.block();
    from.end();
    if (step === messages.syncStep.question) return this.#answer(room, bytes);
    if (step !== messages.syncStep.answer && step !== messages.syncStep.update) {
      throw new Malformed('a sync message of unknown kind');
    }
    const { writing } = room.budgets.of(this.member);
    writing.spend(bytes.length);
    const update = readUpdate(bytes, step === messages.syncStep.answer);
    writing.spend(update.parts * bounds.structWeight);
    // Whose words these are may have to be looked for among all that is suggested; what was not is given back.
    const charged = this.#access === 'suggest' ? room.guard.entries * bounds.itemWeight : 0;
    writing.spend(charged);
    for (const { client, structs } of update.blocks) if (structs.length > 0) this.#clients.add(client);
    if (this.#clients.size > bounds.clientsOfSocket) return this.refuse('tooMany', 'client ids');
    this.#deps.stay.used();
    room.receive(this, update, charged);
  }

  #answer(room: Room, bytes: Uint8Array) {
    const from = new Reader(bytes);
    const count = from.uint(room.doc.store.clients.size + bounds.strangers);
    for (let left = count; left > 0; left--) {
      from.uint();
      from.uint();
    }
    from.end();
    const answer = count === 0 ? room.whole : messages.answer(room.doc, bytes);
    room.budgets.of(this.member).answers.spend(answer.length + room.growth.items * bounds.itemWeight);
    this.send(answer);
  }

  #leave() {
    if (this.#timer) clearTimeout(this.#timer);
    this.#backlog = [];
    this.#room?.leave(this);
    this.#presence?.leave(this);
    this.#deps.onClosed(this);
  }
}

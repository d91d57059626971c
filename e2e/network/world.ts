/** A newsroom on a simulated network: a server that may be killed, pages that come and go, lines between them that
 * break in every way a network has, and members of whom some may only suggest and some may do another thing from one
 * moment to the next. All of it follows from a seed. */
import * as Y from 'yjs';
import { type Connection, connect } from '../../client/live/connect.ts';
import { device, type Owner } from '../../client/live/device.ts';
import { leftoversOf } from '../../client/live/leftovers.ts';
import { forgetMember } from '../../client/live/tidy.ts';
import { openLogger } from '../../server/log.ts';
import { exactDoc } from '../../server/sync/log-store.ts';
import type { Access, Sync } from '../../server/sync/ports.ts';
import { createSync } from '../../server/sync/sync.ts';
import { fillManuscript } from '../../shared/manuscript/flat.ts';
import { readOriginal } from '../../shared/suggestions/read.ts';
import { idFrom } from '../../shared/suggestions/trial.ts';
import { closeCodes } from '../../shared/sync/protocol.ts';
import { articleRoom } from '../../shared/sync/rooms.ts';
import { Disk, openDisk } from './disk.ts';
import { charactersOf, read, suggest, write } from './hands.ts';
import { ClientEnd, Line } from './line.ts';
import type { Random } from './random.ts';
import { Words } from './words.ts';

const article = 'storystorystorystory01';
const document = articleRoom(article);
const logger = openLogger('silent');

/** Windows by what their members may do: write, only suggest, now this and now that. */
export interface Cast {
  writers: number;
  suggesters: number;
  changing: number;
}

/** One browser window of a member. */
interface Window {
  name: string;
  member: string;
  owner: Owner | null;
  page: Connection | null;
  /** Whether its network is there. */
  reachable: boolean;
  /** Whether the member is signed in in it. */
  session: { holds: boolean };
  /** What the page was told last that the member may do; a page without a network goes by it. */
  may: Access;
  lines: Line[];
  closes: number[];
}

/** Lets the simulated time pass. */
export type Pass = (milliseconds: number) => Promise<void>;

/** With which codes the server may end the stay of a member whose rights change. */
const endings: readonly number[] = [
  closeCodes.signInNeeded,
  closeCodes.notAllowed,
  closeCodes.notFound,
  closeCodes.memberGone,
];

/** With which of them that of one who may only suggest, whom the guard refuses two honest things (docs/suggestions.md,
 * Left open). */
const refusals: readonly number[] = [closeCodes.notAllowed];

/** At which of them a page with a copy puts its words by. */
const putsBy: readonly number[] = [closeCodes.notAllowed, closeCodes.notFound];

const letters = (count: number, first: string) =>
  Array.from({ length: count }, (_, i) => String.fromCharCode(first.charCodeAt(0) + i));

export class World {
  readonly windows: Window[];
  readonly #random: Random;
  readonly #pass: Pass;
  readonly #disk = new Disk();
  /** What the disk has, applied; for checks. */
  readonly #durable = exactDoc({ gc: false });
  #applied = 0;
  #server: { sync: Sync; log: ReturnType<typeof openDisk> } | null = null;
  readonly #words = new Words();
  readonly #access = new Map<string, Access>();
  readonly #removed = new Set<string>();
  /** The members whose rights change. */
  readonly #changing: readonly string[];
  /** Yjs clients that each member's windows have had. */
  readonly #clients = new Map<string, Set<number>>();
  /** What each member has left over on this device, at the end. */
  readonly #putBy = new Map<string, string>();
  /** Members that have a copy on this device, at the end. */
  #copies = new Set<string>();
  /** What was done, for whoever looks at a failing seed. */
  readonly story: string[] = [];
  /** How often a window that said 'saved' was held to it. */
  held = 0;

  constructor(random: Random, pass: Pass, { writers, suggesters, changing }: Cast) {
    this.#random = random;
    this.#pass = pass;
    const window = (name: string, member: string, keeps: boolean, may: Access): Window => ({
      name,
      member,
      owner: keeps ? { member, epoch: 'simulated', schema: 1 } : null,
      page: null,
      reachable: true,
      session: { holds: true },
      may,
      lines: [],
      closes: [],
    });
    // The last of three is a second window of the first member.
    const memberOf = (names: string[], i: number) => (i === 2 ? names[0]! : names[i]!);
    this.windows = [
      ...letters(writers, 'a').map((name, i, all) => window(name, memberOf(all, i), i % 2 === 0, 'write')),
      ...letters(suggesters, 's').map((name, i) => window(name, name, i % 2 === 0, 'suggest')),
      ...letters(changing, 'u').map((name, i, all) => window(name, memberOf(all, i), i % 2 === 0, 'write')),
    ];
    for (const { member, may } of this.windows) this.#access.set(member, may);
    this.#changing = letters(Math.min(2, changing), 'u');
  }

  async begin(): Promise<void> {
    this.#start();
    const made = this.#server!.sync.manuscripts.create(article, (doc) =>
      fillManuscript(doc, [
        { style: 'headline', text: '标题', marks: [] },
        { style: 'body', text: '正文', marks: [] },
      ]),
    );
    await this.#pass(500);
    await made;
    for (const window of this.windows) this.#open(window);
    await this.#pass(2_000);
  }

  #accessOf = (member: string): Access =>
    this.#removed.has(member) ? 'none' : (this.#access.get(member) ?? 'none');

  #start() {
    const log = openDisk(this.#disk, this.#random);
    const sync = createSync({
      log,
      authorize: this.#accessOf,
      person: (id) =>
        this.#removed.has(id) ? null : { id, handle: id, name: id, role: 'reporter', color: 0 },
      logger,
      newClient: () => 1 + this.#random(2 ** 31),
    });
    this.#server = { sync, log };
  }

  /** The process is gone in this instant; browsers hear of it, or not. */
  #kill() {
    const server = this.#server;
    this.#server = null;
    server?.log.die();
    for (const window of this.windows) {
      for (const line of window.lines) {
        line.silence();
        line.server.removeAllListeners();
        if (this.#random(4) > 0) line.client.ended(1006);
      }
      window.lines = [];
    }
  }

  #open(window: Window) {
    const world = this;
    globalThis.WebSocket = class extends ClientEnd {
      constructor(url: string) {
        super(url);
        setTimeout(() => world.#dial(window, this), 1 + world.#random(60));
      }
    } as unknown as typeof WebSocket;
    window.page = connect(article, window.owner, () => undefined);
    window.page.setPresent(true);
    const clients = this.#clients.get(window.member) ?? new Set();
    this.#clients.set(window.member, clients.add(window.page.room.doc.clientID));
  }

  #dial(window: Window, end: ClientEnd) {
    const server = this.#server;
    const { member, session } = window;
    // Who is not signed in is turned away before there is a socket.
    const signedIn = session.holds && !this.#removed.has(member);
    if (!server || !window.reachable || !signedIn || end.readyState !== 0) return end.ended(1006);
    const line = new Line(end, this.#random);
    window.lines.push(line);
    const { onclose } = end;
    end.onclose = (event) => {
      window.closes.push(event.code);
      onclose?.(event);
    };
    end.open(line);
    server.sync.accept(line.socket, {
      url: end.url,
      member,
      article,
      stay: { holds: () => session.holds, used: () => undefined },
    });
  }

  /** One thing happens, and some time passes. */
  async step(): Promise<void> {
    const window = this.windows[this.#random(this.windows.length)]!;
    const line = window.lines.at(-1);
    const act = this.#random(100);
    if (act < 56) this.#write(window);
    else if (act < 62) this.#changeRights();
    else if (act < 66) this.#do(`${window.name}: the line breaks`, () => line?.drop());
    else if (act < 69)
      this.#do(`${window.name}: the line breaks, what was sent arrives`, () => line?.dropClient());
    else if (act < 73) this.#do(`${window.name}: the line falls silent`, () => line?.silence());
    else if (act < 76) {
      this.#do(`${window.name}: no network`, () => {
        window.reachable = false;
        line?.silence();
      });
    } else if (act < 80) {
      this.#do(`${window.name}: network`, () => {
        window.reachable = true;
      });
    } else if (act < 84 && this.#server) this.#do('the server is killed', () => this.#kill());
    else if (act < 90 && !this.#server) this.#do('the server starts', () => this.#start());
    else if (act < 91 && this.#server) await this.#stop();
    else if (act < 93)
      this.#do('the disk fails', () => {
        this.#disk.failing = 1 + this.#random(3);
      });
    else if (act < 96 && (window.owner || isRefused(window))) await this.#closePage(window);
    else await this.#pass(this.#random(45_000));
    await this.#pass(this.#random(act % 3 === 0 ? 400 : 40));
    await this.#forgetRemoved();
    this.#holdToWord();
  }

  /** Of a member whose rights change: from this moment on they may do something else, or are nobody any more. */
  #changeRights() {
    const member = this.#changing[this.#random(this.#changing.length)];
    if (member === undefined || this.#removed.has(member)) return;
    const what = this.#random(12);
    const rights: readonly Access[] = ['write', 'suggest', 'read', 'none'];
    if (what === 0) this.#do(`${member} is removed`, () => this.#removed.add(member));
    else if (what < 3) {
      this.#do(`${member}: the session ends`, () => {
        for (const window of this.windows) if (window.member === member) window.session.holds = false;
      });
    } else {
      const now = what < 6 ? 'write' : rights[this.#random(rights.length)]!;
      this.#do(`${member} may ${now}`, () => this.#access.set(member, now));
    }
    this.#server?.sync.refresh();
  }

  /** A page that hears that its member was removed forgets all that the device has of them (client/app/App.tsx). */
  async #forgetRemoved() {
    for (const window of this.windows) {
      const { page, member, name, closes } = window;
      if (!page || !closes.includes(closeCodes.memberGone)) continue;
      this.story.push(`${name} forgets`);
      window.page = null;
      await this.#meanwhile(page.end());
      await this.#meanwhile(forgetMember(member));
    }
  }

  /** Resolves with what a promise brings while the simulated time goes on. */
  async #meanwhile<T>(promise: Promise<T>): Promise<T> {
    await this.#pass(500);
    return promise;
  }

  #do(words: string, act: () => void) {
    this.story.push(words);
    act();
  }

  async #stop() {
    this.story.push('the server stops');
    const server = this.#server!;
    const closed = server.sync.close();
    await this.#pass(1 + this.#random(8_000));
    this.#kill();
    void closed.catch(() => undefined);
  }

  async #closePage(window: Window) {
    const { page, name } = window;
    if (!page) return;
    this.story.push(`${name}: the page is closed and opened again`);
    if (this.#saysAlone(window)) this.#words.abandon(name, charactersOf(page.room.doc));
    window.page = null;
    for (const line of window.lines) line.dropClient();
    window.lines = [];
    await this.#meanwhile(page.end());
    // Who opens a page signs in first.
    window.session = { holds: true };
    this.#open(window);
    await this.#pass(100);
  }

  /** Whether the page says that its words are nowhere else, and may: it asks before it goes. One that keeps a copy may
   * only where another window took the copy away, and not when it is turned away itself: then they are put by. */
  #saysAlone({ page, owner, member }: Window): boolean {
    if (!page) return false;
    const { unsent, leftOver, kept, closeCode } = page.room.status();
    const mayLose = owner === null || (this.#changing.includes(member) && !putsBy.includes(closeCode ?? 0));
    return mayLose && unsent > 0 && !leftOver && !kept;
  }

  #write(window: Window) {
    const { page, name, member } = window;
    const status = page?.room.status();
    // Nobody can write before the story is there, nor at a desk that is closed (client/app/ArticleDesk.tsx).
    if (!page || !status?.ready || status.closeCode !== null) return;
    const { access, synced } = status;
    if (synced) window.may = access === 'write' || access === 'suggest' ? access : 'read';
    if (window.may !== 'write' && window.may !== 'suggest') return;
    const { doc } = page.room;
    const before = charactersOf(doc);
    const fresh = () => this.#words.fresh({ member, window: name });
    if (window.may === 'write') write(doc, this.#random, fresh);
    else {
      const mine = this.#clients.get(member)!;
      const hand = { doc, mine: (client: number) => mine.has(client), newId: idFrom(this.#random) };
      suggest(hand, this.#random, fresh);
    }
    this.#words.noteDeleted(before, charactersOf(doc));
    this.story.push(`${name}: ${window.may === 'write' ? 'writes' : 'suggests'}`);
  }

  /** S7: what is only suggested changes nothing of the story without suggestions. */
  #catchUp() {
    const { rows } = this.#disk.of(document);
    const original = () => JSON.stringify(readOriginal(article, this.#durable));
    for (; this.#applied < rows.length; this.#applied++) {
      const { bytes, member } = rows[this.#applied]!;
      const was = this.#onlySuggests(member) ? original() : null;
      Y.applyUpdate(this.#durable, bytes);
      if (was !== null && was !== original())
        throw new Error(`${member} only suggests, and changed the story`);
    }
  }

  #onlySuggests = (member: string | null) =>
    member !== null && !this.#changing.includes(member) && this.#access.get(member) === 'suggest';

  /** S2: what a window calls saved is on the disk. */
  #holdToWord() {
    for (const { page, name } of this.windows) {
      if (page?.room.status().saved !== 'saved') continue;
      this.#catchUp();
      this.held += 1;
      const copy = exactDoc({ gc: false });
      Y.applyUpdate(copy, Y.encodeStateAsUpdate(this.#durable));
      let isNew = false;
      copy.on('update', () => {
        isNew = true;
      });
      Y.applyUpdate(copy, Y.encodeStateAsUpdate(page.room.doc));
      copy.destroy();
      if (isNew) throw new Error(`${name} says saved, and the disk lacks something of it`);
    }
  }

  /** Everything works again, and some minutes pass. Whose session ended signs in again, and who was turned away and may
   * read opens the page anew. */
  async heal(): Promise<void> {
    this.story.push('all is well again');
    this.#disk.failing = 0;
    if (!this.#server) this.#start();
    for (const window of this.windows) window.reachable = true;
    for (let i = 0; i < 40 && !this.#isSettled(); i++) {
      await this.#pass(10_000);
      await this.#forgetRemoved();
      for (const window of this.windows) {
        const isOut = !window.session.holds || (isRefused(window) && this.#mayRead(window));
        if (isOut && !this.#removed.has(window.member)) await this.#closePage(window);
      }
    }
    this.#holdToWord();
    for (const member of this.#access.keys()) {
      const leftovers = await this.#meanwhile(leftoversOf(member));
      this.#putBy.set(member, leftovers.map(({ bytes }) => charactersIn(bytes)).join(''));
    }
    const copies = await this.#meanwhile(device().then((db) => db.getAll('copies')));
    this.#copies = new Set(copies.map(({ member }) => member));
  }

  #mayRead = ({ member }: Window) => this.#accessOf(member) !== 'none';

  #isSettled(): boolean {
    const isWell = (window: Window) =>
      this.#mayRead(window)
        ? window.page?.room.status().saved === 'saved'
        : this.#removed.has(window.member) || isRefused(window);
    return this.windows.every(isWell) && new Set(this.readings()).size === 1;
  }

  /** What the windows read whose members may. */
  readings(): string[] {
    return this.windows.filter(this.#mayRead).map(({ page }) => (page ? read(page.room.doc) : 'closed'));
  }

  /** Whether a member was removed and no page of theirs was there to hear it: it is turned away before there is a
   * socket, and keeps what it has. */
  #isUnheard = (member: string) =>
    this.#removed.has(member) &&
    this.windows.some((one) => one.member === member && !one.closes.includes(closeCodes.memberGone));

  /** How many characters are put by as left over, over all members. */
  get leftOver(): number {
    return [...this.#putBy.values()].join('').length;
  }

  /** What is wrong at the end; nothing when all is well. */
  faults(): string[] {
    const faults: string[] = [];
    this.#catchUp();
    const durable = read(this.#durable);
    const shown = new Map<string, string>();
    for (const window of this.windows) {
      const { page, name, member, closes } = window;
      const status = page?.room.status();
      if (page?.room.doc.store.pendingStructs || page?.room.doc.store.pendingDs)
        faults.push(`${name} waits for something`);
      if (this.#mayRead(window)) {
        if (status?.saved !== 'saved' || status.unsent !== 0)
          faults.push(`${name} is ${JSON.stringify(status)}`);
        if (page && read(page.room.doc) !== durable) faults.push(`${name} reads otherwise than the disk`);
      } else if (status && page && !this.#removed.has(member)) {
        if (status.saved !== 'refused') faults.push(`${name} may not read, and is ${JSON.stringify(status)}`);
        if (this.#saysAlone(window)) shown.set(name, charactersOf(page.room.doc));
      }
      const known = this.#changing.includes(member) ? endings : this.#onlySuggests(member) ? refusals : [];
      const refused = closes.filter((code) => code >= 4000 && !known.includes(code));
      if (refused.length > 0) faults.push(`${name} was refused: ${refused.join()}`);
    }
    for (const member of this.#copies) {
      if (this.#accessOf(member) !== 'none' || this.#isUnheard(member)) continue;
      faults.push(`the device has a copy of ${member}, who may not read`);
    }
    for (const member of this.#removed) {
      if (this.#putBy.get(member) && !this.#isUnheard(member))
        faults.push(`the device has words of ${member}, who was removed`);
    }
    if (this.#durable.store.pendingStructs || this.#durable.store.pendingDs) faults.push('the log has a gap');
    const isForgotten = (member: string) => this.#removed.has(member);
    return [...faults, ...this.#words.faults(charactersOf(this.#durable), this.#putBy, shown, isForgotten)];
  }

  async end(): Promise<void> {
    const ends = this.windows.map(({ page }) => page?.end());
    await this.#pass(1_000);
    await Promise.all(ends);
    this.#kill();
  }
}

/** Whether the server ended the page's connection for good. */
const isRefused = ({ page }: Window) => page?.room.status().saved === 'refused';

function charactersIn(bytes: Uint8Array): string {
  const doc = exactDoc();
  Y.applyUpdate(doc, bytes);
  return charactersOf(doc);
}

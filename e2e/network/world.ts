/** A newsroom on a simulated network: a server that may be killed, pages that come and go, and lines between them
 * that break in every way a network has. All of it follows from a seed. */
import * as Y from 'yjs';
import { type Connection, connect } from '../../client/live/connect.ts';
import type { Owner } from '../../client/live/device.ts';
import { openLogger } from '../../server/log.ts';
import { exactDoc } from '../../server/sync/log-store.ts';
import type { Sync } from '../../server/sync/ports.ts';
import { createSync } from '../../server/sync/sync.ts';
import { fillManuscript, manuscriptOf, newEnd } from '../../shared/manuscript/flat.ts';
import { articleRoom } from '../../shared/sync/rooms.ts';
import { Disk, openDisk } from './disk.ts';
import { ClientEnd, Line } from './line.ts';
import type { Random } from './random.ts';

const article = 'storystorystorystory01';
const document = articleRoom(article);
const logger = openLogger('silent');

/** One browser window of a member. */
interface Window {
  name: string;
  owner: Owner | null;
  page: Connection | null;
  /** Whether its network is there. */
  reachable: boolean;
  lines: Line[];
  closes: number[];
}

/** Lets the simulated time pass. */
export type Pass = (milliseconds: number) => Promise<void>;

export class World {
  readonly windows: Window[];
  readonly #random: Random;
  readonly #pass: Pass;
  readonly #disk = new Disk();
  /** What the disk has, applied; for checks. */
  readonly #durable = exactDoc({ gc: false });
  #applied = 0;
  #server: { sync: Sync; log: ReturnType<typeof openDisk> } | null = null;
  #next = 0x4e00;
  readonly #typed = new Set<string>();
  readonly #deleted = new Set<string>();
  /** What was done, for whoever looks at a failing seed. */
  readonly story: string[] = [];
  /** How often a window that said 'saved' was held to it. */
  held = 0;

  constructor(random: Random, pass: Pass, size: number) {
    this.#random = random;
    this.#pass = pass;
    this.windows = Array.from({ length: size }, (_, i) => ({
      name: String.fromCharCode(97 + i),
      // Every other window keeps copies; the last is a second window of the first member.
      owner:
        i % 2 === 0
          ? {
              member: i === size - 1 && size > 2 ? 'a' : String.fromCharCode(97 + i),
              epoch: 'simulated',
              schema: 1,
            }
          : null,
      page: null,
      reachable: true,
      lines: [],
      closes: [],
    }));
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

  #start() {
    const log = openDisk(this.#disk, this.#random);
    const sync = createSync({
      log,
      authorize: () => 'write',
      person: (id) => ({ id, handle: id, name: id, role: 'reporter', color: 0 }),
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
  }

  #dial(window: Window, end: ClientEnd) {
    const server = this.#server;
    if (!server || !window.reachable || end.readyState !== 0) return end.ended(1006);
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
      member: window.owner?.member ?? window.name,
      article,
      stay: { holds: () => true, used: () => undefined },
    });
  }

  /** One thing happens, and some time passes. */
  async step(): Promise<void> {
    const window = this.windows[this.#random(this.windows.length)]!;
    const line = window.lines.at(-1);
    const act = this.#random(100);
    if (act < 62) this.#write(window);
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
    else if (act < 96 && window.owner) await this.#closePage(window);
    else await this.#pass(this.#random(45_000));
    await this.#pass(this.#random(act % 3 === 0 ? 400 : 40));
    this.#holdToWord();
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
    this.story.push(`${window.name}: the page is closed and opened again`);
    const ended = window.page?.end();
    window.page = null;
    for (const line of window.lines) line.dropClient();
    window.lines = [];
    await this.#pass(500);
    await ended;
    this.#open(window);
    await this.#pass(100);
  }

  #write({ page, name }: Window) {
    // Nobody can write before the story is there.
    if (!page?.room.status().ready) return;
    const { manuscript: text } = page.room;
    const at = this.#random(Math.max(1, text.length));
    const act = this.#random(8);
    if (act < 5) {
      const char = String.fromCodePoint(this.#next++);
      this.#typed.add(char);
      text.insert(at, char, {});
    } else if (act === 5) {
      const length = Math.min(1 + this.#random(3), text.length - 1 - at);
      if (length < 1) return;
      const before = new Set(text.toString());
      text.delete(at, length);
      for (const char of text.toString()) before.delete(char);
      for (const char of before) this.#deleted.add(char);
    } else if (act === 6) text.insertEmbed(at, newEnd({ style: 'body' }), {});
    else if (text.length - 1 - at > 0) text.format(at, 1, { bold: this.#random(2) === 0 ? true : null });
    this.story.push(`${name}: writes`);
  }

  #catchUp() {
    const { rows } = this.#disk.of(document);
    for (; this.#applied < rows.length; this.#applied++)
      Y.applyUpdate(this.#durable, rows[this.#applied]!.bytes);
  }

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

  /** Everything works again, and some minutes pass. */
  async heal(): Promise<void> {
    this.story.push('all is well again');
    this.#disk.failing = 0;
    if (!this.#server) this.#start();
    for (const window of this.windows) window.reachable = true;
    for (let i = 0; i < 40 && !this.#isSettled(); i++) await this.#pass(10_000);
    this.#holdToWord();
  }

  #isSettled(): boolean {
    return (
      this.windows.every(({ page }) => page?.room.status().saved === 'saved') &&
      new Set(this.readings()).size === 1
    );
  }

  readings(): string[] {
    return this.windows.map(({ page }) => (page ? read(page.room.manuscript) : 'closed'));
  }

  /** What is wrong at the end; nothing when all is well. */
  faults(): string[] {
    const faults: string[] = [];
    this.#catchUp();
    const durable = read(manuscriptOf(this.#durable));
    for (const { page, name, closes } of this.windows) {
      const status = page?.room.status();
      if (status?.saved !== 'saved' || status.unsent !== 0)
        faults.push(`${name} is ${JSON.stringify(status)}`);
      if (page && read(page.room.manuscript) !== durable)
        faults.push(`${name} reads otherwise than the disk`);
      if (page?.room.doc.store.pendingStructs || page?.room.doc.store.pendingDs)
        faults.push(`${name} waits for something`);
      const refused = closes.filter((code) => code >= 4000);
      if (refused.length > 0) faults.push(`${name} was refused: ${refused.join()}`);
    }
    if (this.#durable.store.pendingStructs || this.#durable.store.pendingDs) faults.push('the log has a gap');
    for (const char of this.#typed) {
      const times = durable.split(char).length - 1;
      if (times > 1) faults.push(`${char} stands ${times} times`);
      if (times === 0 && !this.#deleted.has(char)) faults.push(`${char} is lost`);
    }
    return faults;
  }

  async end(): Promise<void> {
    const ends = this.windows.map(({ page }) => page?.end());
    await this.#pass(1_000);
    await Promise.all(ends);
    this.#kill();
  }
}

/** The text, its formats and its paragraph ends. */
function read(text: Y.Text): string {
  return (text.toDelta() as { insert: unknown; attributes?: object }[])
    .map(({ insert, attributes }) =>
      typeof insert === 'string'
        ? insert + (attributes ? JSON.stringify(attributes) : '')
        : `¶${JSON.stringify((insert as Y.Map<unknown>).toJSON())}`,
    )
    .join('');
}

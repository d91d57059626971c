/** For tests: a sync server on a free port with a log of its own, and programs that connect to it by the stock
 * provider. A member's id is their token. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import WS from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { must } from '../../shared/base/must.ts';
import { fillManuscript, manuscriptOf } from '../../shared/manuscript/flat.ts';
import type { StoryParagraph } from '../../shared/manuscript/story.ts';
import type { Person } from '../../shared/people/person.ts';
import { openLogger } from '../log.ts';
import { layoutForm } from './form.ts';
import { type Log, openLog } from './log.ts';
import type { Access, Sync } from './ports.ts';
import { createSync, type SyncDeps } from './sync.ts';

export const storyId = 'storystorystorystory01';
export const pageId = 'pagepagepagepagepage01';

function person(id: string, over: Partial<Person> = {}): Person {
  return { id, handle: id, name: `name of ${id}`, role: 'reporter', color: 3, ...over };
}

/** Waits until something holds; a test that waits for ever fails by its own time limit. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(5);
}

export const paragraph = (text: string): StoryParagraph => ({ style: 'body', text, marks: [] });

export interface Program {
  doc: Y.Doc;
  text: Y.Text;
  provider: WebsocketProvider;
  /** Close codes of its sockets, in order. */
  closes: number[];
  leave(): void;
}

export class Trial {
  readonly folder: string;
  readonly access = new Map<string, Access>();
  readonly people = new Map<string, Person>();
  /** Members whose session has ended. */
  readonly ended = new Set<string>();
  readonly changes: { article: string; seq: number; members: string[] }[] = [];
  readonly #programs: Program[] = [];
  readonly #over: Partial<SyncDeps>;
  #port = 0;
  #stop: (() => Promise<void>) | null = null;
  log!: Log;
  sync!: Sync;
  pages!: Sync;

  private constructor(over: Partial<SyncDeps>) {
    this.#over = over;
    this.folder = mkdtempSync(path.join(tmpdir(), 'tonggao-sync-'));
  }

  /** Starts a server with one story of these paragraphs. */
  static async start(paragraphs: string[] = ['同稿'], over: Partial<SyncDeps> = {}): Promise<Trial> {
    const trial = new Trial(over);
    await trial.open();
    await trial.sync.manuscripts.create(storyId, (doc) => fillManuscript(doc, paragraphs.map(paragraph)));
    return trial;
  }

  get file(): string {
    return path.join(this.folder, 'log.db');
  }

  get url(): string {
    return this.#urlOf('article');
  }

  /** Where the frames of pages are. */
  get pagesUrl(): string {
    return this.#urlOf('page');
  }

  #urlOf(kind: 'article' | 'page'): string {
    return `ws://127.0.0.1:${this.#port}/sync/${kind}`;
  }

  /** Opens log, sync and server; also again after `shut`, on the same port and file. */
  async open(): Promise<void> {
    this.log = await openLog({ file: this.file, patience: 50 });
    const deps: SyncDeps = {
      log: this.log,
      authorize: (member) => this.access.get(member) ?? 'write',
      person: (member) => (this.people.has(member) ? must(this.people.get(member), 'person') : null),
      logger: openLogger('silent'),
      rate: { rate: 10_000, burst: 10_000 },
      ...this.#over,
    };
    this.sync = createSync({
      ...deps,
      onChanged: (article, { seq, members }) => this.changes.push({ article, seq, members }),
    });
    this.pages = createSync({ ...deps, form: layoutForm });
    const server = createServer();
    server.on('upgrade', (request, socket, head) => {
      const member = request.headers.authorization?.replace('Bearer ', '') ?? '';
      const [kind, id] = (request.url ?? '').split('?')[0]!.split('/').slice(-2) as [string, string];
      if (!this.people.has(member)) this.people.set(member, person(member));
      const sync = kind === 'page' ? this.pages : this.sync;
      sync.handleUpgrade(request, socket, head, this.people.get(member)!, id, {
        holds: () => !this.ended.has(member),
        used: () => undefined,
      });
    });
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.address() as AddressInfo).port;
    this.#stop = async () => {
      await Promise.all([this.sync.close(), this.pages.close()]);
      await new Promise((resolve) => server.close(resolve));
      await this.log.close();
    };
  }

  /** Stops server and log, in order. */
  async shut(): Promise<void> {
    await this.#stop?.();
    this.#stop = null;
  }

  async end(): Promise<void> {
    for (const program of this.#programs) program.leave();
    await this.shut();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A WebSocket that signs in as this member. */
  socketFor(member: string): typeof WebSocket {
    class Signed extends WS {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols, { headers: { authorization: `Bearer ${member}` } });
      }
    }
    return Signed as unknown as typeof WebSocket;
  }

  /** Connects the stock provider and waits until it has synced. */
  async join(member: string, doc = new Y.Doc()): Promise<Program> {
    const program = this.program(member, doc);
    await until(() => program.provider.synced);
    return program;
  }

  /** Connects the stock provider. Programs of one test stand for different machines: no tab-to-tab relay. */
  program(member: string, doc = new Y.Doc(), disableBc = true): Program {
    const text = manuscriptOf(doc);
    const provider = new WebsocketProvider(this.url, storyId, doc, {
      WebSocketPolyfill: this.socketFor(member),
      disableBc,
    });
    const closes: number[] = [];
    provider.on('connection-close', (event) => {
      if (event) closes.push(event.code);
    });
    const program = {
      doc,
      text,
      provider,
      closes,
      leave() {
        provider.destroy();
        provider.awareness.destroy();
        doc.destroy();
      },
    };
    this.#programs.push(program);
    return program;
  }

  /** A bare socket that speaks what the test makes it speak, with what it hears. */
  async raw(member: string, query = '?v=1&saved=1') {
    const socket = new WS(`${this.url}/${storyId}${query}`, {
      headers: { authorization: `Bearer ${member}` },
    });
    const heard: Buffer[] = [];
    const closed = new Promise<number>((resolve) => socket.on('close', resolve));
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => heard.push(data as Buffer));
    await new Promise((resolve) => socket.on('open', resolve));
    return {
      socket,
      heard,
      closed,
      /** The last count of durable messages that it heard. */
      saved: () => heard.findLast((message) => message[0] === 100)?.[1] ?? 0,
    };
  }

  /** The words as the log has them. */
  async logged(): Promise<string> {
    const latest = (await this.sync.manuscripts.changes(storyId, 1))[0];
    const doc = await this.sync.manuscripts.readAt(storyId, must(latest, 'a change').seq);
    return words(manuscriptOf(doc));
  }
}

export function varUint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varUint(Math.floor(value / 128))];
}

const framed = (head: number[], bytes: Uint8Array) =>
  Buffer.concat([Uint8Array.from([...head, ...varUint(bytes.length)]), bytes]);

/** A sync message: 0 a state vector, 1 an answer to one, 2 an update. */
export const syncFrame = (step: 0 | 1 | 2, bytes: Uint8Array) => framed([0, step], bytes);

/** A presence message; the states are JSON. */
export function presenceFrame(states: readonly { client: number; clock: number; state: string }[]) {
  const parts = states.map(({ client, clock, state }) =>
    framed([...varUint(client), ...varUint(clock)], new TextEncoder().encode(state)),
  );
  return framed([1], Buffer.concat([Uint8Array.from(varUint(states.length)), ...parts]));
}

/** The text, its paragraph ends as ¶. */
export function words(text: Y.Text): string {
  return (text.toDelta() as { insert: unknown }[])
    .map(({ insert }) => (typeof insert === 'string' ? insert : '¶'))
    .join('');
}

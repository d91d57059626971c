/** A newsroom on a folder of its own with the calls about people, a clock that tests turn, and browsers that
 * keep their cookies; for tests alone. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LiveEvent, Member } from '../../shared/api.ts';
import type { Role } from '../../shared/people/person.ts';
import { addArticle, freshId, invite } from '../article/articles.ts';
import { openFacts } from '../article/facts.ts';
import { buildHttp, type Http } from '../http.ts';
import { openLogger } from '../log.ts';
import { type Newsroom, openNewsroom, openNewsroomReader } from '../storage/newsroom.ts';
import { authenticator } from './authenticate.ts';
import type { Directory } from './directory.ts';
import { addMember } from './members.ts';
import { openPasswords, type Passwords } from './passwords.ts';
import { peopleRoutes } from './routes.ts';
import { openSeal } from './seal.ts';
import { addLink } from './signin-links.ts';

export const host = 'localhost:3000';
export const origin = `http://${host}`;

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Heard {
  status: number;
  text: string;
  /** Where it sends the browser. */
  location: string;
  setCookies: string[];
  json: ReturnType<typeof JSON.parse>;
}

/** A browser: it keeps cookies, and names its page as browsers do. */
export class Browser {
  readonly cookies = new Map<string, string>();
  private readonly http: Http;
  private readonly headers: Record<string, string>;

  constructor(http: Http, headers: Record<string, string> = {}) {
    this.http = http;
    this.headers = headers;
  }

  async ask(method: Method, url: string, payload?: object): Promise<Heard> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await this.http.app.inject({
      method,
      url,
      headers: {
        host,
        ...(method === 'GET' ? {} : { origin }),
        ...(cookie ? { cookie } : {}),
        ...this.headers,
      },
      ...(payload ? { payload } : {}),
    });
    const setCookies = [answer.headers['set-cookie'] ?? []].flat();
    for (const set of setCookies) {
      const [, name = '', value = ''] = set.match(/^([^=]+)=([^;]*)/) ?? [];
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return {
      status: answer.statusCode,
      text: answer.body,
      location: String(answer.headers.location ?? ''),
      setCookies,
      json: answer.body.startsWith('{') || answer.body.startsWith('[') ? answer.json() : null,
    };
  }
}

export interface TrialPeople {
  newsroom: Newsroom;
  http: Http;
  clock: Date;
  logged: string;
  events: LiveEvent[];
  /** How often sockets were asked again. */
  refreshed: number;
  member(handle: string, role?: Role, more?: object): Promise<Member>;
  /** A story with these on it. */
  article(title: string, people: readonly Member[]): Promise<string>;
  browser(headers?: Record<string, string>): Browser;
  /** A browser that came in by a link. */
  signedIn(handle: string): Promise<Browser>;
  /** A sign-in link's secret. */
  link(handle: string): Promise<string>;
  /** Milliseconds go by. */
  later(span: number): void;
  /** Every byte that is kept or logged. */
  bytes(): Buffer;
  close(): Promise<void>;
}

/** As costly as it must be to tell that the parameters are kept, no more. */
export const trialPasswords = () => openPasswords({ memory: 64, passes: 1 });

interface TrialOptions {
  directory?: Directory;
  secure?: boolean;
  publicUrl?: string;
  passwords?: Passwords;
}

export async function openTrial(options: TrialOptions = {}): Promise<TrialPeople> {
  const { directory = null, secure = false, publicUrl = null } = options;
  const folder = mkdtempSync(path.join(tmpdir(), 'tonggao-people-'));
  const file = path.join(folder, 'newsroom.db');
  const newsroom = await openNewsroom(file);
  const reader = openNewsroomReader(file);
  await newsroom.insertInto('settings').values({ key: 'paper', value: '同稿日报' }).execute();
  const facts = openFacts(reader);
  const now = () => trial.clock;
  const logger = openLogger('trace', {
    write(line) {
      trial.logged += line;
    },
  });
  const authenticate = authenticator({ newsroom, reader, secure, now, logger });
  const origins = publicUrl === null ? [] : [publicUrl];
  const http = await buildHttp({ authenticate, logger, secure, origins, healthy: async () => true });

  const idOf = async (handle: string) =>
    (await newsroom.selectFrom('members').select('id').where('handle', '=', handle).executeTakeFirstOrThrow())
      .id;

  const trial: TrialPeople = {
    newsroom,
    http,
    clock: new Date('2026-11-22T08:00:00Z'),
    logged: '',
    events: [],
    refreshed: 0,
    member: (handle, role = 'reporter', more = {}) =>
      newsroom
        .transaction()
        .execute((one) => addMember(one, { handle, name: handle, role, ...more }, trial.clock)),
    async article(title, people) {
      const id = freshId();
      await newsroom.transaction().execute((one) => addArticle(one, { id, title, people }, trial.clock));
      return id;
    },
    browser: (headers) => new Browser(http, headers),
    async signedIn(handle) {
      const browser = trial.browser();
      const answer = await browser.ask('POST', '/api/sign-in', { token: await trial.link(handle) });
      if (answer.json?.kind !== 'in') throw new Error(`${handle}: ${answer.text}`);
      return browser;
    },
    link: async (handle) => addLink(newsroom, await idOf(handle), trial.clock),
    later(span) {
      trial.clock = new Date(trial.clock.getTime() + span);
    },
    bytes() {
      const kept = readdirSync(folder)
        .filter((name) => name !== 'seal.key')
        .map((name) => readFileSync(path.join(folder, name)));
      return Buffer.concat([...kept, Buffer.from(trial.logged)]);
    },
    async close() {
      await http.app.close();
      reader.close();
      await newsroom.destroy();
      rmSync(folder, { recursive: true, force: true });
    },
  };

  peopleRoutes(http, {
    newsroom,
    secure,
    epoch: 'epoch',
    url: () => publicUrl ?? origin,
    publicUrl,
    now,
    publish: (event) => trial.events.push(event),
    refresh: () => {
      trial.refreshed++;
    },
    passwords: options.passwords ?? trialPasswords(),
    seal: openSeal(path.join(folder, 'seal.key')),
    directory,
    allow: facts.allow,
    mayInvite: (member, article) => facts.may(member, 'invite', article),
    putOnArticle: invite,
    logger,
  });
  return trial;
}

/** A whole house on a folder of its own, for tests that try it from outside: members who sign in as people do,
 * with a cookie and with a token. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import type { Article, Member } from '../shared/api.ts';
import type { Call } from '../shared/base/call.ts';
import { must } from '../shared/base/must.ts';
import type { Role } from '../shared/people/person.ts';
import { readConfig } from './config.ts';
import { type House, openHouse } from './house.ts';
import { openLogger } from './log.ts';

export interface Answer {
  status: number;
  text: string;
  headers: Record<string, unknown>;
  bytes: Buffer;
  json: <T>() => T;
}

export type Ask = (
  headers: Record<string, string>,
  method: Call['method'] | 'HEAD' | 'OPTIONS',
  url: string,
  body?: object,
) => Promise<Answer>;

interface Credentials {
  member: Member;
  cookie: { cookie: string };
  token: { authorization: string };
}

/** The origin of the house's own pages, as the injected requests see it. */
export const ownOrigin = { origin: 'http://news.example:3000' };

export class TrialHouse {
  readonly house: House;
  readonly folder: string;
  private readonly credentials = new Map<string, Credentials>();

  private constructor(house: House, folder: string) {
    this.house = house;
    this.folder = folder;
  }

  /** `env` goes into its configuration, its log into `log`; `before` sees it before its first request. */
  static async open(
    env: Record<string, string> = {},
    log: string[] = [],
    before: (house: House, folder: string) => Promise<void> = async () => undefined,
  ): Promise<TrialHouse> {
    const folder = mkdtempSync(path.join(tmpdir(), 'tonggao-trial-'));
    const reading = readConfig([], { DATA_DIR: folder, PORT: '0', ...env });
    if (reading.kind !== 'config') throw new Error(JSON.stringify(reading));
    const { config } = reading;
    const house = await openHouse(config, openLogger(config.logLevel, { write: (line) => log.push(line) }));
    await before(house, folder);
    const trial = new TrialHouse(house, folder);
    for (const member of house.made) await trial.enter(member, must(await house.link(member), 'a link'));
    return trial;
  }

  async close(): Promise<void> {
    await this.house.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  ask: Ask = async (headers, method, url, body) => {
    const answer = await this.house.app.inject({
      method,
      url,
      headers: { host: 'news.example:3000', ...headers },
      ...(body ? { payload: body } : {}),
    });
    return {
      status: answer.statusCode,
      text: answer.body,
      headers: answer.headers,
      bytes: answer.rawPayload,
      json: <T>() => answer.json() as T,
    };
  };

  of(handle: string): Credentials {
    return must(this.credentials.get(handle), handle);
  }

  idOf(handle: string): string {
    return this.of(handle).member.id;
  }

  /** Asks with the member's token, and must be answered well. */
  async get<T>(handle: string, method: Call['method'], url: string, body?: object): Promise<T> {
    const answer = await this.ask(this.of(handle).token, method, url, body);
    if (answer.status >= 300)
      throw new Error(`${method} ${url} as ${handle}: ${answer.status} ${answer.text}`);
    return (answer.text === '' ? null : answer.json()) as T;
  }

  /** Signs in by the link and makes a token. */
  async enter(member: Member, link: string): Promise<void> {
    const secret = new URL(link).hash.slice(1);
    const signedIn = await this.ask(ownOrigin, 'POST', '/api/sign-in', { token: secret });
    const [cookie = ''] = String(signedIn.headers['set-cookie'] ?? '').split(';');
    const made = await this.ask({ cookie, ...ownOrigin }, 'POST', '/api/tokens', { name: 'trial' });
    if (made.status >= 300)
      throw new Error(`${signedIn.status} ${signedIn.text} ${made.status} ${made.text}`);
    const { token } = made.json<{ token: string }>();
    const known = { member, cookie: { cookie }, token: { authorization: `Bearer ${token}` } };
    this.credentials.set(member.handle, known);
  }

  /** A new member, added by the administrator. */
  async add(handle: string, role: Role, name = handle): Promise<Member> {
    const added = { handle, name, role };
    const { member, link } = await this.get<{ member: Member; link: string }>(
      'admin',
      'POST',
      '/api/members',
      added,
    );
    await this.enter(member, link);
    return member;
  }

  /** Sends a small picture to the story and gives its id. */
  picture(handle: string, article: string): Promise<string> {
    return this.sendPicture(handle, `/api/articles/${article}/pictures`);
  }

  /** The same to a page. */
  pagePicture(handle: string, page: string): Promise<string> {
    return this.sendPicture(handle, `/api/pages/${page}/pictures`);
  }

  private async sendPicture(handle: string, url: string): Promise<string> {
    const pixels = { create: { width: 20, height: 10, channels: 3 as const, background: '#a42' } };
    const file = await sharp(pixels).jpeg().toBuffer();
    const line = 'a-line-between-parts';
    const answer = await this.house.app.inject({
      method: 'POST',
      url,
      headers: { ...this.of(handle).token, 'content-type': `multipart/form-data; boundary=${line}` },
      payload: Buffer.concat([
        Buffer.from(`--${line}\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n`),
        file,
        Buffer.from(`\r\n--${line}--\r\n`),
      ]),
    });
    return (answer.json() as { image: string }).image;
  }

  /** A new story of this member's. */
  async story(handle: string, title: string, invited: readonly string[] = []): Promise<string> {
    const { id } = await this.get<Article>(handle, 'POST', '/api/articles', { title });
    for (const other of invited)
      await this.get(handle, 'PUT', `/api/articles/${id}/people/${this.idOf(other)}`);
    return id;
  }
}

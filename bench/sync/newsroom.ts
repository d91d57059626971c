/** A newsroom to measure in, made once through the product's own commands and API and copied for each run. */
import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePort, startProcess, stopProcess } from './servers.ts';

const run = promisify(execFile);

export interface Template {
  /** Its DATA_DIR. */
  folder: string;
  /** Ids of empty stories. */
  documents: string[];
  /** For each story, the tokens of members who may write it. */
  tokens: string[][];
}

/** Enough for 400 sockets at 60 a member. */
const members = 8;

export async function makeTemplate(tree: string, stories = 200): Promise<Template> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sync-bench-template-'));
  const port = await freePort();
  const env = { DATA_DIR: folder, LOG_LEVEL: 'warn' };
  const server = await startProcess([path.join(tree, 'server/main.ts'), '--no-sample'], port, env, tree);
  async function tokenOf(handle: string) {
    const { stdout } = await run(process.execPath, [path.join(tree, 'server/people/token.ts'), handle], {
      env: { ...process.env, ...env },
      cwd: tree,
    });
    return stdout.trim();
  }
  async function call<T>(token: string, method: string, where: string, body?: unknown): Promise<T> {
    const answer = await fetch(`http://127.0.0.1:${port}${where}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${where}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }
  try {
    const admin = await tokenOf('admin');
    const people: { id: string; token: string }[] = [];
    for (let index = 0; index < members; index++) {
      const handle = `reporter${index}`;
      await call(admin, 'POST', '/api/members', { handle, name: `记者${index}`, role: 'reporter' });
      const token = await tokenOf(handle);
      const { id } = (await call<{ id: string; handle: string }[]>(admin, 'GET', '/api/members')).find(
        (member) => member.handle === handle,
      )!;
      people.push({ id, token });
    }
    const documents: string[] = [];
    const tokens: string[][] = [];
    for (let story = 0; story < stories; story++) {
      // The first is everybody's, each other one has two people.
      const on = Array.from(
        { length: story === 0 ? members : 2 },
        (_, index) => people[(story + index) % members]!,
      );
      const { id } = await call<{ id: string }>(on[0]!.token, 'POST', '/api/articles', {
        title: `稿件${story}`,
      });
      for (const { id: member } of on.slice(1)) {
        await call(on[0]!.token, 'PUT', `/api/articles/${id}/people/${member}`);
      }
      documents.push(id);
      tokens.push(on.map(({ token }) => token));
    }
    return { folder, documents, tokens };
  } finally {
    await stopProcess(server, 'SIGTERM');
  }
}

/** The browser's side of the product: built when it is missing or out of date, served with a policy that lets
 * nothing in but itself. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { globSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** Stands in the built index.html where a fresh nonce goes. */
const noncePlace = '__CSP_NONCE__';

const root = path.join(import.meta.dirname, '..');
const built = path.join(root, 'dist', 'client');

/** What the build reads. */
const sources = ['client/**/*', 'shared/**/*', 'vite.config.ts', 'package-lock.json'];

const timeOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Whether the build is missing or older than what it was made of. */
export function isClientStale(): boolean {
  const at = timeOf(path.join(built, 'index.html'));
  return at === 0 || globSync(sources, { cwd: root }).some((file) => timeOf(path.join(root, file)) > at);
}

/** Builds the browser's side as `npm run build` does, beside the old one and then in its place, so that a build
 * cut off or two at once leave nothing half; in a process of its own, which takes the gigabyte that a build needs
 * with it. Says on `say` what it is doing; throws with what is wrong. */
export async function buildClient(say: (line: string) => void): Promise<void> {
  say(
    '正在构建网页部分（只在首次启动和更新后需要）… Building the browser’s side (only at first and after updates)…',
  );
  const fresh = `${built}-${process.pid}`;
  const vite = path.join(
    path.dirname(fileURLToPath(import.meta.resolve('vite/package.json'))),
    'bin',
    'vite.js',
  );
  const options = ['--config', path.join(root, 'vite.config.ts'), '--outDir', fresh, '--emptyOutDir'];
  try {
    await promisify(execFile)(
      process.execPath,
      [vite, 'build', path.join(root, 'client'), ...options, '--logLevel', 'warn'],
      { cwd: root },
    );
    rmSync(built, { recursive: true, force: true });
    renameSync(fresh, built);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  say('构建完成。Built.');
}

function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Serves the built files, and index.html at every address that is no call's, since the browser routes there. */
export async function serveClient(app: FastifyInstance, folder = built): Promise<void> {
  await app.register(fastifyStatic, {
    root: folder,
    serve: false,
    index: false,
    cacheControl: false,
    dotfiles: 'deny',
  });
  let page = { at: 0, html: '' };

  function sendPage(reply: FastifyReply) {
    const file = path.join(folder, 'index.html');
    const at = timeOf(file);
    if (at !== page.at) page = { at, html: readFileSync(file, 'utf8') };
    const nonce = randomBytes(18).toString('base64');
    return reply
      .status(200)
      .header('content-security-policy', policy(nonce))
      .type('text/html; charset=utf-8')
      .send(page.html.replaceAll(noncePlace, nonce));
  }

  app.get('/*', { config: { rateLimit: false } }, (request, reply) => {
    const where = request.url.split('?')[0] ?? '';
    if (/^\/(api|sync|live|healthz)(\/|$)/.test(where)) return reply.callNotFound();
    if (!/\.[a-z0-9]{1,8}$/i.test(where))
      return where.startsWith('/assets/') ? reply.callNotFound() : sendPage(reply);
    if (where === '/index.html') return reply.callNotFound();
    // A built asset's name changes with its content.
    const lasting = where.startsWith('/assets/');
    reply.header('cache-control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
    // A service worker lives under the policy of its own file, and asks this server for all it keeps.
    if (where === '/sw.js') reply.header('content-security-policy', "default-src 'none'; connect-src 'self'");
    return reply.sendFile((request.params as { '*': string })['*']);
  });
}

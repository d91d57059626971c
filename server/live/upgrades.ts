/** The one door for websockets: who asks and from which page is known before a socket is opened, and again
 * for as long as it stays open. */
import type { IncomingHttpHeaders, IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { idSchema } from '../../shared/base/id.ts';
import { type Authenticate, isAllowedOrigin, type Signed } from '../http.ts';

interface Deps {
  authenticate: Authenticate;
  origins: readonly string[];
  /** Opens a document's socket. */
  sync: (request: IncomingMessage, socket: Duplex, head: Buffer, signed: Signed, article: string) => void;
  /** Opens a socket of events. */
  live: (request: IncomingMessage, socket: Duplex, head: Buffer, signed: Signed) => void;
}

export interface Upgrades {
  /** Ends every socket whose session or token has ended. */
  sweep(): void;
  close(): void;
}

/** Milliseconds between two sweeps for sessions that ran out by themselves. */
const sweepEvery = 60_000;

function refuse(
  socket: Duplex,
  status: '400 Bad Request' | '401 Unauthorized' | '403 Forbidden' | '404 Not Found',
) {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

export function serveUpgrades(server: Server, { authenticate, origins, sync, live }: Deps): Upgrades {
  const open = new Map<Duplex, IncomingHttpHeaders>();

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer) {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const article = path.match(/^\/sync\/article\/([^/]+)$/)?.[1];
    if (path !== '/live' && article === undefined) return refuse(socket, '404 Not Found');
    const { headers } = request;
    // A browser names the page's origin in every upgrade; a program with a token has none.
    if (headers.origin !== undefined && !isAllowedOrigin(headers, origins))
      return refuse(socket, '403 Forbidden');
    const signed = authenticate(headers);
    if (!signed) return refuse(socket, '401 Unauthorized');
    if (signed.sessionKind === 'cookie' && headers.origin === undefined)
      return refuse(socket, '403 Forbidden');
    if (article !== undefined && !idSchema.safeParse(article).success) return refuse(socket, '404 Not Found');
    open.set(socket, headers);
    socket.once('close', () => open.delete(socket));
    if (article !== undefined) sync(request, socket, head, signed, article);
    else live(request, socket, head, signed);
  }

  server.on('upgrade', upgrade);

  function sweep() {
    for (const [socket, headers] of open) {
      if (!authenticate(headers)) {
        open.delete(socket);
        // What was said about the refusal goes out first.
        socket.end();
        setTimeout(() => socket.destroy(), 1000).unref();
      }
    }
  }
  const timer = setInterval(sweep, sweepEvery);
  timer.unref();

  return {
    sweep,
    close() {
      clearInterval(timer);
      server.off('upgrade', upgrade);
    },
  };
}

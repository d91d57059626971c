/** The two addresses of a sign-in by the paper's directory: the way there and the way back. A browser goes to
 * them itself, so that what they answer is always another address. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../../shared/base/errors.ts';
import type { Directory } from './directory.ts';
import { directoryMember } from './directory-members.ts';
import type { Entry, Visit } from './entry.ts';
import type { PeopleDeps } from './ports.ts';
import { hashSecret, newSecret } from './secret.ts';
import { beginStep, stepCookie, takeStep } from './steps.ts';

const callbackPath = '/sign-in/directory/callback';
const failedPage = '/sign-in#directory=failed';
const longestPath = 500;

/** Where the browser wants to go afterwards: a page of this server's own, as a path; `/` for all else. */
function wantedPage(request: FastifyRequest, own: string): string {
  const to = new URL(request.url, own).searchParams.get('to') ?? '';
  if (!to.startsWith('/') || to.length > longestPath || !URL.canParse(to, own)) return '/';
  const there = new URL(to, own);
  // Two slashes lead elsewhere.
  if (there.origin !== new URL(own).origin || there.pathname.startsWith('//')) return '/';
  return there.pathname + there.search;
}

/** What a failure may say in the log: an answer of the directory may hold codes and tokens. */
function reasonOf(error: unknown) {
  const codeOf = (from: unknown) => (from instanceof Error && 'code' in from ? String(from.code) : undefined);
  const why = error instanceof Error ? error.message : String(error);
  return { why, code: codeOf(error instanceof Error ? error.cause : undefined) ?? codeOf(error) };
}

export function directoryRoutes(
  app: FastifyInstance,
  deps: PeopleDeps & { directory: Directory },
  entry: Entry,
): void {
  const { newsroom, directory, secure, url, now, publish, logger } = deps;
  const cookie = stepCookie('directory', secure);

  async function goThere({ request, reply }: Visit): Promise<string> {
    const secret = newSecret();
    const there = await directory.begin(secret, url() + callbackPath);
    await beginStep(
      newsroom,
      { hash: hashSecret(secret), kind: 'directory', member: null, value: wantedPage(request, url()) },
      now(),
    );
    reply.header('set-cookie', cookie.set(secret));
    return there.href;
  }

  async function comeBack(visit: Visit): Promise<string> {
    const { request, reply } = visit;
    const secret = cookie.read(request.headers) ?? '';
    reply.header('set-cookie', cookie.end());
    const { value: wanted } = await takeStep(newsroom, hashSecret(secret), 'directory', now());
    const came = new URL(url() + callbackPath);
    came.search = new URL(request.url, came).search;
    const account = await directory.finish(secret, came);
    const { member, made } = await directoryMember(newsroom, account, directory.createRole, now());
    if (made) publish({ kind: 'people' });
    const { kind } = await entry.afterOne(visit, member);
    return kind === 'in' ? wanted : '/sign-in#second';
  }

  function visited(path: string, go: (visit: Visit) => Promise<string>) {
    app.get(path, { exposeHeadRoute: false }, async (request, reply) => {
      const to = await go({ request, reply }).catch((error: unknown) => {
        // Anybody can come with a way back that is none.
        const told = error instanceof AppError && error.code === 'spent' ? 'debug' : 'warn';
        logger[told](reasonOf(error), 'a sign-in by the directory failed');
        return failedPage;
      });
      return reply.redirect(to, 303);
    });
  }
  visited('/sign-in/directory', goThere);
  visited(callbackPath, comeBack);
}

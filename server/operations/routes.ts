/** /readyz for proxies and watchers, /metrics for whoever may see it, and what each answer counts as. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Authenticate } from '../http.ts';
import type { Logger } from '../log.ts';
import type { Figures, Metrics } from './metrics.ts';
import type { Check } from './readiness.ts';

interface Deps {
  authenticate: Authenticate;
  logger: Logger;
  metrics: Metrics;
  figures: () => Promise<Figures>;
  /** Null when there is none. */
  metricsToken: string | null;
  ready: () => Promise<Check[]>;
}

const digest = (secret: string) => createHash('sha256').update(secret).digest();

/** The addresses by which people come in. */
const signsIn = /^\/(api\/)?sign-in(\/|$)/;

/** Whether somebody who wanted to come in did not; a browser that comes from the directory is sent on to a page
 * which says so. */
function isRefusal(reply: FastifyReply): boolean {
  const location = String(reply.getHeader('location') ?? '');
  return [401, 403, 409, 410, 429].includes(reply.statusCode) || location.endsWith('=failed');
}

export function operationsRoutes(app: FastifyInstance, deps: Deps): void {
  const { authenticate, logger, metrics, figures, metricsToken, ready } = deps;
  const wanted = metricsToken === null ? null : digest(`Bearer ${metricsToken}`);

  /** An administrator by a token, or the watcher that was given one; a cookie is no program's. */
  function mayRead({ headers }: FastifyRequest): boolean {
    const shown = headers.authorization;
    if (shown === undefined) return false;
    if (wanted && timingSafeEqual(digest(shown), wanted)) return true;
    const signed = authenticate(headers);
    return signed?.sessionKind === 'token' && signed.member.role === 'administrator';
  }

  app.addHook('onResponse', async (request, reply) => {
    const status = reply.statusCode;
    metrics.answered(status);
    if (signsIn.test(request.routeOptions.url ?? '') && isRefusal(reply)) metrics.signInFailed();
    logger.debug({ req: request, res: reply, ms: Math.round(reply.elapsedTime) }, 'answered');
  });

  app.get('/readyz', { config: { rateLimit: false } }, async (_request, reply) => {
    const failed = await ready();
    return reply.status(failed.length === 0 ? 200 : 503).send({ ready: failed.length === 0, failed });
  });

  app.get('/metrics', async (request, reply) => {
    if (!mayRead(request)) return reply.callNotFound();
    const { type, text } = await metrics.read(await figures());
    return reply.type(type).send(text);
  });
}

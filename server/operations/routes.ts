/** /readyz for proxies and watchers, /metrics for whoever may see it, and what each answer counts as. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
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

/** Statuses by which a call to sign in says that somebody did not come in. */
const refusals = [401, 403, 409, 410, 429];

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
    const signsIn = /^\/(api\/)?sign-in(\/|$)/.test(request.routeOptions.url ?? '');
    if (signsIn && refusals.includes(status)) metrics.signInFailed();
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

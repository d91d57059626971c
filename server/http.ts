/** HTTP: registers the calls of shared/api.ts with who may come in, what they may send, and what they get told. */
import type { IncomingHttpHeaders } from 'node:http';
import fastifyCookie from '@fastify/cookie';
import fastifyMultipart from '@fastify/multipart';
import fastifyRateLimit from '@fastify/rate-limit';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { z } from 'zod';
import type { Call } from '../shared/base/call.ts';
import { AppError, type ErrorCode } from '../shared/base/errors.ts';
import type { Actor } from '../shared/people/can.ts';
import type { Person } from '../shared/people/person.ts';
import { refuseUnreadable, securityHeaders } from './headers.ts';
import type { Logger } from './log.ts';
import { networkOf } from './network.ts';

/** Who is asking. */
export interface Signed {
  member: Person & Actor;
  sessionKind: 'cookie' | 'token';
  /** Which session or token it is: an opaque key that lets nobody in. */
  session: string;
}

/** Tells who is asking from a request's headers; null is nobody. Asking counts as a use of the session or
 * token, unless it only looks. */
export type Authenticate = (headers: IncomingHttpHeaders, only?: 'look') => Signed | null;

type Read<C, K extends keyof Call> = C extends { [Key in K]: infer S extends z.ZodType }
  ? z.output<S>
  : undefined;
type Answer<C> = C extends { output: infer S extends z.ZodType } ? z.input<S> : unknown;

interface Asked<C extends Call> {
  params: Read<C, 'params'>;
  query: Read<C, 'query'>;
  body: Read<C, 'body'>;
  request: FastifyRequest;
  reply: FastifyReply;
}

/** Registers a call that a member must be signed in for; `perMinute` bounds how often one member makes a call
 * that costs much. */
export type Route = <C extends Call>(
  call: C,
  handler: (asked: Asked<C> & { signed: Signed }) => Promise<Answer<C>>,
  perMinute?: number,
) => void;

/** Registers a call that anybody may make; bounded by address. */
export type PublicRoute = <C extends Call>(call: C, handler: (asked: Asked<C>) => Promise<Answer<C>>) => void;

export interface HttpOptions {
  authenticate: Authenticate;
  logger: Logger;
  /** Origins beside the request's own whose pages may act for a member. */
  origins?: readonly string[];
  /** Addresses of the proxies whose X-Forwarded-For counts. */
  trustProxy?: readonly string[];
  /** Whether people reach the server over TLS. */
  secure?: boolean;
  /** Whether the log can be written. */
  healthy: () => Promise<boolean>;
}

export interface Http {
  app: FastifyInstance;
  route: Route;
  publicRoute: PublicRoute;
}

const statuses: Record<ErrorCode, number> = {
  signInNeeded: 401,
  wrong: 401,
  notAllowed: 403,
  proofNeeded: 403,
  notFound: 404,
  badInput: 400,
  tooLarge: 413,
  wrongKind: 415,
  conflict: 409,
  notReady: 409,
  spent: 410,
  tooMany: 429,
  unavailable: 503,
};

/** Bytes of a JSON body; a picture has bounds of its own. */
const bodyLimit = 256 * 1024;
const pictureLimit = 20 * 1024 * 1024;
const callsPerMinute = 1200;
/** Milliseconds in which a request must have come in whole: a picture over a slow line. */
const requestTimeout = 300_000;
/** Wrong or spent sign-in links that one address may show in a quarter of an hour. */
const wrongPerQuarter = 50;

/** Whether a page of this origin may act for whoever the cookie names: the server's own, or a configured one. */
export function isAllowedOrigin(headers: IncomingHttpHeaders, origins: readonly string[]): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return false;
  if (origins.includes(origin)) return true;
  const url = URL.parse(origin);
  if (url === null || url.host !== host) return false;
  // Where people come over TLS, a page of the same name without it is somebody's in between.
  return url.protocol === 'https:' || (url.protocol === 'http:' && !origins.includes(`https://${host}`));
}

/** What a thrown value means to the caller: its code, and words for programs. */
function refusalOf(error: unknown): AppError | null {
  if (error instanceof AppError) return error;
  if (!(error instanceof Error) || !('code' in error)) return null;
  const code = String(error.code);
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE' || code === 'FST_REQ_FILE_TOO_LARGE')
    return new AppError('tooLarge');
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new AppError('wrongKind', 'send application/json');
  if (code.startsWith('FST_') && 'statusCode' in error && Number(error.statusCode) < 500)
    return new AppError('badInput', error.message);
  return null;
}

function parse<S extends z.ZodType>(
  schema: S | undefined,
  value: unknown,
  what: string,
): z.output<S> | undefined {
  if (!schema) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new AppError('badInput', `${[what, ...(issue?.path ?? [])].join('.')}: ${issue?.message ?? 'wrong'}`);
}

/** Builds the app without listening, so that a test can call it. */
export async function buildHttp(options: HttpOptions): Promise<Http> {
  const { authenticate, logger, healthy, origins = [], trustProxy = [], secure = false } = options;
  const quiet: FastifyBaseLogger = logger.child({}, { level: logger.level === 'silent' ? 'silent' : 'warn' });
  const security = securityHeaders(secure);
  const app = Fastify({
    loggerInstance: quiet,
    bodyLimit,
    requestTimeout,
    clientErrorHandler: (error, socket) => refuseUnreadable(error, socket, security),
    // An address that cannot be read reaches no hook either.
    frameworkErrors: (_error, _request, reply: FastifyReply) => {
      reply.status(400).headers(security).send({ error: 'badInput' });
    },
    trustProxy: trustProxy.length > 0 ? [...trustProxy] : false,
    routerOptions: { maxParamLength: 64 },
    forceCloseConnections: true,
  });
  // Text is what a form of another page can send without asking first.
  app.removeContentTypeParser('text/plain');
  const signedBy = new WeakMap<FastifyRequest, Signed>();

  app.addHook('onSend', async (_request, reply) => {
    for (const [name, value] of Object.entries(security))
      if (!reply.hasHeader(name)) reply.header(name, value);
  });

  app.setErrorHandler((error, request, reply) => {
    const refusal = refusalOf(error);
    if (refusal) {
      return reply
        .status(statuses[refusal.code])
        .send({ error: refusal.code, ...(refusal.detail ? { detail: refusal.detail } : {}) });
    }
    logger.error({ err: error, req: request }, 'a call failed');
    return reply.status(500).send({ error: 'unavailable' });
  });
  app.setNotFoundHandler((_request, reply) =>
    reply.status(404).header('cache-control', 'no-store').send({ error: 'notFound' }),
  );

  // Its parse and serialize, which people/cookie.ts uses, are there once it is registered.
  await app.register(fastifyCookie, { hook: false });
  await app.register(fastifyRateLimit, {
    global: true,
    hook: 'preHandler',
    max: callsPerMinute,
    timeWindow: 60_000,
    keyGenerator: (request) => signedBy.get(request)?.member.id ?? networkOf(request.ip),
    errorResponseBuilder: () => new AppError('tooMany'),
  });
  await app.register(fastifyMultipart, {
    limits: { fileSize: pictureLimit, files: 1, fields: 4, fieldSize: 1024, parts: 5, headerPairs: 20 },
  });

  /** A page elsewhere must not act for somebody who happens to be signed in here. */
  function refuseForeign(request: FastifyRequest, mayOmit: boolean) {
    if (request.headers.origin === undefined && mayOmit) return;
    if (!isAllowedOrigin(request.headers, origins))
      throw new AppError('notAllowed', 'this origin may not act here');
  }

  function admit(request: FastifyRequest): Signed {
    const signed = authenticate(request.headers);
    if (!signed) throw new AppError('signInNeeded');
    if (signed.sessionKind === 'cookie' && request.method !== 'GET') refuseForeign(request, false);
    return signed;
  }

  async function answer<C extends Call>(
    call: C,
    request: FastifyRequest,
    reply: FastifyReply,
    handler: (asked: Asked<C>) => Promise<Answer<C>>,
  ) {
    const asked = {
      params: parse(call.params, request.params, 'params'),
      query: parse(call.query, request.query, 'query'),
      body: parse(call.body, request.body ?? undefined, 'body'),
      request,
      reply,
    } as Asked<C>;
    const answered = await handler(asked);
    if (reply.sent) return reply;
    if (call.output) return reply.send(call.output.parse(answered));
    if (answered === undefined) return reply.status(204).send();
    return reply.send(answered);
  }

  const route: Route = (call, handler, perMinute) => {
    app.route({
      method: call.method,
      url: call.path,
      exposeHeadRoute: false,
      config: perMinute === undefined ? {} : { rateLimit: { max: perMinute } },
      onRequest: async (request) => {
        signedBy.set(request, admit(request));
      },
      handler: (request, reply) => {
        const signed = signedBy.get(request);
        if (!signed) throw new AppError('signInNeeded');
        return answer(call, request, reply, (asked) => handler({ ...asked, signed }));
      },
    });
  };

  const wrongOnes = app.createRateLimit({
    max: wrongPerQuarter,
    timeWindow: 15 * 60_000,
    keyGenerator: (request) => networkOf(request.ip),
  });

  /** Refuses an address that was wrong too often; `wrong` counts one more. */
  async function boundGuessing(request: FastifyRequest, wrong: boolean) {
    const limit = await wrongOnes(request, { increment: wrong });
    if (!wrong && !limit.isAllowed && limit.remaining === 0) throw new AppError('tooMany');
  }

  const publicRoute: PublicRoute = (call, handler) => {
    app.route({
      method: call.method,
      url: call.path,
      exposeHeadRoute: false,
      preValidation: async (request) => {
        refuseForeign(request, true);
        await boundGuessing(request, false);
      },
      handler: async (request, reply) => {
        try {
          return await answer(call, request, reply, handler);
        } catch (error) {
          if (error instanceof AppError) await boundGuessing(request, true);
          throw error;
        }
      },
    });
  };

  app.get('/healthz', { config: { rateLimit: false } }, async (_request, reply) => {
    const well = await healthy().catch(() => false);
    return reply.status(well ? 200 : 503).send({ ok: well });
  });

  return { app, route, publicRoute };
}

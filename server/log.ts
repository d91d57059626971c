/** The server's own words about itself, one JSON object a line; no secret ever gets in. */
import { type Logger, pino } from 'pino';

export type { Logger };

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

const secrets = ['authorization', 'cookie', 'set-cookie', 'token', 'link', 'hash', 'body', 'headers'];

/** Opens the log on standard error, or on `stream` for a test. */
export function openLogger(level: LogLevel, stream: { write(line: string): void } = process.stderr): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: secrets.flatMap((key) => [`["${key}"]`, `*["${key}"]`, `*.*["${key}"]`]),
        censor: '…',
      },
      serializers: {
        err: pino.stdSerializers.err,
        /** Method and path alone, without anything as long as a secret: an address could hold what somebody
         * pasted there. */
        req: (request: { method?: string; url?: string }) => ({
          method: request.method,
          path: request.url?.split('?')[0]?.replaceAll(/[\w-]{40,}/g, '…'),
        }),
        res: (reply: { statusCode?: number }) => ({ status: reply.statusCode }),
      },
    },
    stream,
  );
}

/** Configuration: one table of variables, read from the environment here and nowhere else. */
import path from 'node:path';
import { z } from 'zod';
import { type Role, roles } from '../shared/people/person.ts';
import { logLevels } from './log.ts';

interface Variable<T> {
  /** As `--help` prints it. */
  kind: string;
  fallback: string;
  sentence: string;
  schema: z.ZodType<T, string>;
  /** Its value is never said. */
  secret?: true;
}

const variable = <T>(v: Variable<T>): Variable<T> => v;

const whole = (least: number, most: number) =>
  z.string().regex(/^\d+$/, 'must be a number').transform(Number).pipe(z.int().min(least).max(most));

const folder = z
  .string()
  .min(1)
  .transform((place) => path.resolve(place));

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);

const origin = z.string().transform((text, context) => {
  const url = URL.parse(text);
  if (url && (url.protocol === 'http:' || url.protocol === 'https:') && url.pathname === '/' && !url.search)
    return url.origin;
  context.addIssue({ code: 'custom', message: 'must look like https://news.example' });
  return z.NEVER;
});

export const variables = {
  PORT: variable({
    kind: 'number',
    fallback: '3000',
    sentence: 'The port that the server listens on.',
    schema: whole(0, 65535),
  }),
  HOST: variable({
    kind: 'address',
    fallback: '127.0.0.1',
    sentence: 'The address it listens on; the default is this machine alone, 0.0.0.0 or :: is every network.',
    schema: z.string().min(1),
  }),
  DATA_DIR: variable({
    kind: 'folder',
    fallback: './data',
    sentence: 'Where the newsroom is kept; one server to a folder.',
    schema: folder,
  }),
  PUBLIC_URL: variable({
    kind: 'address',
    fallback: '',
    sentence: 'How people reach it (https://news.example); with https, cookies are Secure and HSTS is sent.',
    schema: z.literal('').or(origin),
  }),
  ORIGINS: variable({
    kind: 'addresses',
    fallback: '',
    sentence: 'Further origins, parted by commas, whose pages may act for somebody who is signed in.',
    schema: list.pipe(z.array(origin)),
  }),
  TRUST_PROXY: variable({
    kind: 'addresses',
    fallback: '',
    sentence:
      'Addresses or networks of the proxies, parted by commas, whose word on a client’s address counts.',
    schema: list,
  }),
  PAPER: variable({
    kind: 'text',
    fallback: '同稿日报',
    sentence: 'The paper’s name, used once, when a newsroom is made.',
    schema: z.string().trim().min(1).max(40),
  }),
  TIME_ZONE: variable({
    kind: 'time zone',
    fallback: 'Asia/Shanghai',
    sentence: 'Where the paper is: the day and time that stand on its proofs.',
    schema: z.string().refine(isTimeZone, 'must be a time zone such as Asia/Shanghai'),
  }),
  LOG_LEVEL: variable({
    kind: logLevels.join('|'),
    fallback: 'info',
    sentence: 'How much the server says about itself on standard error.',
    schema: z.enum(logLevels),
  }),
  METRICS_TOKEN: variable({
    kind: 'secret of 20 characters or more',
    fallback: '',
    sentence:
      'What Prometheus shows as its Bearer token at /metrics; without it, only an administrator’s does.',
    schema: z
      .literal('')
      .or(z.string().regex(/^[\x21-\x7e]{20,200}$/, 'must be 20 to 200 printable characters')),
    secret: true,
  }),
  MIN_FREE_MB: variable({
    kind: 'megabytes',
    fallback: '200',
    sentence: 'Free space on the data folder’s disk below which /readyz says no and no backup is made.',
    schema: whole(0, 1_000_000),
  }),
  BACKUP_EVERY_HOURS: variable({
    kind: 'hours',
    fallback: '24',
    sentence: 'How often the server makes a backup by itself; 0 is never.',
    schema: whole(0, 8760),
  }),
  BACKUP_KEEP: variable({
    kind: 'number',
    fallback: '7',
    sentence: 'How many of its own backups the server keeps; those that somebody asked for stay.',
    schema: whole(1, 1000),
  }),
  BACKUP_DIR: variable({
    kind: 'folder',
    fallback: '',
    sentence: 'Where backups go, best on another disk; without it, backups/ in the data folder.',
    schema: z.literal('').or(folder),
  }),
  PRINT_PROFILE: variable({
    kind: 'file',
    fallback: '',
    sentence:
      'The press’s own ICC profile (CMYK, at most 4 MB) for pictures and PDFs; without it, one for newsprint at 240 % ink.',
    schema: z.literal('').or(folder),
  }),
  SMTP_URL: variable({
    kind: 'smtp:// or smtps:// address',
    fallback: '',
    sentence:
      'The server that takes notices as e-mail: smtps://name:password@mail.example:465; needs MAIL_FROM and PUBLIC_URL.',
    schema: z.literal('').or(z.url({ protocol: /^smtps?$/ })),
    secret: true,
  }),
  MAIL_FROM: variable({
    kind: 'address',
    fallback: '',
    sentence: 'Who those mails are from: 同稿日报 <notices@news.example>.',
    schema: z.literal('').or(
      z
        .string()
        .max(200)
        .regex(/^(?:[^<>\r\n]* <)?[^\s<>@]+@[^\s<>@]+>?$/, 'must look like 同稿日报 <notices@news.example>'),
    ),
  }),
  OIDC_ISSUER: variable({
    kind: 'address',
    fallback: '',
    sentence:
      'The paper’s own directory for signing in by OpenID Connect; it sends people back to PUBLIC_URL/sign-in/directory/callback.',
    schema: z.literal('').or(z.url({ protocol: /^https?$/ })),
  }),
  OIDC_CLIENT_ID: variable({
    kind: 'text',
    fallback: '',
    sentence: 'What the directory calls this newsroom; needed with OIDC_ISSUER.',
    schema: z.string().max(200),
  }),
  OIDC_CLIENT_SECRET: variable({
    kind: 'secret',
    fallback: '',
    sentence: 'The secret that the directory gave for it; none for a public client.',
    schema: z.string().max(500),
    secret: true,
  }),
  OIDC_NAME: variable({
    kind: 'text',
    fallback: '单位账号',
    sentence: 'What the button on the sign-in page calls the directory.',
    schema: z.string().trim().min(1).max(40),
  }),
  OIDC_CREATE_ROLE: variable({
    kind: roles.filter((role) => role !== 'administrator').join('|'),
    fallback: '',
    sentence:
      'The duty of a new member for whoever the directory knows and the newsroom does not; without it, only known members come in.',
    schema: z.literal('').or(z.enum(roles).exclude(['administrator'])),
  }),
} as const;

const flags = {
  '--no-sample': 'An empty newsroom with one administrator, instead of the sample.',
  '--help': 'Prints this.',
} as const;

type Values = { [K in keyof typeof variables]: z.output<(typeof variables)[K]['schema']> };

/** The paper's own directory. */
export interface DirectoryConfig {
  issuer: string;
  clientId: string;
  /** '' for a public client. */
  clientSecret: string;
  name: string;
  /** Null when only known members come in. */
  createRole: Role | null;
}

export interface Config {
  port: number;
  host: string;
  dataDir: string;
  /** Null when not configured: then it is the address that the server listens on. */
  publicUrl: string | null;
  origins: string[];
  trustProxy: string[];
  paper: string;
  timeZone: string;
  logLevel: Values['LOG_LEVEL'];
  sample: boolean;
  /** Null when only an administrator may read the metrics. */
  metricsToken: string | null;
  /** Bytes. */
  minFree: number;
  backups: {
    folder: string;
    /** Milliseconds; 0 is never. */
    every: number;
    keep: number;
  };
  /** The press's ICC profile; '' when the bundled one is used. */
  printProfile: string;
  /** Null when none is configured. */
  directory: DirectoryConfig | null;
  /** Where notices go as e-mail, and from whom; null when they do not. */
  mail: { url: string; from: string } | null;
}

export type Reading =
  | { kind: 'config'; config: Config }
  | { kind: 'help' }
  | { kind: 'wrong'; message: string };

function directoryIn(read: Values): DirectoryConfig | null {
  if (read.OIDC_ISSUER === '') return null;
  return {
    issuer: read.OIDC_ISSUER,
    clientId: read.OIDC_CLIENT_ID,
    clientSecret: read.OIDC_CLIENT_SECRET,
    name: read.OIDC_NAME,
    createRole: read.OIDC_CREATE_ROLE === '' ? null : read.OIDC_CREATE_ROLE,
  };
}

/** Reads the command line and the environment; says which variable is wrong and what it may be. */
export function readConfig(words: readonly string[], env: Record<string, string | undefined>): Reading {
  const unknown = words.find((word) => !(word in flags));
  if (unknown !== undefined) return { kind: 'wrong', message: `${unknown} is no option; --help lists them.` };
  if (words.includes('--help')) return { kind: 'help' };
  const values: Record<string, unknown> = {};
  for (const [name, { fallback, schema, secret }] of Object.entries<Variable<unknown>>(variables)) {
    const given = env[name];
    const result = schema.safeParse(given === undefined || given === '' ? fallback : given);
    if (!result.success) {
      const why = result.error.issues[0]?.message ?? 'wrong';
      return {
        kind: 'wrong',
        message: `${name}=${secret ? '…' : given}: ${why}. ${variables[name as keyof Values].sentence}`,
      };
    }
    values[name] = result.data;
  }
  const read = values as Values;
  if (read.OIDC_ISSUER !== '' && read.OIDC_CLIENT_ID === '')
    return { kind: 'wrong', message: `OIDC_CLIENT_ID=: ${variables.OIDC_CLIENT_ID.sentence}` };
  if (read.SMTP_URL !== '' && read.MAIL_FROM === '')
    return { kind: 'wrong', message: `MAIL_FROM=: ${variables.MAIL_FROM.sentence}` };
  if (read.SMTP_URL !== '' && read.PUBLIC_URL === '')
    return { kind: 'wrong', message: 'PUBLIC_URL=: SMTP_URL needs it, or no mail would lead anywhere.' };
  return {
    kind: 'config',
    config: {
      port: read.PORT,
      host: read.HOST,
      dataDir: read.DATA_DIR,
      publicUrl: read.PUBLIC_URL === '' ? null : read.PUBLIC_URL,
      origins: read.ORIGINS,
      trustProxy: read.TRUST_PROXY,
      paper: read.PAPER,
      timeZone: read.TIME_ZONE,
      logLevel: read.LOG_LEVEL,
      sample: !words.includes('--no-sample'),
      metricsToken: read.METRICS_TOKEN === '' ? null : read.METRICS_TOKEN,
      minFree: read.MIN_FREE_MB * 1024 * 1024,
      backups: {
        folder: read.BACKUP_DIR === '' ? path.join(read.DATA_DIR, 'backups') : read.BACKUP_DIR,
        every: read.BACKUP_EVERY_HOURS * 3_600_000,
        keep: read.BACKUP_KEEP,
      },
      printProfile: read.PRINT_PROFILE,
      directory: directoryIn(read),
      mail: read.SMTP_URL === '' ? null : { url: read.SMTP_URL, from: read.MAIL_FROM },
    },
  };
}

/** The table as text, for `--help`. */
export function helpText(): string {
  const lines = ['npm start [-- options]', '', 'Options'];
  for (const [flag, sentence] of Object.entries(flags)) lines.push(`  ${flag.padEnd(19)}${sentence}`);
  lines.push('', 'Environment');
  for (const [name, { kind, fallback, sentence }] of Object.entries(variables)) {
    lines.push(`  ${name.padEnd(19)}${sentence}`);
    lines.push(`  ${''.padEnd(19)}${kind}${fallback === '' ? '' : `, default ${fallback}`}`);
  }
  return lines.join('\n');
}

/** The address that people open, from what the server listens on. */
export function publicUrl(config: Config, port: number): string {
  return config.publicUrl ?? `http://localhost:${port}`;
}

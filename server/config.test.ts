/** Configuration: the table's defaults, its refusals in words, and the help it prints. */
import path from 'node:path';
import { expect, test } from 'vitest';
import { helpText, publicUrl, readConfig, variables } from './config.ts';

const read = (env: Record<string, string>, ...words: string[]) => readConfig(words, env);

test('without anything it is this machine alone, on 3000, in ./data, with the sample', () => {
  expect(read({})).toEqual({
    kind: 'config',
    config: {
      port: 3000,
      host: '127.0.0.1',
      dataDir: path.resolve('data'),
      publicUrl: null,
      origins: [],
      trustProxy: [],
      paper: '同稿日报',
      timeZone: 'Asia/Shanghai',
      printProfile: '',
      logLevel: 'info',
      sample: true,
      metricsToken: null,
      minFree: 200 * 1024 * 1024,
      backups: { folder: path.resolve('data/backups'), every: 86_400_000, keep: 7 },
      directory: null,
      mail: null,
    },
  });
});

test('what is given counts; what is empty does not', () => {
  const reading = read(
    {
      PORT: '8080',
      HOST: '::',
      PUBLIC_URL: 'https://news.example/',
      ORIGINS: 'http://a.example, http://b.example:81',
      DATA_DIR: '',
    },
    '--no-sample',
  );
  if (reading.kind !== 'config') throw new Error(reading.kind);
  expect(reading.config).toMatchObject({
    port: 8080,
    host: '::',
    publicUrl: 'https://news.example',
    origins: ['http://a.example', 'http://b.example:81'],
    dataDir: path.resolve('data'),
    sample: false,
  });
  expect(publicUrl(reading.config, 8080)).toBe('https://news.example');
});

test('a directory needs to know what it calls us, and makes nobody an administrator', () => {
  const directory = { OIDC_ISSUER: 'https://id.example/realms/paper', OIDC_CLIENT_SECRET: 'hush' };
  expect(read(directory)).toMatchObject({
    kind: 'wrong',
    message: expect.stringContaining('OIDC_CLIENT_ID'),
  });
  const reading = read({ ...directory, OIDC_CLIENT_ID: 'tonggao', OIDC_CREATE_ROLE: 'reporter' });
  if (reading.kind !== 'config') throw new Error(reading.kind);
  expect(reading.config.directory).toEqual({
    issuer: 'https://id.example/realms/paper',
    clientId: 'tonggao',
    clientSecret: 'hush',
    name: '单位账号',
    createRole: 'reporter',
  });
  expect(read({ OIDC_CREATE_ROLE: 'administrator' })).toMatchObject({ kind: 'wrong' });
  expect(read({ OIDC_ISSUER: 'ftp://id.example' })).toMatchObject({ kind: 'wrong' });
});

test('what is wrong is said by name', () => {
  for (const [name, value] of [
    ['PORT', 'x'],
    ['PORT', '70000'],
    ['PUBLIC_URL', 'news.example'],
    ['ORIGINS', 'https://a.example/path'],
    ['LOG_LEVEL', 'loud'],
  ] as const) {
    expect(read({ [name]: value })).toMatchObject({
      kind: 'wrong',
      message: expect.stringContaining(`${name}=${value}`),
    });
  }
  const short = read({ METRICS_TOKEN: 'hunter2' });
  expect(short).toMatchObject({ kind: 'wrong', message: expect.stringContaining('METRICS_TOKEN=…') });
  expect(JSON.stringify(short)).not.toContain('hunter2');
  expect(read({}, '--sample')).toMatchObject({ kind: 'wrong', message: expect.stringContaining('--sample') });
});

test('--help prints every variable with its default and sentence', () => {
  expect(read({ PORT: 'x' }, '--help')).toEqual({ kind: 'help' });
  const help = helpText();
  for (const [name, { fallback, sentence }] of Object.entries(variables))
    for (const part of [name, fallback, sentence]) expect(help).toContain(part);
  expect(help).toContain('--no-sample');
});

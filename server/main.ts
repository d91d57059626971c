/** `npm start`: holds the data folder, builds what is missing, opens the house, and says how to come in. */
import net from 'node:net';
import { buildClient, isClientStale, serveClient } from './client-files.ts';
import { helpText, readConfig, variables } from './config.ts';
import { openHouse } from './house.ts';
import { openLogger } from './log.ts';
import { version } from './operations/version.ts';
import { holdDataFolder, holderOf } from './storage/data-folder.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

function end(code: number, line: string): never {
  process[code === 0 ? 'stdout' : 'stderr'].write(`${line}\n`);
  process.exit(code);
}

/** Why the server could not listen there, found out before anything is made; null when it can. */
function portProblem(port: number, host: string): Promise<string | null> {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once('error', ({ code }: NodeJS.ErrnoException) =>
      resolve(
        code === 'EADDRINUSE'
          ? `端口 ${port} 已被占用。Port ${port} is taken: set PORT to another.`
          : `HOST=${host} PORT=${port}: ${code}. ${variables.HOST.sentence}`,
      ),
    );
    probe.listen(port, host, () => probe.close(() => resolve(null)));
  });
}

const reading = readConfig(process.argv.slice(2), process.env);
if (reading.kind === 'help') end(0, helpText());
if (reading.kind === 'wrong') end(1, reading.message);
const { config } = reading;

const why = (error: unknown) => (error instanceof Error ? error.message : String(error));

function hold() {
  try {
    return holdDataFolder(config.dataDir);
  } catch (error) {
    return end(1, `DATA_DIR=${config.dataDir}: ${why(error)}`);
  }
}
const held = hold();
if (!held) {
  const holder = holderOf(config.dataDir);
  const who = holder ? `${holder.url} (pid ${holder.pid})` : '';
  end(
    1,
    `${config.dataDir} 已有服务器在用。Another server has this data folder already: ${who}\n` +
      'Stop it first, or give this one a DATA_DIR and a PORT of its own.',
  );
}

const taken = await portProblem(config.port, config.host);
if (taken !== null) end(1, taken);

const logger = openLogger(config.logLevel);
if (isClientStale()) {
  await buildClient(say).catch((error: unknown) =>
    end(1, `网页部分构建失败。The browser’s side could not be built:\n${why(error)}`),
  );
}
const house = await openHouse(config, logger).catch((error: unknown) =>
  end(1, `编辑部打不开。The newsroom in ${config.dataDir} could not be opened: ${why(error)}`),
);
await serveClient(house.app);

/** Milliseconds after which a stop that hangs is cut off; what was acknowledged is in the log already. */
const stopBound = 15_000;
let stopping = false;

async function stop(signal: string) {
  if (stopping) end(1, `${signal} again: stopping at once`);
  stopping = true;
  logger.info({ signal }, 'stopping');
  setTimeout(() => {
    logger.error('the server did not stop in time');
    process.exit(1);
  }, stopBound).unref();
  await house.close();
  held?.release();
  process.exit(0);
}

process.on('SIGTERM', () => void stop('SIGTERM'));
process.on('SIGINT', () => void stop('SIGINT'));
process.on('unhandledRejection', (error) => logger.error({ err: error }, 'a promise failed unheard'));
process.on('uncaughtException', (error) => {
  logger.fatal({ err: error }, 'the server cannot go on');
  process.exit(1);
});

const { url, local } = await house.listen();
held.listening(url, local);
logger.info({ version, url, dataDir: config.dataDir }, 'the server is up');

if (house.made.length > 0) {
  say('\n编辑部已建好。每人一个登录链接，只能用一次，72 小时内有效：');
  say('The newsroom is made. One sign-in link each, good once, for 72 hours:\n');
  for (const member of house.made)
    say(`  ${member.handle.padEnd(15)} ${await house.link(member)}  ${member.name}`);
}
say(`\n同稿 ${url}`);
say('新的登录链接 A fresh sign-in link: npm run signin -- <handle>');
if (config.host === '127.0.0.1')
  say('只有本机能打开；要让别的机器打开 Only this machine can open it; for others: HOST=0.0.0.0 npm start');

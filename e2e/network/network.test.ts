/** S1–S7 on a simulated network: whatever breaks, and whenever, all who may read come to read the same, nothing that was
 * called saved is missing, nothing waits, and what the server took no more is put by. `SEEDS=1000` runs so many, `SEED=17` one, with its story. */
import { webcrypto } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Random, seeded } from './random.ts';
import type { Cast, Pass, World } from './world.ts';

const seeds = Number(process.env.SEEDS ?? 300);
const only = process.env.SEED === undefined ? null : Number(process.env.SEED);

let random: Random = seeded(0);
let makeWorld: (random: Random, pass: Pass, cast: Cast) => World;
let freshDevice: () => Promise<void>;

beforeAll(async () => {
  vi.useFakeTimers({ now: new Date('2026-11-22T12:00:00Z'), toFake: [...fakes] });
  // Libraries take these when they are loaded: everything that follows is loaded after they are simulated.
  Object.defineProperty(webcrypto, 'getRandomValues', {
    configurable: true,
    value: (bytes: Uint32Array | Uint8Array) => {
      for (let i = 0; i < bytes.length; i++) bytes[i] = random(2 ** (8 * bytes.BYTES_PER_ELEMENT));
      return bytes;
    },
  });
  vi.spyOn(Math, 'random').mockImplementation(() => random(2 ** 30) / 2 ** 30);
  vi.stubGlobal('location', { protocol: 'http:', host: 'newsroom.test' });
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal('removeEventListener', () => undefined);
  vi.stubGlobal('WebSocket', class {});
  const device = await import('fake-indexeddb');
  for (const [name, value] of Object.entries(device)) vi.stubGlobal(name, value);
  const { closeDevice } = await import('../../client/live/device.ts');
  const { World } = await import('./world.ts');
  makeWorld = (...given) => new World(...given);
  freshDevice = async () => {
    await closeDevice();
    vi.stubGlobal('indexedDB', new device.IDBFactory());
  };
});
afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  Reflect.deleteProperty(webcrypto, 'getRandomValues');
});

const fakes = [
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'setImmediate',
  'clearImmediate',
  'Date',
  'performance',
] as const;

const pass: Pass = async (milliseconds) => {
  await vi.advanceTimersByTimeAsync(milliseconds);
};

async function run(seed: number): Promise<{ world: World; faults: string[] }> {
  random = seeded(seed);
  await freshDevice();
  const cast = { writers: 1 + random(3), suggesters: random(3), changing: random(4) };
  const world = makeWorld((below) => random(below), pass, cast);
  try {
    await world.begin();
    for (let step = 30 + random(90); step > 0; step--) await world.step();
    await world.heal();
    return { world, faults: world.faults() };
  } catch (error) {
    return { world, faults: [error instanceof Error ? (error.stack ?? error.message) : String(error)] };
  } finally {
    await world.end();
    vi.clearAllTimers();
  }
}

test('S1 S2 S3 S5 S6 S7 on every seed all who may read do so alike, nothing saved is missing, nothing waits, what was refused is put by', async () => {
  const failed: string[] = [];
  let held = 0;
  let leftOver = 0;
  for (let seed = only ?? 1; seed <= (only ?? seeds); seed++) {
    const { world, faults } = await run(seed);
    held += world.held;
    leftOver += world.leftOver;
    if (faults.length > 0) failed.push(`SEED=${seed}: ${faults.join('; ')}`);
    if (only !== null) process.stdout.write(`${world.story.join('\n')}\n`);
  }
  expect(failed).toEqual([]);
  if (process.env.SEEDS)
    process.stdout.write(`${seeds} seeds, held to 'saved' ${held} times, ${leftOver} characters left over\n`);
  expect(held, 'windows that said saved were held to it').toBeGreaterThan(0);
  if (only === null) expect(leftOver, 'words that were refused were put by').toBeGreaterThan(0);
}, 900_000);

test('S11 a quiet quarter of an hour ends no connection: the provider counts silence, the server fills it', async () => {
  random = seeded(11);
  await freshDevice();
  // Alone: several windows hear each other's presence.
  const world = makeWorld((below) => random(below), pass, { writers: 1, suggesters: 0, changing: 0 });
  await world.begin();
  await pass(15 * 60_000);
  expect(world.windows.map(({ closes }) => closes)).toEqual([[]]);
  expect(world.windows.map(({ lines }) => lines.length)).toEqual([1]);
  await world.end();
  vi.clearAllTimers();
});

test('a seed runs the same again', async () => {
  const first = await run(5);
  const second = await run(5);
  expect(second.world.story).toEqual(first.world.story);
  expect(second.world.readings()).toEqual(first.world.readings());
});

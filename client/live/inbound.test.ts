/** What arrives in one frame is one change, in its order; no frame, no close and no bad message keeps it out. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { paced, soon } from './frame.ts';
import { createInbound, type Inbound } from './inbound.ts';

let far: Y.Doc;
let near: Y.Doc;
let inbound: Inbound;
let draw: (() => void) | null;
let changes: { origin: unknown; local: boolean; delta: unknown }[];

/** What another types, as the updates it sends. */
function typed(words: string): Uint8Array[] {
  const updates: Uint8Array[] = [];
  const note = (update: Uint8Array) => updates.push(update);
  far.on('update', note);
  for (const char of words) far.getText('words').insert(far.getText('words').length, char);
  far.off('update', note);
  return updates;
}
const take = (words: string) => {
  for (const update of typed(words)) inbound.take(() => Y.applyUpdate(near, update, 'net'));
};
const read = () => near.getText('words').toString();

beforeEach(() => {
  [far, near, draw, changes] = [new Y.Doc(), new Y.Doc(), null, []];
  near.getText('words').observe((event, { origin, local }) => {
    changes.push({ origin, local, delta: event.delta });
  });
  inbound = createInbound(
    near,
    () => 'net',
    (act) => {
      draw = act;
      return () => {
        draw = null;
      };
    },
  );
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('three messages before a frame are one change that came from outside', () => {
  take('甲乙丙');
  expect(read()).toBe('');
  draw?.();
  expect(changes).toEqual([{ origin: 'net', local: false, delta: [{ insert: '甲乙丙' }] }]);
  take('丁');
  draw?.();
  expect(read()).toBe('甲乙丙丁');
});

test('one’s own words between arrival and frame stay, and nothing comes twice', () => {
  take('甲乙');
  near.getText('words').insert(0, '我');
  draw?.();
  expect([...read()].sort()).toEqual(['我', '乙', '甲'].sort());
});

test('held, it waits without a frame; released, it is there at once', () => {
  take('甲');
  inbound.hold();
  expect(draw).toBeNull();
  take('乙');
  inbound.hurry();
  expect(read()).toBe('');
  inbound.release();
  expect(read()).toBe('甲乙');
  expect(changes).toHaveLength(1);
});

test('a closing socket takes it in at once; what is dropped never comes', () => {
  take('甲');
  inbound.hurry();
  expect(read()).toBe('甲');
  expect(draw).toBeNull();
  take('乙');
  inbound.drop();
  expect(draw).toBeNull();
  inbound.release();
  expect(read()).toBe('甲');
});

test('a message that cannot be read keeps none of the others out, and is told of', async () => {
  const told = vi.fn();
  vi.stubGlobal('queueMicrotask', (act: () => void) => {
    expect(act).toThrow('unreadable');
    told();
  });
  inbound.take(() => {
    throw new Error('unreadable');
  });
  take('甲');
  draw?.();
  expect(read()).toBe('甲');
  expect(told).toHaveBeenCalledOnce();
});

test('where no frame comes, in a hidden tab or without a window, it comes all the same, and once', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const done = vi.fn();
  soon(done);
  vi.runAllTimers();
  expect(done).toHaveBeenCalledTimes(1);
  const frames: (() => void)[] = [];
  vi.stubGlobal('requestAnimationFrame', (act: () => void) => frames.push(act));
  vi.stubGlobal('cancelAnimationFrame', (id: number) => {
    frames[id - 1] = () => undefined;
  });
  soon(done);
  vi.runAllTimers();
  for (const frame of frames) frame();
  expect(done).toHaveBeenCalledTimes(2);
  soon(done);
  frames.at(-1)?.();
  vi.runAllTimers();
  expect(done).toHaveBeenCalledTimes(3);
  soon(done)();
  frames.at(-1)?.();
  vi.runAllTimers();
  expect(done).toHaveBeenCalledTimes(3);
});

test('paced: after the frame, then once more for all that was asked meanwhile, then after the frame again', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const done = vi.fn();
  const { ask, stop } = paced(done, 100);
  ask();
  expect(done).not.toHaveBeenCalled();
  vi.advanceTimersByTime(10);
  expect(done).toHaveBeenCalledTimes(1);
  ask();
  ask();
  vi.advanceTimersByTime(80);
  expect(done).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(20);
  expect(done).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(500);
  expect(done).toHaveBeenCalledTimes(2);
  ask();
  vi.advanceTimersByTime(10);
  expect(done).toHaveBeenCalledTimes(3);
  ask();
  stop();
  vi.runAllTimers();
  expect(done).toHaveBeenCalledTimes(3);
});

test('paced: while frames come late it is done less often, but it is done', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  let late = 50;
  vi.stubGlobal('requestAnimationFrame', (act: () => void) => setTimeout(act, late));
  vi.stubGlobal('cancelAnimationFrame', (timer: number) => clearTimeout(timer));
  const done = vi.fn();
  const { ask, stop } = paced(done, 100);
  const asksFor = (milliseconds: number) => {
    done.mockClear();
    for (let passed = 0; passed < milliseconds; passed += 10) {
      ask();
      vi.advanceTimersByTime(10);
    }
    return done.mock.calls.length;
  };
  expect(asksFor(4_000)).toBe(10);
  late = 140;
  asksFor(1_000);
  expect(asksFor(4_000)).toBe(4);
  late = 5;
  asksFor(1_000);
  expect(asksFor(4_000)).toBe(40);
  stop();
});

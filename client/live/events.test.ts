/** The events' socket where the line dies without a word: by the clock, and when somebody looks again. */
import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type LiveEvent, pulseEvery } from '../../shared/api.ts';
import { must } from '../../shared/base/must.ts';
import { closeCodes } from '../../shared/sync/protocol.ts';
import { keys } from '../api.ts';
import { listen, liveState } from './events.ts';

/** A socket whose line is in the test's hands: closing it is heard by nobody, as on a dead line. */
class TrialSocket {
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  closed = false;
  constructor() {
    sockets.push(this);
  }
  close() {
    this.closed = true;
  }
  say(event: LiveEvent) {
    this.onmessage?.({ data: JSON.stringify(event) });
  }
}

let sockets: TrialSocket[];
let page: EventTarget;
let screen: EventTarget & { visibilityState: string };
let queries: QueryClient;
let signedOut: string[];
let stop: () => void;
let answer: () => Response;

const latest = () => must(sockets.at(-1), 'a socket');
const look = () => screen.dispatchEvent(new Event('visibilitychange'));
/** The longest pause before the next attempt. */
const soon = () => vi.advanceTimersByTime(1_000);

beforeEach(() => {
  vi.useFakeTimers();
  sockets = [];
  page = new EventTarget();
  screen = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  vi.stubGlobal('WebSocket', TrialSocket);
  vi.stubGlobal('location', { href: 'http://news.example/' });
  vi.stubGlobal('document', screen);
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  answer = () => Response.error();
  vi.stubGlobal('fetch', async () => answer());
  queries = new QueryClient();
  queries.setQueryData(keys.articles, []);
  signedOut = [];
  stop = listen(queries, (why) => signedOut.push(why));
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const isOutOfDate = () => queries.getQueryState(keys.articles)?.isInvalidated === true;

test('a line without a word for a minute is lost and tried anew; what is on screen is asked for again', () => {
  latest().onopen?.();
  expect(liveState()).toBe('live');
  vi.advanceTimersByTime(3 * pulseEvery - 1);
  expect([liveState(), sockets.length]).toEqual(['live', 1]);
  const dead = latest();
  vi.advanceTimersByTime(1);
  expect([liveState(), dead.closed]).toEqual(['lost', true]);
  soon();
  expect([liveState(), sockets.length]).toEqual(['lost', 2]);
  expect(isOutOfDate()).toBe(false);
  latest().onopen?.();
  expect([liveState(), isOutOfDate()]).toEqual(['live', true]);
  // What the dead line says after all is nothing to the new one.
  dead.onclose?.({ code: 1006 });
  dead.say({ kind: 'pulse' });
  soon();
  expect([liveState(), sockets.length]).toEqual(['live', 2]);
});

test('a server that pulses keeps the line for as long as one likes', () => {
  latest().onopen?.();
  for (let pulse = 0; pulse < 30; pulse++) {
    vi.advanceTimersByTime(pulseEvery);
    latest().say({ kind: 'pulse' });
  }
  expect([liveState(), sockets.length]).toEqual(['live', 1]);
});

test('an attempt that nobody answers is given up, too', () => {
  vi.advanceTimersByTime(3 * pulseEvery);
  expect(latest().closed).toBe(true);
  soon();
  expect(sockets.length).toBe(2);
});

test.each(['visibilitychange', 'pageshow'])('after a sleep the line is tried at once at %s', (kind) => {
  latest().onopen?.();
  // Asleep: the clock on the wall goes on and no timer runs.
  vi.setSystemTime(Date.now() + 8 * 3_600_000);
  (kind === 'pageshow' ? page : screen).dispatchEvent(new Event(kind));
  expect([liveState(), sockets.length, sockets[0]?.closed]).toEqual(['lost', 2, true]);
  latest().onopen?.();
  expect([liveState(), isOutOfDate()]).toEqual(['live', true]);
});

test('looking again at a line that was heard just now leaves it; leaving the page does nothing', () => {
  latest().onopen?.();
  vi.advanceTimersByTime(pulseEvery);
  look();
  page.dispatchEvent(new Event('pageshow'));
  expect([liveState(), sockets.length]).toEqual(['live', 1]);
  vi.setSystemTime(Date.now() + 3_600_000);
  screen.visibilityState = 'hidden';
  look();
  expect(sockets.length).toBe(1);
});

test('looking again, and a network that is back, do not wait for the next attempt', () => {
  for (const [target, kind] of [
    [screen, 'visibilitychange'],
    [page, 'online'],
  ] as const) {
    latest().onclose?.({ code: 1006 });
    const count = sockets.length;
    target.dispatchEvent(new Event(kind));
    expect(sockets.length).toBe(count + 1);
  }
  soon();
  expect(sockets.length).toBe(3);
});

test('a line from before the network went is not trusted when it is back', () => {
  latest().onopen?.();
  vi.advanceTimersByTime(5_000);
  page.dispatchEvent(new Event('online'));
  expect([liveState(), sockets.length, sockets[0]?.closed]).toEqual(['lost', 2, true]);
});

test('a session that ended while the line was dead is told as such, not as a server out of reach', async () => {
  answer = () => Response.json({ error: 'signInNeeded' }, { status: 401 });
  latest().onopen?.();
  latest().onclose?.({ code: 1006 });
  soon();
  latest().onclose?.({ code: 1006 });
  await vi.waitFor(() => expect(signedOut).toEqual(['ended']));
  const count = sockets.length;
  soon();
  look();
  page.dispatchEvent(new Event('online'));
  expect(sockets.length).toBe(count);
});

test('whoever was signed out is not tried for again', () => {
  latest().onopen?.();
  latest().onclose?.({ code: closeCodes.memberGone });
  expect(signedOut).toEqual(['removed']);
  soon();
  look();
  expect([liveState(), sockets.length]).toEqual(['lost', 1]);
});

test('who no longer listens hears and tries nothing', () => {
  latest().onopen?.();
  stop();
  expect([liveState(), latest().closed]).toEqual(['connecting', true]);
  vi.advanceTimersByTime(10 * pulseEvery);
  look();
  page.dispatchEvent(new Event('online'));
  expect(sockets.length).toBe(1);
});

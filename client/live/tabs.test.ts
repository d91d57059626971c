/** Tabs of one browser: who signed out, and what one of them has alone, however late it answers. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answerTabs, askTabs, hearSignedOut, type OnlyHere, tellSignedOut } from './tabs.ts';
import { until } from './trial-server.ts';

const story: OnlyHere = { kind: 'article', id: 'story', headline: '题' };

/** The channel as another tab has it. */
let other: BroadcastChannel;
let heard: { kind: string; question: string }[];
let stops: (() => void)[];

beforeEach(() => {
  [heard, stops] = [[], []];
  other = new BroadcastChannel('tonggao');
  other.onmessage = ({ data }) => heard.push(data);
});
afterEach(() => {
  other.close();
  for (const stop of stops) stop();
});

const answer = (question: string, tab: string, settled: boolean, words: OnlyHere[]) =>
  other.postMessage({ kind: 'answer', question, tab, settled, words });

test('a sign-out is heard in the other tabs; what they cannot read is not', async () => {
  const listener = vi.fn();
  stops.push(hearSignedOut(listener));
  other.postMessage({ kind: 'of another build' });
  other.postMessage({ kind: 'signedOut', member: 'zhang' });
  await until(() => listener.mock.calls.length > 0);
  expect(listener.mock.calls).toEqual([['zhang']]);
  tellSignedOut('cheng');
  await until(() => heard.length > 0);
  expect(heard).toEqual([{ kind: 'signedOut', member: 'cheng' }]);
});

test('a tab that is still sending is waited for, and its last answer counts', async () => {
  const asked = askTabs('zhang');
  await until(() => heard.length > 0);
  const { question } = heard[0]!;
  answer('another question', 'a', true, [story]);
  answer(question, 'a', false, [story]);
  answer(question, 'b', false, [story]);
  answer(question, 'b', true, [{ ...story, id: 'lost' }]);
  answer(question, 'a', true, []);
  expect(await asked).toEqual([{ ...story, id: 'lost' }]);
});

test('with no other tab nothing is waited for long', async () => {
  expect(await askTabs('zhang')).toEqual([]);
});

test('this tab answers at once, and again when it has settled; of its own member alone', async () => {
  let words = [story];
  const { promise, resolve } = Promise.withResolvers<void>();
  stops.push(answerTabs('zhang', { words: () => words, settle: () => promise }));
  other.postMessage({ kind: 'question', member: 'cheng', question: 'not mine' });
  other.postMessage({ kind: 'question', member: 'zhang', question: 'mine' });
  await until(() => heard.length === 1);
  expect(heard[0]).toMatchObject({ question: 'mine', settled: false, words: [story] });
  words = [];
  resolve();
  await until(() => heard.length === 2);
  expect(heard[1]).toMatchObject({ question: 'mine', settled: true, words: [] });
});

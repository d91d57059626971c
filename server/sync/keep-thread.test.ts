/** A thread that ends is there again, and whoever keeps it hears why it ended. */
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { keepThread } from './keep-thread.ts';
import { until } from './trial.ts';

const code = `
  const { parentPort } = require('node:worker_threads');
  parentPort.on('message', (said) => {
    if (said === 'fall') throw new Error('fell');
    parentPort.postMessage(said);
  });`;

test('S14 a thread that falls is said, started again, and answers again', async () => {
  const heard: string[] = [];
  let started = 0;
  const kept = keepThread<string>({
    start: () => new Worker(code, { eval: true }),
    onStarted: () => {
      started += 1;
    },
    onSaid: (said) => heard.push(said),
    onEnded: (why) => heard.push(`ended: ${why}`),
    pause: 10,
  });
  expect(kept.ask('too early')).toBe(false);
  await until(() => started === 1);
  expect(kept.ask('fall')).toBe(true);
  await until(() => started === 2);
  expect(heard).toEqual(['ended: fell']);
  kept.ask('here');
  await until(() => heard.length === 2);
  expect(heard).toEqual(['ended: fell', 'here']);
  kept.end();
});

/** docs/operations.md tells what there is: every setting as --help prints it, every metric, every check. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { helpText } from '../config.ts';
import { openMetrics } from './metrics.ts';

const page = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');

test('the settings are the text of npm start -- --help', () => {
  expect(page).toContain(`\`\`\`text\n${helpText()}\n\`\`\``);
});

test('every metric of our own is explained, and none that there is not', async () => {
  const figures = { documents: 0, sockets: 0, bufferedBytes: 0, oldestUnsavedSeconds: 0, freeBytes: 0 };
  const { text } = await openMetrics().read(figures);
  const names = (from: string) => new Set(from.match(/tonggao_[a-z_]+[a-z]/g));
  const made = [...text.matchAll(/^# TYPE (tonggao_\w+)/gm)].map(([, name]) => name!);
  expect(names(page)).toEqual(new Set(made));
});

test('every check of /readyz is named', () => {
  for (const check of ['listening', 'stopping', 'log', 'newsroom', 'disk'])
    expect(page).toContain(`\`${check}\``);
});

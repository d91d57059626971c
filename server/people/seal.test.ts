/** What is encrypted opens with its key and for its owner, and for nothing else. */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSeal } from './seal.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tonggao-seal-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('opens after a restart, for its owner alone, and only whole', () => {
  const file = path.join(folder, 'seal.key');
  const sealed = openSeal(file).seal('秘密', 'a');
  const { open, seal } = openSeal(file);
  expect(open(sealed, 'a')).toBe('秘密');
  expect(seal('秘密', 'a')).not.toBe(sealed);
  expect(() => open(sealed, 'b')).toThrow();
  expect(() => open(`${sealed.slice(0, -2)}AA`, 'a')).toThrow();
  expect(() => open('', 'a')).toThrow();
  expect(() => openSeal(path.join(folder, 'other.key')).open(sealed, 'a')).toThrow();
});

test('its key is for the server’s own account to read, and must be whole', () => {
  const file = path.join(folder, 'seal.key');
  openSeal(file);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  writeFileSync(file, 'short');
  expect(() => openSeal(file)).toThrow('32 bytes');
});

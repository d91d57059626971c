/** The offline audit finds what it is there to find. */
import { expect, test } from 'vitest';
import { dependencyFindings, isAllowedLicence } from './dependencies.ts';

const good = { version: '1.0.0', integrity: 'sha512-x', license: 'MIT' };

test('what is pinned, checksummed, free and quiet passes', () => {
  expect(
    dependencyFindings(
      { dependencies: { a: '1.0.0' }, devDependencies: { b: '2.0.0-rc.1' }, allowScripts: { c: true } },
      {
        packages: {
          '': { dependencies: { a: '1.0.0' }, devDependencies: { b: '2.0.0-rc.1' } },
          'node_modules/a': good,
          'node_modules/b': { ...good, license: 'GPL-3.0-only', dev: true },
          'node_modules/a/node_modules/c': { ...good, hasInstallScript: true },
        },
      },
    ),
  ).toEqual([]);
});

test('a range, a stale lockfile, an address, a missing checksum, a script and a licence are each found', () => {
  const found = dependencyFindings(
    { dependencies: { a: '^1.0.0' }, allowScripts: { gone: true } },
    {
      packages: {
        '': { dependencies: { a: '1.0.0' } },
        'node_modules/a': { ...good, license: 'AGPL-3.0-only' },
        'node_modules/b': { ...good, resolved: 'https://elsewhere.example/b.tgz' },
        'node_modules/c': { version: '1.0.0', license: 'MIT' },
        'node_modules/d': { ...good, hasInstallScript: true },
        'node_modules/e': { version: '1.0.0', integrity: 'sha512-x' },
      },
    },
  );
  expect(found.map((sentence) => sentence.replace(/ .*/, ''))).toEqual([
    'a',
    'a',
    'a',
    'node_modules/b',
    'node_modules/c',
    'd',
    'e',
    'allowScripts',
  ]);
});

test('a licence expression is met by all of its ANDs or one of its ORs', () => {
  expect(isAllowedLicence('(MIT OR GPL-2.0-only)', 'a')).toBe(true);
  expect(isAllowedLicence('MIT AND OFL-1.1', 'a')).toBe(true);
  expect(isAllowedLicence('MIT AND GPL-3.0-only', 'a')).toBe(false);
  expect(isAllowedLicence('LGPL-3.0-or-later', '@img/sharp-libvips-linux-x64')).toBe(true);
  expect(isAllowedLicence('LGPL-3.0-or-later', 'a')).toBe(false);
  expect(isAllowedLicence('SEE LICENSE IN LICENSE', 'a')).toBe(false);
});

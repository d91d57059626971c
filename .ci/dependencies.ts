/** What must hold of package.json and its lockfile, told without a network. */

export interface Manifest {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  allowScripts?: Record<string, boolean>;
}

interface Locked {
  version?: string;
  resolved?: string;
  integrity?: string;
  license?: string;
  dev?: boolean;
  hasInstallScript?: boolean;
}

export interface Lockfile {
  packages: Record<string, Locked & Manifest>;
}

/** Licences that a paper may run and change without owing anybody its own sources. */
const allowedLicences = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'OFL-1.1',
  'Python-2.0',
  'Zlib',
]);

/** libvips, which sharp loads unchanged as a library of its own: what the LGPL asks for. */
const loadedAsLibrary = /^@img\/sharp-/;

const exact = /^\d+\.\d+\.\d+(-[0-9A-Za-z.]+)?$/;

/** Whether an SPDX expression of ANDs, ORs and one level of brackets can be met from the allowed ones. */
export function isAllowedLicence(expression: string | undefined, name: string): boolean {
  if (!expression) return false;
  const alternatives = expression.replace(/^\(|\)$/g, '').split(' OR ');
  return alternatives.some((all) =>
    all
      .split(' AND ')
      .every(
        (one) => allowedLicences.has(one) || (one === 'LGPL-3.0-or-later' && loadedAsLibrary.test(name)),
      ),
  );
}

/** What is wrong, a sentence each; none when all is well. */
export function dependencyFindings(manifest: Manifest, lockfile: Lockfile): string[] {
  const found: string[] = [];
  const root = lockfile.packages[''];
  for (const kind of ['dependencies', 'devDependencies'] as const) {
    for (const [name, version] of Object.entries(manifest[kind] ?? {})) {
      if (!exact.test(version)) found.push(`${name} is not pinned: ${version}`);
      if (root?.[kind]?.[name] !== version) found.push(`${name} ${version} is not what the lockfile says`);
    }
  }
  const scripts = manifest.allowScripts ?? {};
  const withScript = new Set<string>();
  for (const [place, locked] of Object.entries(lockfile.packages)) {
    if (place === '') continue;
    const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
    if (locked.resolved !== undefined) found.push(`${place} names where it was fetched: ${locked.resolved}`);
    if (locked.integrity === undefined) found.push(`${place} has no checksum`);
    if (locked.hasInstallScript) {
      withScript.add(name);
      if (!(name in scripts)) found.push(`${name} runs a script at installation; allowScripts must decide`);
    }
    if (!locked.dev && !isAllowedLicence(locked.license, name))
      found.push(`${name} is licensed ${locked.license ?? 'in no way that it states'}`);
  }
  for (const [name, allowed] of Object.entries(scripts))
    if (allowed && !withScript.has(name)) found.push(`allowScripts allows ${name} a script it does not have`);
  return found;
}

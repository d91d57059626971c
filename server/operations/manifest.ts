/** manifest.json of a backup: which files it has, how long each is and what it reads as, so that a damaged one
 * is found before it takes the place of anything. */
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { CommandError } from '../people/command.ts';

export const manifestName = 'manifest.json';

/** The files that a backup may have; a manifest that names another leads nowhere. */
const fileName = /^(log\.db|newsroom\.db|seal\.key|pictures\/[\w-]{22}\.(print|screen))$/;

const manifestSchema = z.object({
  format: z.literal(1),
  madeAt: z.iso.datetime(),
  /** Of the product that made it. */
  version: z.string().max(40),
  /** Which log it is a copy of; null for one from before logs had names. */
  epoch: z.string().max(64).nullable(),
  /** How long the record was, and the hash of its last row; not in one from before that was noted. */
  record: z
    .object({ rows: z.int().min(1), head: z.string().regex(/^[0-9a-f]{64}$/) })
    .nullable()
    .optional(),
  files: z
    .array(
      z.object({
        name: z.string().regex(fileName),
        bytes: z.int().min(0),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .max(5_000_000),
});

export type Manifest = z.output<typeof manifestSchema>;
export type ManifestFile = Manifest['files'][number];

/** Reads a file to its end: how long it is, and its SHA-256. */
export async function fingerprint(file: string): Promise<Pick<ManifestFile, 'bytes' | 'sha256'>> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    hash.update(chunk);
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** Reads the manifest of a backup; refuses in words what is none. */
export function readManifest(backup: string): Manifest {
  let text: string;
  try {
    text = readFileSync(path.join(backup, manifestName), 'utf8');
  } catch {
    throw new CommandError(
      `${backup} 不是备份：没有 ${manifestName}。There is no ${manifestName} in ${backup}: it is no whole backup.`,
    );
  }
  try {
    const manifest = manifestSchema.parse(JSON.parse(text));
    const names = new Set(manifest.files.map(({ name }) => name));
    if (names.size < manifest.files.length || !names.has('log.db') || !names.has('newsroom.db'))
      throw new Error('it does not name the files of a newsroom');
    return manifest;
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error).slice(0, 400) : String(error);
    throw new CommandError(`${manifestName} 读不懂。${path.join(backup, manifestName)} is damaged: ${why}`);
  }
}

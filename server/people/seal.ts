/** Encrypts the few secrets that must be readable again, with a key that lies beside the database and not in
 * it: a copied database alone opens none. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

export interface Seal {
  /** Encrypts for one owner; the same owner must be named to open it. */
  seal(secret: string, owner: string): string;
  open(sealed: string, owner: string): string;
}

const algorithm = 'aes-256-gcm';
const keyLength = 32;
const ivLength = 12;
const tagLength = 16;

function keyIn(file: string): Buffer {
  try {
    writeFileSync(file, randomBytes(keyLength), { mode: 0o600, flag: 'wx', flush: true });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const key = readFileSync(file);
  if (key.length !== keyLength) throw new Error(`${file} must hold ${keyLength} bytes`);
  return key;
}

/** Reads the key, making one at first. */
export function openSeal(file: string): Seal {
  const key = keyIn(file);
  return {
    seal(secret, owner) {
      const iv = randomBytes(ivLength);
      const cipher = createCipheriv(algorithm, key, iv).setAAD(Buffer.from(owner));
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url');
    },
    open(sealed, owner) {
      const bytes = Buffer.from(sealed, 'base64url');
      const iv = bytes.subarray(0, ivLength);
      const tag = bytes.subarray(ivLength, ivLength + tagLength);
      const decipher = createDecipheriv(algorithm, key, iv, { authTagLength: tagLength })
        .setAAD(Buffer.from(owner))
        .setAuthTag(tag);
      const text = decipher.update(bytes.subarray(ivLength + tagLength), undefined, 'utf8');
      return text + decipher.final('utf8');
    },
  };
}

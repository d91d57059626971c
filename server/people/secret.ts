/** Secrets that let somebody in: 256 random bits, shown once, of which only a SHA-256 is ever kept. */
import { createHash, randomBytes } from 'node:crypto';

/** A fresh secret as 43 characters of base64url after its prefix. */
export function newSecret(prefix = ''): string {
  return prefix + randomBytes(32).toString('base64url');
}

/** What is kept. A secret of 256 random bits needs no salt and no slow hash. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

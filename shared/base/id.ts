/** Identifiers: 128 random bits as 22 characters of base64url, unguessable and safe in an address. */
import { z } from 'zod';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The form of every id that a request may carry. */
export const idSchema = z.string().regex(/^[A-Za-z0-9_-]{22}$/);

/** A fresh id from 16 random bytes; `random` fills the array it is given (crypto.getRandomValues). */
export function newId(random: (bytes: Uint8Array<ArrayBuffer>) => void): string {
  const bytes = new Uint8Array(16);
  random(bytes);
  let id = '';
  for (let bit = 0; bit < 128; bit += 6) {
    const byte = bit >> 3;
    const pair = ((bytes[byte] ?? 0) << 8) | (bytes[byte + 1] ?? 0);
    id += alphabet[(pair >> (10 - (bit & 7))) & 63];
  }
  return id;
}

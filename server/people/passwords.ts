/** Passwords: argon2id, kept with its parameters and salt so that the cost can rise with the years. */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { createTurnstile } from '../turnstile.ts';

interface Cost {
  /** KiB. */
  memory: number;
  passes: number;
}

export interface Passwords {
  /** A new password in the PHC form. */
  hash(password: string): Promise<string>;
  /** Whether it is this password; `stale` when it is, under a cost that is no longer ours. Null, for nobody or
   * somebody without a password, takes as long and is always wrong. */
  check(phc: string | null, password: string): Promise<'right' | 'stale' | 'wrong'>;
}

const usualCost: Cost = { memory: 64 * 1024, passes: 3 };

/** Hashes at a time. Each takes one of the runtime's four threads and 64 MiB; the fourth thread reads files. */
const atOnce = 3;
const inLine = 32;

interface Kept extends Cost {
  salt: Buffer;
  key: Buffer;
}

const unpadded = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');

function write({ memory, passes, salt, key }: Kept): string {
  return `$argon2id$v=19$m=${memory},t=${passes},p=1$${unpadded(salt)}$${unpadded(key)}`;
}

function read(phc: string): Kept {
  const parts = phc.match(/^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/);
  if (!parts) throw new Error('a password is kept in a form that is not ours');
  const [, memory, passes, salt = '', key = ''] = parts;
  return {
    memory: Number(memory),
    passes: Number(passes),
    salt: Buffer.from(salt, 'base64'),
    key: Buffer.from(key, 'base64'),
  };
}

function derive(password: string, { memory, passes, salt }: Omit<Kept, 'key'>): Promise<Buffer> {
  // One keyboard writes é as one code point, another as two.
  const message = password.normalize('NFKC');
  return new Promise((resolve, reject) => {
    argon2(
      'argon2id',
      { message, nonce: salt, parallelism: 1, tagLength: 32, memory, passes },
      (error, key) => (error ? reject(error) : resolve(key)),
    );
  });
}

export function openPasswords(cost: Cost = usualCost): Passwords {
  const pass = createTurnstile(atOnce, inLine);
  return {
    async hash(password) {
      const salt = randomBytes(16);
      return write({ ...cost, salt, key: await pass(() => derive(password, { ...cost, salt })) });
    },
    async check(phc, password) {
      const kept = phc === null ? { ...cost, salt: randomBytes(16), key: randomBytes(32) } : read(phc);
      const key = await pass(() => derive(password, kept));
      if (phc === null || key.length !== kept.key.length || !timingSafeEqual(key, kept.key)) return 'wrong';
      return kept.memory === cost.memory && kept.passes === cost.passes ? 'right' : 'stale';
    },
  };
}

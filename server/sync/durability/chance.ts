/** Numbers that a seed alone decides. */
import { createHash } from 'node:crypto';

/** A whole number from 0 to `below`, exclusive. */
export type Chance = (below: number) => number;

export function chance(seed: string): Chance {
  let drawn = 0;
  let block = Buffer.alloc(0);
  return (below) => {
    const at = (drawn * 4) % 32;
    if (at === 0) block = createHash('sha256').update(`${seed} ${drawn}`).digest();
    drawn += 1;
    return Math.floor((block.readUInt32LE(at) / 2 ** 32) * below);
  };
}

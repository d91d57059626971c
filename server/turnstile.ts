/** A turnstile: so many at once, so many more in line, and a refusal for the rest. */
import { AppError } from '../shared/base/errors.ts';

export function createTurnstile(atOnce: number, inLine: number) {
  const waiting: (() => void)[] = [];
  let inside = 0;
  return async function pass<T>(work: () => Promise<T>): Promise<T> {
    if (inside >= atOnce) {
      if (waiting.length >= inLine) throw new AppError('tooMany');
      // Whoever leaves hands its place on, so nobody slips in between.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      inside += 1;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else inside -= 1;
    }
  };
}

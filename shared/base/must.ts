/** Says that something cannot be missing. */

/** Returns the value, or throws an Error that names what was missing: for the impossible, not the unlucky. */
export function must<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`impossible: ${what} is missing`);
  return value;
}

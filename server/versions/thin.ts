/** Which of the versions that were kept by themselves stay as they grow old. */

interface Quiet {
  id: string;
  /** ISO 8601. */
  at: string;
}

const hour = 3_600_000;
const day = 24 * hour;

/** From this age on, in milliseconds, one version stays for each stretch of so many; the youngest keep all. */
const stays = [
  { age: 60 * day, each: 7 * day },
  { age: 7 * day, each: day },
  { age: day, each: hour },
] as const;

/** Those that go: of each stretch the last stays. `now` in milliseconds. */
export function tooMany(quiet: readonly Quiet[], now: number): string[] {
  const last = new Map<string, string>();
  const order = quiet.toSorted((a, b) => (a.at < b.at ? -1 : 1));
  const stretchOf = ({ id, at }: Quiet) => {
    const time = Date.parse(at);
    const rule = stays.find(({ age }) => now - time >= age);
    return rule ? `${rule.each} ${Math.floor(time / rule.each)}` : id;
  };
  for (const one of order) last.set(stretchOf(one), one.id);
  return order.filter((one) => last.get(stretchOf(one)) !== one.id).map(({ id }) => id);
}

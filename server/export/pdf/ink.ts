/** Ink: the colours of a Drawing as the four inks of the press. */

/** Cyan, magenta, yellow and black, 0 to 1 each. */
export type Ink = readonly [number, number, number, number];

/** Text and rules: black alone, so that no plate can stand beside another. */
export const black: Ink = [0, 0, 0, 1];
/** Marks that every plate shows. */
export const registration: Ink = [1, 1, 1, 1];

/** The most ink that newsprint takes, of 4. */
const mostInk = 2.4;

const round = (value: number) => Math.round(value * 1000) / 1000;

/** The inks for '#rrggbb'; black for anything else.
 * A grey is black alone. In another colour black takes the whole grey part (K = 1 − the greatest of r, g and b),
 * the rest is left to at most two inks, and these are thinned until all four are within 240 %. */
export function inkOf(color: string | undefined): Ink {
  if (color === undefined || !/^#[0-9a-f]{6}$/i.test(color)) return black;
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255);
  const most = Math.max(r, g, b);
  const k = 1 - most;
  if (r === g && g === b) return [0, 0, 0, round(k)];
  const inks = [r, g, b].map((part) => (most - part) / most);
  const thinned = Math.min(1, (mostInk - k) / inks.reduce((sum, ink) => sum + ink, 0));
  const [c = 0, m = 0, y = 0] = inks.map((ink) => round(ink * thinned));
  return [c, m, y, round(k)];
}

/** Solid black prints over what lies under it; any other ink is cut out of it, or it would change its colour. */
export const overprints = ([c, m, y, k]: Ink) => c === 0 && m === 0 && y === 0 && k === 1;

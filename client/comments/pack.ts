/** Puts cards beside their lines without laying one over another. */

export interface Card {
  id: string;
  /** Pixels from the rail's top where its line is. */
  want: number;
  height: number;
}

/** Pixels between two cards. */
const gap = 8;

/** The top of each card, in the order given, which is that of the lines. The active one stands at its line:
 * those above give way upwards, those below downwards, and none goes above the top. */
export function packCards(cards: readonly Card[], active: string | null, top = 0): Map<string, number> {
  const tops = cards.map(({ want }) => Math.max(top, want));
  const fixed = Math.max(
    0,
    cards.findIndex(({ id }) => id === active),
  );
  for (let i = fixed - 1; i >= 0; i--) {
    tops[i] = Math.min(tops[i] ?? 0, (tops[i + 1] ?? 0) - gap - (cards[i]?.height ?? 0));
  }
  // What was pushed above the top goes down again, and whatever is in its way with it.
  let free = top;
  cards.forEach((card, i) => {
    const at = Math.max(tops[i] ?? 0, free);
    tops[i] = at;
    free = at + card.height + gap;
  });
  return new Map(cards.map(({ id }, i) => [id, tops[i] ?? top]));
}

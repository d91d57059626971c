/** How much each person did between two versions. */
import type { ComparedStory, Work } from './calls.ts';

/** Characters by person, white space and what only moved left out; who did most is first. */
export function workOf(paragraphs: ComparedStory): Work[] {
  const work = new Map<string | null, Work>();
  for (const { runs } of paragraphs) {
    for (const { change, text, member, moved } of runs) {
      if (change === 'kept' || moved) continue;
      const one = work.get(member) ?? { member, added: 0, removed: 0 };
      one[change] += [...text.replace(/\s/gu, '')].length;
      work.set(member, one);
    }
  }
  return [...work.values()]
    .filter(({ added, removed }) => added + removed > 0)
    .sort((a, b) => b.added + b.removed - a.added - a.removed);
}

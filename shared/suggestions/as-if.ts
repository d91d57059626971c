/** The original with one change accepted, all else left aside: what its card says it costs is measured in it. */
import type * as Y from 'yjs';
import { manuscriptOf, storyParagraph } from '../manuscript/flat.ts';
import type { StoryParagraph } from '../manuscript/story.ts';
import { type Entry, readEntries } from './entry.ts';
import { Coverage, type Stretch, stretchesOf } from './ranges.ts';
import { paragraphsOf, suggestionsOf } from './read.ts';

/** Instead of `gone` paragraphs of the original from `from` on there are these. */
export interface AsIf {
  from: number;
  gone: number;
  paragraphs: StoryParagraph[];
}

/** What accepting the entries of each group alone makes of the original; null of a group of which nothing stands.
 * A suggestion inside another's insertion changes nothing by itself. */
export function readAsIf(doc: Y.Doc, groups: readonly (readonly string[])[]): (AsIf | null)[] {
  const entries = readEntries(suggestionsOf(doc));
  const stretches = stretchesOf(manuscriptOf(doc), new Coverage(entries));
  const is = (ids: readonly string[], kind: Entry['kind'], of: ReadonlySet<string>) =>
    ids.some((id) => of.has(id) && entries.get(id)?.kind === kind);
  const all = new Set(entries.keys());
  const isOriginalEnd = ({ end, ids }: Stretch) => end !== undefined && !is(ids, 'insert', all);

  const first = new Map<string, number>();
  const last = new Map<string, number>();
  /** Of each stretch: the ends of the original before it. */
  const before: number[] = [];
  let ends = 0;
  stretches.forEach((stretch, at) => {
    before.push(ends);
    if (isOriginalEnd(stretch)) ends += 1;
    for (const id of stretch.ids) {
      if (!first.has(id)) first.set(id, at);
      last.set(id, at);
    }
  });

  return groups.map((group) => {
    const known = group.filter((id) => first.has(id));
    if (known.length === 0) return null;
    const chosen = new Set(known);
    let from = Math.min(...known.map((id) => first.get(id)!));
    let to = Math.max(...known.map((id) => last.get(id)!));
    while (from > 0 && !isOriginalEnd(stretches[from - 1]!)) from -= 1;
    // Up to an end that stays: what is joined to the next paragraph is read with it.
    const stays = (stretch: Stretch) => isOriginalEnd(stretch) && !is(stretch.ids, 'delete', chosen);
    while (to < stretches.length - 1 && !stays(stretches[to]!)) to += 1;
    const part = stretches
      .slice(from, to + 1)
      .filter(({ ids }) => is(ids, 'insert', chosen) || !is(ids, 'insert', all))
      .map((stretch) => ({ ...stretch, ids: stretch.ids.filter((id) => chosen.has(id)) }));
    return {
      from: before[from]!,
      gone: part.filter(isOriginalEnd).length,
      paragraphs: paragraphsOf(part, entries, 'accepted').map(storyParagraph),
    };
  });
}

/** The original's paragraphs with a change in them. */
export const withChange = (original: readonly StoryParagraph[], { from, gone, paragraphs }: AsIf) =>
  original.toSpliced(from, gone, ...paragraphs);

/** Words of this device that could not be merged, for whoever wrote them. */
import { useEffect, useState } from 'react';
import * as Y from 'yjs';
import type { Story } from '../../shared/manuscript/story.ts';
import { framesOf } from '../../shared/pages/layout-map.ts';
import { readStoryAs } from '../../shared/suggestions/read.ts';
import { device, type Leftover } from './device.ts';

const listeners = new Set<() => void>();

export function leftoversChanged(): void {
  for (const listener of listeners) listener();
}

export async function leftoversOf(member: string): Promise<Leftover[]> {
  const found = await (await device()).getAllFromIndex('leftovers', 'member', member);
  return found.toSorted((a, b) => b.at - a.at);
}

/** The member's leftovers on this device, newest first. */
export function useLeftovers(member: string): readonly Leftover[] {
  const [leftovers, setLeftovers] = useState<readonly Leftover[]>([]);
  useEffect(() => {
    let gone = false;
    const look = async () => {
      // A browser that keeps nothing has nothing left over.
      const found = await leftoversOf(member).catch(() => []);
      if (!gone) setLeftovers(found);
    };
    const heard = () => void look();
    heard();
    listeners.add(heard);
    return () => {
      gone = true;
      listeners.delete(heard);
    };
  }, [member]);
  return leftovers;
}

export async function removeLeftover(key: string): Promise<void> {
  await (await device()).delete('leftovers', key);
  leftoversChanged();
}

/** What the device had of the story, with everything that was only suggested in it: of somebody at a review these are
 * all their words. */
export function storyOf({ article, bytes }: Pick<Leftover, 'article' | 'bytes'>): Story {
  const doc = new Y.Doc();
  // M1: every root gets its type before anything is applied.
  framesOf(doc);
  Y.applyUpdate(doc, bytes);
  const story = readStoryAs(article, doc, 'accepted');
  doc.destroy();
  return story;
}

/** The places of a comparison as they stand in the newer state: words that were put in, and what is gone between. */
import type { ComparedStory } from './calls.ts';

export interface ChangedPlace {
  paragraph: number;
  /** UTF-16 units into the newer paragraph's text. */
  from: number;
  /** What stands there; '' where words are gone. */
  text: string;
  gone: string;
}

/** In the order of the newer text. What is gone together with its paragraph's end stands where it would begin. */
export function changedWords(compared: ComparedStory): ChangedPlace[] {
  const places: ChangedPlace[] = [];
  let paragraph = 0;
  let from = 0;
  for (const { end, runs } of compared) {
    for (const { change, text } of runs) {
      if (change === 'added' && text !== '') places.push({ paragraph, from, text, gone: '' });
      if (change === 'removed' && text !== '') places.push({ paragraph, from, text: '', gone: text });
      if (change !== 'removed') from += text.length;
    }
    if (end === 'removed') continue;
    paragraph += 1;
    from = 0;
  }
  return places;
}

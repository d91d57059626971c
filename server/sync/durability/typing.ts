/** For tests: what a writer does, known beforehand: four characters in, then one of them out again, and so on. Each
 * deed is one update under the writer's own client id. */
import * as Y from 'yjs';
import { must } from '../../../shared/base/must.ts';
import { manuscriptOf } from '../../../shared/manuscript/flat.ts';

/** Of deeds 0, 1, 2, 3, 4 the last removes what deed 2 put in. */
const removes = (deed: number) => deed % 5 === 4;

/** How many of the first deeds put a character in; so many clocks are used. */
export const inserted = (deeds: number) => deeds - Math.floor(deeds / 5);

export function typist(doc: Y.Doc) {
  const text = manuscriptOf(doc);
  let deeds = 0;
  let third: Y.RelativePosition | null = null;
  return {
    deeds: () => deeds,
    act(): void {
      if (removes(deeds)) {
        const place = Y.createAbsolutePositionFromRelativePosition(must(third, 'what was typed'), doc);
        deeds += 1;
        text.delete(must(place, 'its place').index, 1);
        return;
      }
      const third_ = deeds % 5 === 2;
      deeds += 1;
      text.insert(0, String.fromCharCode(0x4e00 + (deeds % 5000)), {});
      if (third_) third = Y.createRelativePositionFromTypeIndex(text, 0);
    },
  };
}

/** What a document lacks of a client's first deeds; null when it lacks nothing. */
export function lacks(doc: Y.Doc, client: number, deeds: number): string | null {
  const clock = Y.getState(doc.store, client);
  if (clock < inserted(deeds)) return `client ${client} has ${clock} characters of ${inserted(deeds)}`;
  for (let deed = 4; deed < deeds; deed += 5) {
    const removed = inserted(deed - 2);
    if (!Y.getItem(doc.store, Y.createID(client, removed)).deleted)
      return `client ${client} has character ${removed} again, which deed ${deed} of ${deeds} removed`;
  }
  return null;
}

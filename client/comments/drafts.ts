/** Words that were typed and not yet sent, kept in this tab until they are: a reload or a refusal loses none. */
import { z } from 'zod';

const positions = z.object({ from: z.string(), to: z.string() });
const passage = z.object({ quote: z.string(), before: z.string(), after: z.string(), positions });
const placeSchema = z.union([
  passage.extend({ about: z.literal('passage').default('passage'), suggestion: z.string().optional() }),
  z.object({ about: z.literal('figure'), quote: z.string(), positions }),
  z.object({ about: z.literal('story') }),
]);

/** What somebody is about to comment on: a passage, perhaps of a suggestion, a figure, or the whole story. */
export type DraftPlace = z.infer<typeof placeSchema>;

const draftSchema = z.object({ passage: placeSchema.optional(), text: z.string() });
type Draft = z.infer<typeof draftSchema>;

/** Where a draft belongs: a thread's answer, a comment that is being changed, or the article's new thread. */
export const draftKey = (article: string, at = 'new') => `tonggao.draft.${article}.${at}`;

export function readDraft(key: string): Draft | null {
  const kept = sessionStorage.getItem(key);
  if (kept === null) return null;
  try {
    const draft = draftSchema.safeParse(JSON.parse(kept));
    return draft.success ? draft.data : null;
  } catch {
    // Not ours, or of an older version: there is nothing to bring back.
    return null;
  }
}

export function keepDraft(key: string, draft: Draft | null): void {
  if (draft && (draft.text !== '' || draft.passage)) sessionStorage.setItem(key, JSON.stringify(draft));
  else sessionStorage.removeItem(key);
}

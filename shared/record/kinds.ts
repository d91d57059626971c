/** What the newsroom's record keeps of. Kinds are added, never renamed. */
export const recordKinds = [
  'story.decided',
  'story.correctionAsked',
  'story.corrected',
  'story.correctionRefused',
  'story.suggestionsAnswered',
  'story.restored',
  'story.exported',
  'review.changed',
  'member.signedIn',
  'member.added',
  'member.changed',
  'page.exported',
  'page.decided',
  'page.markPut',
  'page.markTakenBack',
  'page.markAnswered',
] as const;
export type RecordKind = (typeof recordKinds)[number];

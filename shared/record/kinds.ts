/** What the newsroom's record keeps of: decisions, sign-ins, duties, exports. Kinds are added, never renamed. */
export const recordKinds = [
  'story.decided',
  'story.correctionAsked',
  'story.corrected',
  'story.correctionRefused',
  'story.restored',
  'suggestions.answered',
  'page.decided',
  'exported',
  'signedIn',
  'member.added',
  'member.changed',
  'review.changed',
] as const;
export type RecordKind = (typeof recordKinds)[number];

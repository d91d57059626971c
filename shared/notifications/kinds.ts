/** What somebody is told of 通知: kinds of things that another member did. */

export const noticeKinds = [
  'mention',
  'assigned',
  'reply',
  'discussed',
  'dealtWith',
  'submitted',
  'passed',
  'returned',
  'signed',
  'held',
  'resumed',
  'spiked',
  'restored',
  'reopened',
  'correctionAsked',
  'corrected',
  'proofReady',
  'marked',
  'pageReturned',
  'pageSigned',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** `text`: characters of what was said that a notice repeats; `kept`: notices of one member; `page`: told at once. */
export const noticeLimits = { text: 300, kept: 500, page: 50 } as const;

/** Kinds that ask something of who is told, and stand until it is done. */
export const askingKinds = {
  mention: 'mention',
  assigned: 'assigned',
  proofReady: 'page',
  pageReturned: 'page',
  correctionAsked: 'correction',
  marked: 'mark',
} as const satisfies Partial<Record<NoticeKind, string>>;

export const isAsking = (kind: NoticeKind): kind is keyof typeof askingKinds => kind in askingKinds;

/** Kinds that tell how a story came to its reader. */
export const handingKinds: readonly NoticeKind[] = [
  'submitted',
  'passed',
  'returned',
  'resumed',
  'restored',
  'reopened',
];

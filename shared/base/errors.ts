/** The refusals a caller can act on. Only http.ts turns a code into a status, only the client into words. */

export const errorCodes = [
  'signInNeeded', // nobody is signed in, or the session ended
  'notAllowed', // signed in, but this act is not theirs
  'proofNeeded', // a way in changes: the session must first prove anew whose it is
  'notFound', // no such thing, or not theirs to know of
  'badInput', // the request does not have the form it must have
  'tooLarge', // a body, a file or a picture beyond its bound
  'wrongKind', // a file of a kind that is not taken
  'conflict', // the thing changed meanwhile, or the name is taken
  'notReady', // findings of grade error keep it from the press
  'wrong', // a password, a code or a passkey that does not fit; never which part of it
  'spent', // a single-use link that was used or has run out
  'tooMany', // a rate limit
  'unavailable', // the log cannot be written, or the server is stopping
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** A refusal with a code; `detail` is for the log and for programs, never shown to a person as it is. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly detail: string | undefined;

  constructor(code: ErrorCode, detail?: string) {
    super(detail ? `${code}: ${detail}` : code);
    this.name = 'AppError';
    this.code = code;
    this.detail = detail;
  }
}

/** For tests: reads what calls.c wrote down. */

export type Call =
  /** A process began. */
  | { what: 'run' }
  | { what: 'opened'; file: number; path: string }
  | { what: 'wrote'; file: number; offset: number; bytes: Buffer }
  | { what: 'synced' | 'notSynced'; file: number }
  | { what: 'truncated'; file: number; size: number }
  | { what: 'unlinked'; path: string }
  | { what: 'folderSynced' }
  | { what: 'mark'; text: string };

const headLength = 24;

/** Every call in order. A record that a kill cut short ends it, as the call itself was cut. */
export function* readJournal(journal: Buffer): Generator<Call> {
  for (let at = 0; at + headLength <= journal.length; ) {
    const file = journal.readUInt32LE(at + 4);
    const offset = Number(journal.readBigUInt64LE(at + 8));
    const length = Number(journal.readBigUInt64LE(at + 16));
    const bytes = journal.subarray(at + headLength, at + headLength + length);
    if (bytes.length < length) return;
    yield call(journal.readUInt32LE(at), file, offset, bytes);
    at += headLength + length;
  }
}

function call(what: number, file: number, offset: number, bytes: Buffer): Call {
  switch (what) {
    case 1:
      return { what: 'run' };
    case 2:
      return { what: 'opened', file, path: bytes.toString() };
    case 3:
      return { what: 'wrote', file, offset, bytes };
    case 4:
      return { what: 'synced', file };
    case 5:
      return { what: 'notSynced', file };
    case 6:
      return { what: 'truncated', file, size: offset };
    case 7:
      return { what: 'unlinked', path: bytes.toString() };
    case 8:
      return { what: 'folderSynced' };
    case 9:
      return { what: 'mark', text: bytes.toString() };
    default:
      throw new Error(`no such record: ${what}`);
  }
}

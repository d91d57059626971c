/** What kind of document a room holds: the name it has in the log, and the rules of its content. */
import { articleRoom, pageRoom } from '../../shared/sync/rooms.ts';

export interface Form {
  kind: 'manuscript' | 'layout';
  /** The document's key in the log. */
  document(id: string): string;
}

/** An article's manuscript, by the article's id. */
export const manuscriptForm: Form = { kind: 'manuscript', document: articleRoom };

/** The frames of a page, by the page's id. */
export const layoutForm: Form = { kind: 'layout', document: pageRoom };

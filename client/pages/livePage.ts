/** A page that is open: as it is laid this moment, as it is drawn, and its stories. */
import type { Drawing } from '../../shared/layout/drawing.ts';
import type { Page } from '../../shared/pages/page.ts';
import type { ArticleRoom } from '../live/room.ts';

export interface LivePage {
  page: Page;
  drawing: Drawing | null;
  /** By article. */
  rooms: ReadonlyMap<string, ArticleRoom>;
  pages: readonly Page[];
  /** Selects a frame, or with null the page itself, and puts the focus there. */
  select: (frame: string | null) => void;
}

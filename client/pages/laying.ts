/** What every part of the page desk works on: the page as it is shown, what is selected, and how it is changed. */
import type { TextCells } from '../../shared/layout/cells.ts';
import type { FrameFit } from '../../shared/layout/drawing.ts';
import type { Geometry } from '../../shared/layout/geometry.ts';
import type { Frame } from '../../shared/pages/frame.ts';
import type { Page } from '../../shared/pages/page.ts';
import type { Drafts } from './canvas/drafts.ts';
import type { Standing } from './canvas/pictures.ts';
import type { Figure } from './figures.ts';
import type { Designer, Shown } from './useDesigners.ts';
import type { LayoutActs } from './useLayout.ts';

export interface Laying {
  /** With what is being dragged where it would stand. */
  page: Page;
  g: Geometry;
  editable: boolean;
  selected: readonly string[];
  select: (ids: readonly string[]) => void;
  acts: LayoutActs;
  /** By frame. */
  fits: ReadonlyMap<string, FrameFit>;
  /** What an empty frame would hold. */
  capacity: ReadonlyMap<string, { lines: number; characters: number }>;
  /** A story's headline; '' when it is not known. */
  headlineOf: (article: string) => string;
  figuresOf: (article: string) => readonly Figure[];
  /** A frame's name for the ear: what it is, what stands in it, how large it is and how that fits. */
  nameOf: (frame: Frame) => string;
  /** What is being dragged, and where to. */
  drafts: Drafts;
  drag: (drafts: Drafts) => void;
  /** The cells of the text of each story frame, as they were composed last. */
  cells: ReadonlyMap<string, TextCells>;
  /** The pictures of the one selected story frame; none where it may not be laid. */
  standing: readonly Standing[];
  /** Which of them is selected, by its figure's number. */
  picture: number | null;
  pick: (figure: number | null) => void;
  others: readonly Designer[];
  show: (part: Partial<Shown>) => void;
  /** Says something to whoever listens rather than looks. */
  say: (words: string) => void;
}

export const selectedFrames = ({ page, selected }: Pick<Laying, 'page' | 'selected'>): Frame[] =>
  selected.flatMap((id) => page.frames.find((frame) => frame.id === id) ?? []);

/** What every part of the page desk works on: the page as it is shown, what is selected, and how it is changed. */
import type { FrameFit } from '../../shared/layout/drawing.ts';
import type { Geometry } from '../../shared/layout/geometry.ts';
import type { Frame, Place } from '../../shared/pages/frame.ts';
import type { Page } from '../../shared/pages/page.ts';
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
  /** Frames that are being dragged, and where to. */
  drafts: ReadonlyMap<string, Place>;
  drag: (drafts: ReadonlyMap<string, Place>) => void;
  others: readonly Designer[];
  show: (part: Partial<Shown>) => void;
  /** Says something to whoever listens rather than looks. */
  say: (words: string) => void;
}

export const noDrafts: ReadonlyMap<string, Place> = new Map();

export const selectedFrames = ({ page, selected }: Pick<Laying, 'page' | 'selected'>): Frame[] =>
  selected.flatMap((id) => page.frames.find((frame) => frame.id === id) ?? []);

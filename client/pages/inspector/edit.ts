/** One selected frame as the inspector's parts edit it. */
import type { Drawing } from '../../../shared/layout/drawing.ts';
import type { Frame } from '../../../shared/pages/frame.ts';
import type { FrameChange } from '../../../shared/pages/layout-map.ts';
import type { Page } from '../../../shared/pages/page.ts';
import type { Cropping } from '../canvas/CropLayer.tsx';
import type { Laying } from '../laying.ts';
import type { Uploads } from '../useArtwork.ts';

export interface Editing {
  laying: Laying;
  frame: Frame;
  drawing: Drawing | null;
  /** The other pages, for stories that run on. */
  pages: readonly Page[];
  /** One step of undo; steps of one `gesture`, close after each other, are one. */
  change: (change: FrameChange, gesture?: string) => void;
  onCrop: (cropping: Cropping) => void;
  uploads: Uploads;
}

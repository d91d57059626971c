/** What is being dragged, before it is laid: what each draft changes of its frame. */
import { type Frame, type FramePicture, type Place, wholeCrop } from '../../../shared/pages/frame.ts';
import type { FrameChange } from '../../../shared/pages/layout-map.ts';

export type Draft =
  | { kind: 'place'; place: Place }
  /** In cells of the frame's text. */
  | { kind: 'picture'; figure: number; place: Place }
  | { kind: 'notch'; notch: Frame['notch'] };

/** By frame. */
export type Drafts = ReadonlyMap<string, Draft>;

export const noDrafts: Drafts = new Map();

/** Frames that are themselves being moved or resized, and where to. */
export const placesIn = (drafts: Drafts): { id: string; place: Place }[] =>
  [...drafts].flatMap(([id, draft]) => (draft.kind === 'place' ? { id, place: draft.place } : []));

/** The frame's pictures with one at this place, cut as it was; or, without a place, in the text. */
export function pictureAtPlace({ pictures }: Frame, figure: number, place: Place | null): FramePicture[] {
  const own = pictures.find((one) => one.figure === figure);
  const others = pictures.filter((one) => one.figure !== figure);
  if (!place) return others;
  const { column, line, columns, lines } = place;
  const next = { ...wholeCrop, ...own, figure, column, line, columns, lines };
  return [...others, next].sort((a, b) => a.figure - b.figure);
}

/** What a draft changes of its frame as it is now: what others did to it meanwhile stays. */
export function changeOf(frame: Frame, draft: Draft): FrameChange {
  switch (draft.kind) {
    case 'place':
      return { place: draft.place };
    case 'picture':
      return { pictures: pictureAtPlace(frame, draft.figure, draft.place) };
    case 'notch':
      return { notch: draft.notch };
  }
}

/** The frames as they would stand. */
export const drafted = (frames: readonly Frame[], drafts: Drafts): readonly Frame[] =>
  drafts.size === 0
    ? frames
    : frames.map((frame) => {
        const draft = drafts.get(frame.id);
        return draft ? { ...frame, ...changeOf(frame, draft) } : frame;
      });

/** What letting go writes; a frame that somebody removed meanwhile stays away. */
export const changesOf = (frames: readonly Frame[], drafts: Drafts): { id: string; change: FrameChange }[] =>
  frames.flatMap((frame) => {
    const draft = drafts.get(frame.id);
    return draft ? { id: frame.id, change: changeOf(frame, draft) } : [];
  });

export const sameDrafts = (a: Drafts, b: Drafts): boolean =>
  a.size === b.size &&
  [...a].every(([id, draft]) => JSON.stringify(draft) === JSON.stringify(b.get(id) ?? null));

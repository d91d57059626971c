/** The right panel: everything that is set about the selected frame; with nothing selected, about the page. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Article } from '../../../shared/api.ts';
import type { Drawing } from '../../../shared/layout/drawing.ts';
import type { Frame } from '../../../shared/pages/frame.ts';
import type { FrameChange } from '../../../shared/pages/layout-map.ts';
import type { Page, SheetSettings } from '../../../shared/pages/page.ts';
import type { Person } from '../../../shared/people/person.ts';
import type { ArticleRoom } from '../../live/room.ts';
import type { Cropping } from '../canvas/CropLayer.tsx';
import { type Laying, selectedFrames } from '../laying.ts';
import type { Editing } from './edit.ts';
import { FitPart } from './FitPart.tsx';
import { HeadlinePart, SettingPart } from './HeadlinePart.tsx';
import './inspector.css';
import type { Uploads } from '../useArtwork.ts';
import { useWays } from '../useWays.ts';
import { PartsPart } from './PartsPart.tsx';
import { OnePicturePart, PicturesPart } from './PicturesPart.tsx';
import { PlacePart, ShapePart } from './PlacePart.tsx';
import { SheetPart } from './SheetPart.tsx';
import { StoryPart } from './StoryPart.tsx';
import { WaysPart } from './WaysPart.tsx';
import { WordsPart } from './WordsPart.tsx';

interface InspectorProps {
  laying: Laying;
  drawing: Drawing | null;
  pages: readonly Page[];
  articles: readonly Article[];
  people: readonly Person[];
  rooms: ReadonlyMap<string, ArticleRoom>;
  /** As they are, without what is only being tried. */
  frames: readonly Frame[];
  /** Shows a change of a frame on the page without making it. */
  onTry: (trial: { frame: string; change: FrameChange } | null) => void;
  onSheet: (change: Partial<SheetSettings>) => void;
  onCrop: (cropping: Cropping) => void;
  uploads: Uploads;
  /** Runs the story on to another page. */
  onContinue: (article: string, page: string) => void;
}

export function Inspector(props: InspectorProps) {
  const { laying, drawing, pages, articles, people, onSheet, onCrop, onContinue, onTry, uploads } = props;
  const { t } = useTranslation('pages');
  const frames = selectedFrames(laying);
  const [frame] = frames;
  const chosen = frames.map(({ id }) => id).join();
  // What is tried for one frame is not for the next.
  // biome-ignore lint/correctness/useExhaustiveDependencies: that another is chosen is what counts
  useEffect(() => () => onTry(null), [chosen, onTry]);
  const title = frames.length === 0 ? t('thisPage') : t('frame');
  const aside =
    frames.length === 1 && frame
      ? t(`kind.${frame.kind}`)
      : frames.length > 1
        ? t('arrange.count', { count: frames.length })
        : laying.page.number;
  const parts = () => {
    if (!frame) return <SheetPart page={laying.page} editable={laying.editable} onChange={onSheet} />;
    if (frames.length > 1) return <p className="inspector-hint">{t('severalHint')}</p>;
    const editing: Editing = {
      laying,
      frame,
      drawing,
      pages,
      onCrop,
      uploads,
      change: (change, gesture) => laying.acts.change([{ id: frame.id, change }], gesture),
    };
    switch (frame.kind) {
      case 'story':
        return (
          <>
            <StoryPart {...editing} people={people} />
            <FitPart {...editing} />
            <Ways {...editing} {...props} />
            <fieldset disabled={!laying.editable}>
              <PlacePart {...editing} />
              <PartsPart
                {...editing}
                onContinue={(page) => frame.article && onContinue(frame.article, page)}
              />
              {frame.part === 0 && <HeadlinePart {...editing} />}
              <PicturesPart {...editing} />
              <SettingPart {...editing} />
              <ShapePart {...editing} />
            </fieldset>
          </>
        );
      case 'picture':
        return (
          <fieldset disabled={!laying.editable}>
            <OnePicturePart {...editing} stories={articles} />
            <PlacePart {...editing} />
          </fieldset>
        );
      case 'advertisement':
        return (
          <fieldset disabled={!laying.editable}>
            <WordsPart {...editing} />
            <OnePicturePart {...editing} stories={articles} />
            <PlacePart {...editing} />
          </fieldset>
        );
      default:
        return (
          <fieldset disabled={!laying.editable}>
            <WordsPart {...editing} />
            <PlacePart {...editing} />
            {frame.kind === 'box' && <ShapePart {...editing} />}
          </fieldset>
        );
    }
  };
  return (
    <aside className="inspector" aria-label={title}>
      <header>
        <h2>{title}</h2>
        <span>{aside}</span>
      </header>
      {/* Another frame begins with its own words in the fields. */}
      <div className="inspector-parts-all" key={chosen}>
        {parts()}
      </div>
    </aside>
  );
}

/** Looked for while the story does not fit, from what is set and not from what is tried. */
function Ways(props: Editing & InspectorProps) {
  const { laying, frame, pages, rooms, frames, onTry } = props;
  const fit = laying.fits.get(frame.id);
  const isDragged = laying.drafts.size > 0;
  const real = frames.find(({ id }) => id === frame.id) ?? frame;
  const key = JSON.stringify([frame.id, frames, laying.page.grid, laying.page.styles]);
  const isTried = JSON.stringify(real) !== JSON.stringify(frame);
  // The figure of what is tried says nothing about what is set.
  const [known, setKnown] = useState<number | undefined>(undefined);
  const lines = isTried ? known : fit?.lines;
  useEffect(() => {
    if (!isTried && !isDragged && fit) setKnown(fit.lines);
  }, [isTried, isDragged, fit]);
  const ways = useWays({
    page: { ...laying.page, frames: [...frames] },
    pages,
    rooms,
    frame: lines !== undefined && lines !== 0 && !isDragged && laying.editable ? frame.id : null,
    key: `${key} ${lines}`,
  });
  if (lines === undefined || lines === 0 || isDragged) return null;
  return <WaysPart {...props} ways={ways} onTry={(change) => onTry(change && { frame: frame.id, change })} />;
}

/** The pictures of the selected frame as things to take hold of: each can be reached by Tab and says where it
 * stands. */
import { useTranslation } from 'react-i18next';
import type { Frame } from '../../../shared/pages/frame.ts';
import type { Laying } from '../laying.ts';
import { handles } from './cells.ts';
import { pictureRect, type Standing } from './pictures.ts';
import { toScreen, type Viewport } from './viewport.ts';

/** Pixels: a side shorter than the first has no handle in its middle, one shorter than the second none at its
 * start, so that something is left to move the picture by. */
const roomForMiddle = 56;
const roomForStart = 36;

export function PictureLayer({ laying, frame, view }: { laying: Laying; frame: Frame; view: Viewport }) {
  const cells = laying.cells.get(frame.id);
  const draft = laying.drafts.get(frame.id);
  // The text has not followed yet where its frame changes its shape.
  if (!cells || (draft && draft.kind !== 'picture')) return null;
  return laying.standing.map((picture) => (
    <Hold
      key={picture.figure}
      {...{ laying, frame, picture }}
      at={toScreen(view, pictureRect(cells, picture.place))}
    />
  ));
}

interface HoldProps {
  laying: Laying;
  frame: Frame;
  picture: Standing;
  /** Pixels of the screen. */
  at: { x: number; y: number; width: number; height: number };
}

function Hold({ laying, frame, picture, at }: HoldProps) {
  const { t } = useTranslation('pages');
  const { figure, place, placed } = picture;
  const { x, y, width, height } = at;
  const draft = laying.drafts.get(frame.id);
  const isDragged = draft?.kind === 'picture' && draft.figure === figure;
  const isPicked = laying.picture === figure;
  const own = laying.figuresOf(frame.article ?? '').find((one) => one.number === figure);
  const { column, line, columns, lines } = place;
  const where = placed
    ? t('standsAt', { column: column + 1, line: line + 1, columns, lines })
    : t('pictures.inText');
  return (
    <>
      <button
        type="button"
        className="canvas-picture"
        data-picture={figure}
        data-placed={placed || undefined}
        aria-pressed={isPicked}
        aria-label={t('pictures.named', { what: own?.caption || t('pictures.noCaption'), where })}
        style={{ left: x, top: y, width, height }}
        onFocus={() => laying.pick(figure)}
      />
      {isDragged && (
        <div className="canvas-tags" aria-hidden="true" style={{ left: x, top: y + height }}>
          <span>{t('size', { columns, lines })}</span>
        </div>
      )}
      {placed &&
        handles.map((handle, i) => {
          if (handle.x === 0 && width < roomForMiddle) return null;
          if (handle.y === 0 && height < roomForMiddle) return null;
          if (handle.x < 0 && width < roomForStart) return null;
          if (handle.y < 0 && height < roomForStart) return null;
          return (
            <span
              key={`${handle.x} ${handle.y}`}
              className="canvas-handle canvas-picture-handle"
              data-picture={figure}
              data-picked={isPicked || undefined}
              data-picture-handle={i}
              data-across={handle.x}
              data-down={handle.y}
              style={{ left: x + ((handle.x + 1) / 2) * width, top: y + ((handle.y + 1) / 2) * height }}
            />
          );
        })}
    </>
  );
}

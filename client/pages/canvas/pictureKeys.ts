/** What keys do while a picture in a story frame is selected. */
import type { TFunction } from 'i18next';
import type { Laying } from '../laying.ts';
import type { Cropping } from './CropLayer.tsx';
import { pictureAtPlace } from './drafts.ts';
import type { KeyAct } from './keys.ts';
import { pictureMoved, pictureRect, pictureResized } from './pictures.ts';
import type { Looking } from './useViewport.ts';

interface KeysOf {
  laying: Laying;
  looking: Pick<Looking, 'show'>;
  onCrop: (cropping: Cropping) => void;
  t: TFunction<'pages'>;
}

/** Null when the key is not the picture's, or no picture is selected. */
export function keyOnPicture(act: KeyAct, { laying, looking, onCrop, t }: KeysOf): boolean | null {
  const { picture: figure, standing, selected, page } = laying;
  const frame = page.frames.find(({ id }) => id === selected[0]);
  const cells = frame && laying.cells.get(frame.id);
  const picture = standing.find((one) => one.figure === figure);
  if (!frame || !cells || !picture) return null;
  const write = (place: typeof picture.place | null, gesture = '') =>
    laying.acts.change(
      [{ id: frame.id, change: { pictures: pictureAtPlace(frame, picture.figure, place) } }],
      gesture && `${gesture} ${frame.id} picture ${picture.figure}`,
    );
  switch (act.kind) {
    case 'nudge':
    case 'stretch': {
      const by = { columns: act.columns, lines: act.lines };
      const next =
        act.kind === 'nudge'
          ? pictureMoved(cells, picture, by)
          : pictureResized(cells, picture, { x: 1, y: 1 }, by);
      write(next, act.kind);
      looking.show(pictureRect(cells, next));
      const { column, line, columns, lines } = next;
      laying.say(t('standsAt', { column: column + 1, line: line + 1, columns, lines }));
      return true;
    }
    case 'remove':
      if (picture.placed) {
        write(null);
        laying.say(t('pictures.putBack'));
      }
      return true;
    case 'open':
      if (picture.placed) onCrop({ frame: frame.id, figure: picture.figure });
      else laying.say(t('pictures.placeFirst'));
      return true;
    // These are acts on whole frames, and would take the frame with its story.
    case 'copy':
    case 'cut':
    case 'duplicate':
      return act.kind === 'duplicate';
    default:
      return null;
  }
}

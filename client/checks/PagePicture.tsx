/** The page small, as it is drawn this moment, with a number at the place of each thing that must be put right. */
import { useElementSize } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { Finding } from '../../shared/checks/finding.ts';
import type { Drawing, Rect } from '../../shared/layout/drawing.ts';
import { Sheet } from '../pages/Sheet.tsx';

/** Points around the trim, so that its edge and the numbers are seen. */
const margin = 14;
const numbered = 20;

/** Where each finding's number stands: at the top of its frame, in points of the sheet, below so many others. */
function numbersOn(drawing: Drawing, findings: readonly Finding[]): { n: number; y: number; nth: number }[] {
  const taken = new Map<string, number>();
  return findings.slice(0, numbered).flatMap(({ grade, place }, n) => {
    if (grade !== 'error') return [];
    const frame = place.part === 'folio' ? 'folio' : (place.frame ?? '');
    const top =
      frame === 'folio'
        ? drawing.trim.y + 24
        : drawing.frames.find((one) => one.frame === frame)?.rects[0]?.y;
    if (top === undefined) return [];
    const before = taken.get(frame) ?? 0;
    taken.set(frame, before + 1);
    return [{ n: n + 1, y: top, nth: before }];
  });
}

interface PagePictureProps {
  drawing: Drawing | null;
  view?: Rect;
  findings?: readonly Finding[];
  label: string;
  caption: [string, string];
}

export function PagePicture({ drawing, view, findings = [], label, caption }: PagePictureProps) {
  const { t } = useTranslation('pages');
  const { ref, width, height } = useElementSize();
  const around = (r: Rect): Rect => ({
    x: r.x - margin,
    y: r.y - margin,
    width: r.width + 2 * margin,
    height: r.height + 2 * margin,
  });
  const shown = view ?? (drawing && around(drawing.trim));
  const zoom = shown ? Math.min((width * 0.75) / shown.width, (height * 0.75) / shown.height) : 0;
  return (
    <>
      <p className="checks-caption">
        <span>{caption[0]}</span>
        <span>{caption[1]}</span>
      </p>
      <div className="checks-picture" ref={ref} role="img" aria-label={label}>
        {drawing && shown && zoom > 0 ? (
          <div className="checks-sheet" aria-hidden="true" inert>
            <Sheet
              drawing={drawing}
              view={shown}
              zoom={zoom}
              article={null}
              carets={[]}
              label={label}
              onPlace={undefined}
            />
            {numbersOn(drawing, findings).map(({ n, y, nth }) => (
              <b key={n} className="checks-number" style={{ top: ((y - shown.y) / 0.75) * zoom + nth * 24 }}>
                {n}
              </b>
            ))}
          </div>
        ) : (
          <p className="checks-meta">{t('loading')}</p>
        )}
      </div>
    </>
  );
}

/** Where a frame stands, how large it is, and its shape: an L, a line around it. */
import { useTranslation } from 'react-i18next';
import { corners, type Frame } from '../../../shared/pages/frame.ts';
import { inside } from '../canvas/cells.ts';
import type { Editing } from './edit.ts';
import { NumberField, Part, Row, SwitchField, ToggleField } from './fields.tsx';

export function PlacePart({ laying, frame, change }: Editing) {
  const { t } = useTranslation('pages');
  const { grid } = laying.page;
  const { place } = frame;
  const put = (next: Partial<Frame['place']>) =>
    change({ place: inside({ ...place, ...next }, grid) }, `place ${frame.id}`);
  return (
    <Part title={t('place.title')}>
      <Row label={t('place.from')}>
        <NumberField
          label={t('place.column')}
          unit={t('unit.column')}
          value={place.column + 1}
          least={1}
          most={grid.columns - place.columns + 1}
          onCommit={(value) => put({ column: value - 1 })}
        />
        <NumberField
          label={t('place.line')}
          unit={t('unit.line')}
          value={place.line + 1}
          least={1}
          most={grid.lines - place.lines + 1}
          onCommit={(value) => put({ line: value - 1 })}
        />
      </Row>
      <Row label={t('place.size')}>
        <NumberField
          label={t('place.columns')}
          unit={t('unit.column')}
          value={place.columns}
          least={1}
          most={grid.columns - place.column}
          onCommit={(columns) => put({ columns })}
        />
        <NumberField
          label={t('place.lines')}
          unit={t('unit.line')}
          value={place.lines}
          least={1}
          most={grid.lines - place.line}
          onCommit={(lines) => put({ lines })}
        />
      </Row>
    </Part>
  );
}

export function ShapePart({ frame, change }: Editing) {
  const { t } = useTranslation('pages');
  const { notch, place } = frame;
  const isL = notch !== null;
  const mayL = place.columns > 1 && place.lines > 1;
  const set = (next: Partial<NonNullable<Frame['notch']>>) =>
    notch && change({ notch: { ...notch, ...next } }, `notch ${frame.id}`);
  return (
    <Part title={t('shape.title')}>
      {(mayL || isL) && (
        <Row label={t('shape.form')}>
          <ToggleField
            label={t('shape.form')}
            value={isL ? 'l' : 'rect'}
            choices={[
              { value: 'rect', label: t('shape.rect') },
              { value: 'l', label: t('shape.l') },
            ]}
            onCommit={(form) =>
              change({
                notch:
                  form === 'rect'
                    ? null
                    : {
                        corner: 'bottomRight',
                        columns: Math.max(1, Math.floor(place.columns / 2)),
                        lines: Math.max(1, Math.floor(place.lines / 3)),
                      },
              })
            }
          />
        </Row>
      )}
      {notch && (
        <>
          <Row label={t('shape.corner')}>
            <fieldset className="inspector-corners" aria-label={t('shape.corner')}>
              {corners.map((corner) => (
                <label key={corner} data-corner={corner} data-on={corner === notch.corner || undefined}>
                  <input
                    type="radio"
                    className="ui-hidden"
                    name="corner"
                    checked={corner === notch.corner}
                    aria-label={t(`shape.${corner}`)}
                    onChange={() => set({ corner })}
                  />
                </label>
              ))}
            </fieldset>
          </Row>
          <Row label={t('shape.cut')}>
            <NumberField
              label={t('shape.cutColumns')}
              unit={t('unit.column')}
              value={notch.columns}
              least={1}
              most={Math.max(1, place.columns - 1)}
              onCommit={(columns) => set({ columns })}
            />
            <NumberField
              label={t('shape.cutLines')}
              unit={t('unit.line')}
              value={notch.lines}
              least={1}
              most={Math.max(1, place.lines - 1)}
              onCommit={(lines) => set({ lines })}
            />
          </Row>
        </>
      )}
      {frame.kind !== 'box' && (
        <SwitchField label={t('shape.boxed')} value={frame.boxed} onCommit={(boxed) => change({ boxed })} />
      )}
    </Part>
  );
}

/** How a photograph is cut, and how fine it prints at this size. */
import { Button } from '@mantine/core';
import { IconCrop } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { shownIn, writeCrop } from '../canvas/CropLayer.tsx';
import { cropZoomed, fewestInInch, pixelsInInch } from '../canvas/crop.ts';
import type { Figure } from '../figures.ts';
import type { Editing } from './edit.ts';
import { NumberField, Row } from './fields.tsx';

export function Cut({ laying, frame, drawing, figure, onCrop }: Editing & { figure: Figure }) {
  const { t } = useTranslation('pages');
  const cropping = { frame: frame.id, figure: figure.number };
  const shown = drawing && shownIn(laying, drawing, cropping);
  if (!shown) return null;
  const { item, crop } = shown;
  const ppi = pixelsInInch(figure, item, item.crop);
  const mayCrop = frame.kind !== 'story' || frame.pictures.some((one) => one.figure === figure.number);
  return (
    <>
      {mayCrop && laying.editable && (
        <Row label={t('pictures.zoom')}>
          <NumberField
            label={t('pictures.zoom')}
            unit="%"
            value={Math.round(crop.zoom * 100)}
            least={100}
            most={400}
            onCommit={(value) =>
              writeCrop(laying, frame, figure.number, cropZoomed(figure, item, crop, value / 100))
            }
          />
          <Button
            size="xs"
            leftSection={<IconCrop size={16} stroke={1.5} aria-hidden="true" />}
            onClick={() => onCrop(cropping)}
          >
            {t('pictures.crop')}
          </Button>
        </Row>
      )}
      <p className="inspector-ppi" data-few={ppi < fewestInInch || undefined}>
        {t('ppi', { count: ppi })}
        {ppi < fewestInInch && <span>{t('ppiFew', { count: fewestInInch })}</span>}
      </p>
    </>
  );
}

/** The rail's edge: dragged, or moved with the arrow keys. */
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';

/** Pixels. */
const bounds = { least: 360, most: 640, step: 16 };

const within = (width: number) => Math.round(Math.min(bounds.most, Math.max(bounds.least, width)));

export function RailResizer({ width, onWidth }: { width: number; onWidth: (width: number) => void }) {
  const { t } = useTranslation('app');
  const from = useRef<{ x: number; width: number } | null>(null);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule between sections cannot be moved; a separator widget can
    <div
      className="desk-resizer"
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t('desk.resize')}
      aria-valuenow={width}
      aria-valuemin={bounds.least}
      aria-valuemax={bounds.most}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { x: event.clientX, width };
      }}
      onPointerMove={(event) => {
        if (from.current) onWidth(within(from.current.width + from.current.x - event.clientX));
      }}
      onPointerUp={() => {
        from.current = null;
      }}
      onPointerCancel={() => {
        from.current = null;
      }}
      onKeyDown={(event) => {
        const step = {
          ArrowLeft: bounds.step,
          ArrowRight: -bounds.step,
          Home: bounds.most,
          End: -bounds.most,
        }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        onWidth(within(width + step));
      }}
    />
  );
}

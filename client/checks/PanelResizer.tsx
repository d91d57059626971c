/** The upper edge of the findings: dragged, or moved with the arrow keys. */
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';

/** Pixels. */
export const heights = { least: 80, usual: 152, most: 480, step: 24 };

const within = (height: number) => Math.round(Math.min(heights.most, Math.max(heights.least, height)));

interface PanelResizerProps {
  height: number;
  onHeight: (height: number) => void;
}

export function PanelResizer({ height, onHeight }: PanelResizerProps) {
  const { t } = useTranslation('checks');
  const from = useRef<{ y: number; height: number } | null>(null);
  const end = () => {
    from.current = null;
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule between sections cannot be moved; a separator widget can
    <div
      className="checks-resizer"
      role="separator"
      tabIndex={0}
      aria-orientation="horizontal"
      aria-label={t('resize')}
      aria-valuenow={height}
      aria-valuemin={heights.least}
      aria-valuemax={heights.most}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        // The panel is lower than asked where the window is low.
        const seen = event.currentTarget.parentElement?.getBoundingClientRect().height ?? height;
        from.current = { y: event.clientY, height: seen };
      }}
      onPointerMove={(event) => {
        if (from.current) onHeight(within(from.current.height + from.current.y - event.clientY));
      }}
      onPointerUp={end}
      onPointerCancel={end}
      onKeyDown={(event) => {
        const step = {
          ArrowUp: heights.step,
          ArrowDown: -heights.step,
          Home: heights.most,
          End: -heights.most,
        }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        onHeight(within(height + step));
      }}
    />
  );
}

/** The copyfit bar: ink up to what the frame holds, vermilion beyond, and the same in words. */
import { useTranslation } from 'react-i18next';

export interface CopyfitFigure {
  /** Lines over (positive) or short (negative). */
  lines: number;
  /** Characters over (positive) or short (negative). */
  characters: number;
  /** Text lines the frame holds; absent when unknown. */
  capacity?: number;
}

const width = 56;

/** `figure` is null when the story stands on no page. */
export function CopyfitBar(props: { figure: CopyfitFigure | null; bar?: boolean; characters?: boolean }) {
  const { figure, bar = true, characters = true } = props;
  const { t } = useTranslation('ui');
  if (!figure)
    return (
      <span className="ui-copyfit">
        <span>{t('notPlaced')}</span>
      </span>
    );
  const { lines } = figure;
  const capacity = figure.capacity ?? Math.max(100, Math.abs(lines) * 4);
  const scale = width / Math.max(capacity, capacity + lines);
  const over = lines > 0;
  return (
    <span className="ui-copyfit" data-over={over || undefined}>
      {bar && (
        <span className="ui-copyfit-bar" aria-hidden="true">
          <span className="ui-copyfit-fill" style={{ width: Math.min(capacity, capacity + lines) * scale }} />
          {over && <span className="ui-copyfit-over" style={{ left: capacity * scale, right: 0 }} />}
          <span className="ui-copyfit-tick" style={{ left: Math.min(capacity * scale, width - 1.5) }} />
        </span>
      )}
      <strong>
        {over ? t('over', { count: lines }) : lines < 0 ? t('under', { count: -lines }) : t('fits')}
      </strong>
      {characters && lines !== 0 && <span>{t('characters', { count: Math.abs(figure.characters) })}</span>}
    </span>
  );
}

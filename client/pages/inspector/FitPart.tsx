/** How a story fits: the one big number, and a bar with what the frames hold. */
import { useTranslation } from 'react-i18next';
import type { Editing } from './edit.ts';

export function FitPart({ laying, frame, drawing }: Editing) {
  const { t } = useTranslation('pages');
  const fit = drawing?.copyfit.find((one) => one.article === frame.article);
  if (!fit) return null;
  const { lines, characters, room } = fit;
  const own = laying.fits.get(frame.id);
  const used = room + lines;
  const most = Math.max(room, used, 1);
  const share = (count: number) => `${(Math.max(0, count) / most) * 100}%`;
  const word = lines > 0 ? 'over' : lines < 0 ? 'under' : 'fits';
  return (
    <section className="inspector-fit" data-fit={word} aria-label={t('fitOf')}>
      <p>
        <strong role="status">
          {word === 'fits' ? t('ui:fits') : t(`ui:${word}`, { count: Math.abs(lines) })}
        </strong>
        {lines !== 0 && <span>{t('ui:characters', { count: Math.abs(characters) })}</span>}
        <span>{t('holdsLines', { count: room })}</span>
      </p>
      <div className="inspector-bar" aria-hidden="true">
        <i style={{ width: share(Math.min(room, used)) }} />
        {lines > 0 && <i data-over style={{ left: share(room), right: 0 }} />}
        <b style={{ left: share(room) }} />
      </div>
      {fit.frames.length > 1 && own && <p className="inspector-hint">{t('fitHere', { count: own.room })}</p>}
    </section>
  );
}

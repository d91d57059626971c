/** Ways to make a story fit, each with what would come of it: looked at on the page before one is taken. */
import { Button } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Turn, Way } from '../../../shared/layout/ways-to-fit.ts';
import type { FrameChange } from '../../../shared/pages/layout-map.ts';
import type { Editing } from './edit.ts';

interface WaysPartProps extends Editing {
  /** Null while they are being looked for. */
  ways: readonly Way[] | null;
  /** Shows a change on the page without making it; null shows the page as it is. */
  onTry: (change: FrameChange | null) => void;
}

/** As many as anybody compares. */
const most = 5;

const signed = (value: number) => `${value > 0 ? '+' : '−'}${Math.abs(value)}`;

function turnWords(t: TFunction, turn: Turn): string {
  if (turn.lever === 'mode') return t(`pages:turn.${turn.to}`);
  if (turn.lever === 'balance') return t('pages:turn.balance');
  return t(`pages:turn.${turn.lever}`, { by: signed(turn.by) });
}

export function WaysPart({ laying, frame, ways, change, onTry }: WaysPartProps) {
  const { t } = useTranslation(['pages', 'ui']);
  const [tried, setTried] = useState<string | null>(null);
  const fit = laying.fits.get(frame.id);
  if (!fit || !laying.editable) return null;
  if (ways === null) return tried ? null : <p className="inspector-hint">{t('pages:waysLooking')}</p>;
  if (ways.length === 0) return null;
  // What fits leaves nothing to be said for what does not.
  const fitting = ways.filter(({ fit: { lines } }) => lines <= 0);
  const offered = (fitting.length > 0 ? fitting : ways).slice(0, most);
  const show = (name: string | null, way: Way | null) => {
    setTried(name);
    onTry(way?.change ?? null);
  };
  return (
    <ul className="inspector-ways" aria-label={t('pages:ways')}>
      {offered.map((way) => {
        const name = way.turns.map((turn) => turnWords(t, turn)).join(t('pages:turnPlus'));
        const { lines } = way.fit;
        const result =
          lines === 0
            ? t('ui:fits')
            : t(lines > 0 ? 'pages:stillOver' : 'ui:under', { count: Math.abs(lines) });
        return (
          <li key={name} data-tried={tried === name || undefined}>
            <span>{name}</span>
            <span data-over={lines > 0 || undefined}>{result}</span>
            <Button
              size="compact-xs"
              aria-pressed={tried === name}
              aria-label={t('pages:tryNamed', { name, result })}
              onClick={() => (tried === name ? show(null, null) : show(name, way))}
            >
              {t(tried === name ? 'pages:untry' : 'pages:try')}
            </Button>
            {tried === name && (
              <Button
                size="compact-xs"
                variant="filled"
                aria-label={t('pages:takeNamed', { name })}
                onClick={() => {
                  show(null, null);
                  change(way.change);
                  laying.say(t('pages:taken', { name, result }));
                }}
              >
                {t('pages:take')}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}

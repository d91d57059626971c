/** Rulers in millimetres along the top and the left of the canvas; hairlines follow the pointer. */
import { memo } from 'react';
import type { Rect } from '../../../shared/layout/drawing.ts';
import { marksOf } from './ruler.ts';
import { type Size, toScreen, type Viewport } from './viewport.ts';

interface RulersProps {
  view: Viewport;
  /** The trimmed page, whose corner is zero. */
  trim: Rect;
  window: Size;
}

/** Pixels across a ruler. */
export const rulerSize = 22;
const length = { short: 5, long: 9 };

export const Rulers = memo(function Rulers({ view, trim, window }: RulersProps) {
  const origin = toScreen(view, trim);
  return (
    <div className="canvas-rulers" aria-hidden="true">
      <svg className="canvas-ruler-top" width={window.width} height={rulerSize} aria-hidden="true">
        {marksOf(view.zoom, origin.x, window.width).map(({ at, label, long }) => (
          <g key={at} transform={`translate(${Math.round(at) + 0.5} 0)`}>
            <path
              d={`M0 ${rulerSize}V${label === null ? rulerSize - (long ? length.long : length.short) : 0}`}
            />
            {label !== null && (
              <text x="4" y="11">
                {label}
              </text>
            )}
          </g>
        ))}
      </svg>
      <svg className="canvas-ruler-left" width={rulerSize} height={window.height} aria-hidden="true">
        {marksOf(view.zoom, origin.y, window.height).map(({ at, label, long }) => (
          <g key={at} transform={`translate(0 ${Math.round(at) + 0.5})`}>
            <path
              d={`M${rulerSize} 0H${label === null ? rulerSize - (long ? length.long : length.short) : 0}`}
            />
            {label !== null && (
              <text transform="translate(11 -4) rotate(-90)" textAnchor="start">
                {label}
              </text>
            )}
          </g>
        ))}
      </svg>
      <span className="canvas-ruler-corner">mm</span>
      <i className="canvas-pointer-across" />
      <i className="canvas-pointer-down" />
    </div>
  );
});

/** Paints a Drawing's lines in HTML: each run where the Drawing puts it, whatever font the browser has so far. */
import { memo } from 'react';
import type { LineItem, Run } from '../../shared/layout/drawing.ts';
import { spacedOf } from '../../shared/layout/segments.ts';

/** Points to CSS pixels at 100 %. */
export const px = (points: number) => (points * 4) / 3;

/** Pixels from a line box's top to its baseline: a strut of this height makes it so in every browser. */
const strut = 64;

function Words({ run }: { run: Run }) {
  const width = run.advances.reduce((sum, advance) => sum + advance, 0);
  return (
    <span
      className={`pages-run pages-${run.face}`}
      data-italic={run.italic}
      style={{ fontSize: px(run.size), width: px(width) }}
    >
      {spacedOf(run).map((spaced, i) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: stretches have no other name
          key={i}
          style={{
            letterSpacing: spaced.spacing === 0 ? undefined : px(spaced.spacing),
            marginRight: spaced.after === 0 ? undefined : px(spaced.after),
          }}
        >
          {spaced.text}
        </span>
      ))}
    </span>
  );
}

const same = (a: { line: LineItem; dim: boolean }, b: { line: LineItem; dim: boolean }) =>
  a.dim === b.dim && (a.line === b.line || JSON.stringify(a.line) === JSON.stringify(b.line));

/** One line; drawn again only when it changed. */
export const Line = memo(function Line({ line, dim }: { line: LineItem; dim: boolean }) {
  const first = line.runs[0];
  if (!first) return null;
  return (
    <div
      className="pages-line"
      data-role={line.role}
      data-dim={dim || undefined}
      style={{ left: px(first.x), top: px(line.y) - strut, color: line.color }}
    >
      {line.runs.map((run, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: runs of a line have no other name
        <Words key={i} run={run} />
      ))}
    </div>
  );
}, same);

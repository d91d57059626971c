/** Paints a Drawing's lines in HTML: each run where the Drawing puts it, whatever font the browser has so far. */
import { memo } from 'react';
import type { LineItem, Run } from '../../shared/layout/drawing.ts';
import { spacedOf } from '../../shared/layout/segments.ts';

/** Points to CSS pixels at 100 %. */
export const px = (points: number) => (points * 4) / 3;

/** Pixels from a line box's top to its baseline: a strut of this height makes it so in every browser. */
const strut = 64;

/** Where a run stands is its line's affair; what it looks like changes seldom. */
const looksSame = (a: Run, b: Run) =>
  a === b ||
  (a.text === b.text &&
    a.face === b.face &&
    a.size === b.size &&
    a.italic === b.italic &&
    a.change?.kind === b.change?.kind &&
    a.change?.color === b.change?.color &&
    a.advances.length === b.advances.length &&
    a.advances.every((advance, i) => advance === b.advances[i]));

const Words = memo(
  function Words({ run, vertical }: { run: Run; vertical: boolean }) {
    const length = px(run.advances.reduce((sum, advance) => sum + advance, 0));
    return (
      <span
        className={`pages-run pages-${run.face}`}
        data-italic={run.italic}
        data-change={run.change?.kind}
        data-person={run.change && (run.change.color & 7) + 1}
        style={{ fontSize: px(run.size), ...(vertical ? { height: length } : { width: length }) }}
      >
        {spacedOf(run).map((spaced, i) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: stretches have no other name
            key={i}
            style={{
              letterSpacing: spaced.spacing === 0 ? undefined : px(spaced.spacing),
              marginInlineEnd: spaced.after === 0 ? undefined : px(spaced.after),
            }}
          >
            {spaced.text}
          </span>
        ))}
      </span>
    );
  },
  (a, b) => a.vertical === b.vertical && looksSame(a.run, b.run),
);

const same = (a: { line: LineItem; dim: boolean }, b: { line: LineItem; dim: boolean }) =>
  a.dim === b.dim &&
  (a.line === b.line ||
    (a.line.y === b.line.y &&
      a.line.role === b.line.role &&
      a.line.color === b.line.color &&
      a.line.vertical === b.line.vertical &&
      a.line.runs.length === b.line.runs.length &&
      a.line.runs.every((run, i) => {
        const other = b.line.runs[i];
        return other !== undefined && run.x === other.x && looksSame(run, other);
      })));

/** One line; drawn again only when it changed. */
export const Line = memo(function Line({ line, dim }: { line: LineItem; dim: boolean }) {
  const first = line.runs[0];
  if (!first) return null;
  const upright = line.vertical === true;
  return (
    <div
      className={upright ? 'pages-line pages-upright' : 'pages-line'}
      data-role={line.role}
      data-dim={dim || undefined}
      style={
        upright
          ? { left: px(first.x), top: px(line.y), color: line.color, lineHeight: `${px(first.size)}px` }
          : { left: px(first.x), top: px(line.y) - strut, color: line.color }
      }
    >
      {line.runs.map((run, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: runs of a line have no other name
        <Words key={i} run={run} vertical={upright} />
      ))}
    </div>
  );
}, same);

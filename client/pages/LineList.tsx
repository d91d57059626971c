/** Draws the lines of a sheet; of a very long one only those near what is looked at. */
import { useIntersection } from '@mantine/hooks';
import { memo, useMemo } from 'react';
import type { LineItem } from '../../shared/layout/drawing.ts';
import { Line, px } from './Lines.tsx';

interface LineListProps {
  lines: readonly LineItem[];
  dimmed: (article: string | undefined) => boolean;
}

/** A page has fewer lines; the galley of a long story, or what of it hangs below its page, has thousands, and a
 * browser that keeps them all takes milliseconds for each key, wherever it is struck. */
const mostDrawn = 1_000;
const ofBand = 60;
/** Bands that are drawn before it is known which are looked at. */
const atFirst = 3;
/** CSS pixels at 100 % around a band within which it is drawn already. */
const ahead = 1_200;

/** A line keeps its name when others come or go above it, so that it is moved and not drawn anew. */
function named(lines: readonly LineItem[]): { key: string; line: LineItem }[] {
  const seen = new Map<string, number>();
  return lines.map((line) => {
    const { source } = line;
    const name = source ? `${source.article} ${source.paragraph} ${source.from}` : line.role;
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return { key: `${name} ${count}`, line };
  });
}

export function LineList({ lines, dimmed }: LineListProps) {
  if (lines.length <= mostDrawn) return <Lines lines={lines} dimmed={dimmed} />;
  return bandsOf(lines).map((band, i) => (
    <Band
      // biome-ignore lint/suspicious/noArrayIndexKey: a band is its place
      key={i}
      lines={band}
      dimmed={dimmed}
      isFirst={i < atFirst}
    />
  ));
}

/** Lines that follow each other downwards: one band over two columns would reach from top to bottom. */
function bandsOf(lines: readonly LineItem[]): LineItem[][] {
  const bands: LineItem[][] = [];
  for (const line of lines) {
    const band = bands.at(-1);
    const last = band?.at(-1);
    if (band && last && band.length < ofBand && line.y >= last.y) band.push(line);
    else bands.push([line]);
  }
  return bands;
}

function Lines({ lines, dimmed }: LineListProps) {
  const all = useMemo(() => named(lines), [lines]);
  return all.map(({ key, line }) => <Line key={key} line={line} dim={dimmed(line.article)} />);
}

const Band = memo(
  function Band({ lines, dimmed, isFirst }: LineListProps & { isFirst: boolean }) {
    const { ref, entry } = useIntersection();
    const tops = lines.map(({ y }) => y);
    const top = px(Math.min(...tops)) - ahead;
    return (
      <>
        <div className="pages-band" ref={ref} style={{ top, height: px(Math.max(...tops)) + ahead - top }} />
        {(entry ? entry.isIntersecting : isFirst) && <Lines lines={lines} dimmed={dimmed} />}
      </>
    );
  },
  (a, b) =>
    a.dimmed === b.dimmed &&
    a.lines.length === b.lines.length &&
    a.lines.every((line, i) => line === b.lines[i]),
);

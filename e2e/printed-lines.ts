/** What a browser made of a print-ready file, line by line, beside what the Drawing says. */
import { expect } from '@playwright/test';
import { readingOrder } from '../server/export/html-order.ts';
import type { Drawing, LineItem } from '../shared/layout/drawing.ts';

/** In points from the sheet's corner. */
export interface PrintedLine {
  text: string;
  vertical: boolean;
  /** Along the line: where its first character begins (upright, .88 em above its baseline) and its last ends. */
  from: number;
  to: number;
  /** Across it: the baseline; of a vertical line the middle. */
  base: number;
}

/** How far a browser may be off, in points. Chromium reckons in 1/64 and Firefox in 1/60 of a pixel, each stretch of a
 * line by itself. */
export const tolerance = { from: 0.06, to: 0.25, base: 0.06 };

/** Runs in the page. An empty box is put into each line to stand on its baseline. */
export function readPrintedLines(): PrintedLine[][] {
  const points = (pixels: number) => pixels * 0.75;
  return [...document.querySelectorAll('.sheet')].map((sheet) => {
    const corner = sheet.getBoundingClientRect();
    return [...sheet.querySelectorAll('.l')].map((line) => {
      const text = line.textContent ?? '';
      const vertical = line.classList.contains('v');
      const boxes = [...line.querySelectorAll(vertical ? '.u' : '[class^="t"]')].map((box) =>
        box.getBoundingClientRect(),
      );
      const first = line.querySelector(vertical ? '.u' : '[class^="t"]');
      const probe = document.createElement('span');
      probe.style.cssText = 'display:inline-block;width:0;height:0';
      first?.append(probe);
      const baseline = points(probe.getBoundingClientRect().bottom - corner.top);
      probe.remove();
      if (vertical) {
        const em = first ? points(Number.parseFloat(getComputedStyle(first).fontSize)) : 0;
        const [box] = boxes;
        return {
          text,
          vertical,
          from: baseline - 0.88 * em,
          to: points(Math.max(...boxes.map(({ bottom }) => bottom)) - corner.top),
          base: points(((box?.left ?? 0) + (box?.right ?? 0)) / 2 - corner.left),
        };
      }
      return {
        text,
        vertical,
        from: points(Math.min(...boxes.map(({ left }) => left)) - corner.left),
        to: points(Math.max(...boxes.map(({ right }) => right)) - corner.left),
        base: baseline,
      };
    });
  });
}

/** A Drawing's lines in the order in which its file holds them. */
const linesRead = (drawing: Drawing): LineItem[] =>
  readingOrder(drawing).flatMap((part) =>
    part.kind === 'article'
      ? part.elements.flatMap(({ lines }) => lines)
      : part.kind === 'advertisement'
        ? [...part.lines].sort((a, b) => Number(a.role === 'label') - Number(b.role === 'label'))
        : part.lines,
  );

const sum = (numbers: readonly number[]) => numbers.reduce((all, each) => all + each, 0);

function drawnLine(line: LineItem): PrintedLine {
  const text = line.runs.map((run) => run.text).join('');
  const first = line.runs[0];
  const last = line.runs.at(-1);
  if (!first || !last) throw new Error('impossible: a line without a run');
  if (line.vertical) {
    const length = sum(line.runs.flatMap(({ advances }) => advances));
    return { text, vertical: true, from: line.y, to: line.y + length, base: first.x + first.size / 2 };
  }
  return { text, vertical: false, from: first.x, to: last.x + sum(last.advances), base: line.y };
}

/** Fails with the line that stands elsewhere; returns the widest difference of each kind. */
export function expectPrinted(seen: readonly PrintedLine[], drawing: Drawing) {
  const wanted = linesRead(drawing).map(drawnLine);
  expect(seen.map(({ text }) => text)).toEqual(wanted.map(({ text }) => text));
  const widest = { from: 0, to: 0, base: 0 };
  wanted.forEach((line, n) => {
    const at = seen[n];
    for (const kind of ['from', 'to', 'base'] as const) {
      const off = Math.abs((at?.[kind] ?? Number.NaN) - line[kind]);
      expect(off, `${kind} of ${line.text} ${JSON.stringify([line, at])}`).toBeLessThan(tolerance[kind]);
      widest[kind] = Math.max(widest[kind], off);
    }
  });
  return widest;
}

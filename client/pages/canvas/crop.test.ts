/** Holds that a photograph always fills its place, however it is moved. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cropFor } from '../../../shared/layout/picture.ts';
import { cropMoved, cropZoomed, pixelsInInch } from './crop.ts';

const side = fc.integer({ min: 200, max: 5000 });
const size = fc.record({ width: side, height: side });
const way = fc.double({ min: -2000, max: 2000, noNaN: true });

test('moved or zoomed, it fills its place and keeps within itself', () => {
  fc.assert(
    fc.property(
      size,
      size,
      way,
      way,
      fc.double({ min: 0.2, max: 9, noNaN: true }),
      (pixels, place, x, y, zoom) => {
        const plain = { focus: { x: 0.5, y: 0.5 }, zoom: 1 };
        const crop = cropMoved(pixels, place, cropZoomed(pixels, place, plain, zoom), { x, y });
        expect(crop.focus.x).toBeGreaterThanOrEqual(0);
        expect(crop.focus.x).toBeLessThanOrEqual(1);
        const shown = cropFor(pixels, place, crop);
        expect((shown?.x ?? -1) >= 0 && (shown?.x ?? 2) + (shown?.width ?? 2) <= 1 + 1e-5).toBe(true);
        expect((shown?.y ?? -1) >= 0 && (shown?.y ?? 2) + (shown?.height ?? 2) <= 1 + 1e-5).toBe(true);
      },
    ),
  );
});

test('moved there and back, the same is shown', () => {
  const pixels = { width: 1600, height: 900 };
  const place = { width: 200, height: 200 };
  const crop = { focus: { x: 0.5, y: 0.5 }, zoom: 2 };
  const back = cropMoved(pixels, place, cropMoved(pixels, place, crop, { x: 20, y: -10 }), { x: -20, y: 10 });
  expect(back.focus.x).toBeCloseTo(0.5, 4);
  expect(back.focus.y).toBeCloseTo(0.5, 4);
});

test('1600 pixels over four inches are 400 in an inch, and 200 when half of them are shown', () => {
  const place = { width: 288, height: 162 };
  expect(pixelsInInch({ width: 1600, height: 900 }, place, null)).toBe(400);
  expect(pixelsInInch({ width: 1600, height: 900 }, place, { x: 0, y: 0, width: 0.5, height: 0.5 })).toBe(
    200,
  );
});

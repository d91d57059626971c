/** Type area 版心: no type of the page stands outside it. */
import { geometryOf, points } from '../../layout/geometry.ts';
import { type Check, edgesOf, type Found, found, linesIn, placeOfLine } from './checked.ts';

/** Points: what squeezed marks and side bearings may reach over. */
const slack = 2;

/** One finding for each frame, or story, that reaches out; an error where it is cut off with the paper. */
export const outsideTypeArea: Check = (checked) => {
  const g = geometryOf(checked.page);
  const area = [
    points(g.x),
    points(g.y - g.folio),
    points(g.x + g.width),
    points(g.y + checked.page.grid.lines * g.pitch),
  ] as const;
  const { trim } = checked.drawing;
  const told = new Map<string, Found>();
  for (const line of linesIn(checked.drawing)) {
    if (line.role === 'slug' || line.runs.length === 0) continue;
    const [left, top, right, bottom] = edgesOf(line);
    // The folio line is larger than its band.
    const above = line.role === 'folio' ? 0 : area[1] - top;
    const out = Math.max(area[0] - left, above, right - area[2], bottom - area[3]);
    if (out <= slack) continue;
    const lost =
      left < trim.x || top < trim.y || right > trim.x + trim.width || bottom > trim.y + trim.height;
    const place = placeOfLine(checked, line);
    const key = place.frame ?? place.article ?? place.part ?? '';
    const before = told.get(key);
    if (!before || (lost && before.grade !== 'error'))
      told.set(key, found(lost ? 'error' : 'warning', place, { points: Math.round(out) }));
  }
  return [...told.values()];
};

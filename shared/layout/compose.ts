/** Compose: turns stories and a page into a Drawing. The steps, each a file:
 *
 * - measure: advances of every character, from tables made of the embedded fonts
 * - classes: 禁则, what may start and end a line
 * - itemize: a paragraph as boxes, gaps and breaks
 * - break: where its lines end
 * - justify: how a line fills its measure, where its characters stand
 * - set: the three above for one paragraph, cached
 * - heading, picture, flow: the parts of a story
 * - fill: the parts through the columns, and what fits
 * - storyframe, folio: what a page is made of
 * - drawing: the display list that comes out
 */
import type { Story } from '../manuscript/story.ts';
import type { Frame } from '../pages/frame.ts';
import type { Page } from '../pages/page.ts';
import type { BreakMode } from './break.ts';
import type { DrawItem, Drawing } from './drawing.ts';
import { composeFolio } from './folio.ts';
import {
  bleedOf,
  columnX,
  cropMarks,
  type Geometry,
  geometryOf,
  lineY,
  points,
  rect,
  spanOf,
} from './geometry.ts';
import type { SetCache } from './set.ts';
import { composeFrame } from './storyframe.ts';

export interface ComposeOptions {
  mode?: BreakMode;
  /** Paragraphs set before; without one every paragraph is set anew. The Drawing is the same (L14). */
  cache?: SetCache;
  /** What stands above the grid; the folio line when absent. */
  folio?: (g: Geometry, page: Page, cache: SetCache | null) => DrawItem[];
}

/** The page with every story that is given; a frame whose story is missing is drawn empty. */
export function compose(page: Page, stories: readonly Story[], options: ComposeOptions = {}): Drawing {
  const { mode = 'whole', cache = null, folio = composeFolio } = options;
  const g = geometryOf(page);
  const drawing: Drawing = {
    version: 1,
    sheet: { width: points(g.sheet.width), height: points(g.sheet.height) },
    trim: rect(g.trim.x, g.trim.y, g.trim.width, g.trim.height),
    bleed: bleedOf(g),
    items: folio(g, page, cache),
    copyfit: [],
    overset: [],
    frames: page.frames.map(({ id, place }) => ({
      frame: id,
      rects: [
        rect(columnX(g, place.column), lineY(g, place.line), spanOf(g, place.columns), place.lines * g.pitch),
      ],
    })),
    capacity: [],
  };
  for (const frame of page.frames) {
    drawing.items.push(...storyRules(g, frame));
    const story = stories.find((s) => s.article === frame.article);
    if (!story) {
      drawing.items.push(withheld(g, frame));
      continue;
    }
    const { items, copyfit, overset } = composeFrame(g, frame, story, mode, cache);
    drawing.items.push(...items);
    drawing.copyfit.push(copyfit);
    if (overset) drawing.overset.push(overset);
  }
  for (const mark of cropMarks(g)) drawing.items.push({ kind: 'rule', role: 'crop', ...mark, weight: 0.25 });
  return drawing;
}

/** Half-point rules towards the stories above and to the left, in the middle of the white between. */
function storyRules(g: Geometry, frame: Frame): DrawItem[] {
  const items: DrawItem[] = [];
  const x = columnX(g, frame.place.column);
  const y = lineY(g, frame.place.line);
  const common = {
    kind: 'rule',
    role: 'story',
    weight: 0.5,
    ...(frame.article ? { article: frame.article } : {}),
  } as const;
  if (frame.place.line > 0) {
    const middle = points(y - Math.floor(g.pitch / 2));
    items.push({
      ...common,
      x1: points(x),
      y1: middle,
      x2: points(x + spanOf(g, frame.place.columns)),
      y2: middle,
    });
  }
  if (frame.place.column > 0) {
    const middle = points(x - Math.floor(g.gap / 2));
    items.push({
      ...common,
      x1: middle,
      y1: points(y),
      x2: middle,
      y2: points(lineY(g, frame.place.line + frame.place.lines)),
    });
  }
  return items;
}

function withheld(g: Geometry, frame: Frame): DrawItem {
  const inset = 1_500;
  const box = rect(
    columnX(g, frame.place.column),
    lineY(g, frame.place.line) + inset,
    spanOf(g, frame.place.columns),
    frame.place.lines * g.pitch - 2 * inset,
  );
  return { kind: 'box', role: 'withheld', stroke: 0.25, color: '#b9b4a8', ...box };
}

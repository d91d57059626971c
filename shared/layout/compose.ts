/** Compose: turns stories and a page into a Drawing. The steps, each a file:
 *
 * - measure: advances of every character, from tables made of the embedded fonts
 * - classes: 禁则, what may start and end a line
 * - itemize: a paragraph as boxes, gaps and breaks
 * - break: where its lines end
 * - justify: how a line fills its measure, where its characters stand
 * - set: the four above for one paragraph, cached
 * - reading, flow: a story as blocks, with open suggestions as asked
 * - region: the columns and rows of a frame
 * - heading, upright, placing: what takes rows from the text
 * - thread, fill, storyflow: the blocks through all frames of a story, and what fits
 * - storyframe, whole: a story drawn, kept while nothing about it changes
 * - furniture, nameplate, folio, rules, proof: what else a page is made of
 * - drawing: the display list that comes out
 */
import type { Story } from '../manuscript/story.ts';
import { artworkOf, type Frame, type FrameKind, withheldArticle } from '../pages/frame.ts';
import type { Page } from '../pages/page.ts';
import type { BreakMode } from './break.ts';
import { capacityOf } from './capacity.ts';
import type { DrawItem, Drawing } from './drawing.ts';
import { composeFolio } from './folio.ts';
import {
  drawAdvertisement,
  drawBlank,
  drawBorder,
  drawBox,
  drawPictureFrame,
  drawText,
  type Furnished,
  type Furnishing,
} from './furniture.ts';
import { bleedOf, cropMarks, type Geometry, geometryOf, points, rect } from './geometry.ts';
import type { Changes } from './itemize.ts';
import { drawNameplate } from './nameplate.ts';
import { drawSlug, drawWatermarks, type Proof } from './proof.ts';
import { piecesOf, rectOf } from './region.ts';
import { storyRules } from './rules.ts';
import type { SetCache } from './set.ts';
import { hangClear } from './storyframe.ts';
import { composeWhole, pageKeys } from './whole.ts';

export interface ComposeOptions {
  /** Instead of what the frames say. */
  mode?: BreakMode;
  /** What was set before; without one everything is set anew. The Drawing is the same (L14). */
  cache?: SetCache;
  /** Other pages of the edition, for stories that run on between them and this one. */
  neighbours?: readonly Page[];
  /** How open suggestions read; as accepted when absent. */
  changes?: Changes;
  /** Marks what is drawn as a proof. */
  proof?: Proof;
  /** What stands above the grid; the page's own head when absent. */
  folio?: (g: Geometry, page: Page, cache: SetCache | null) => DrawItem[];
}

const furnish: Partial<Record<FrameKind, (given: Furnishing) => Furnished>> = {
  picture: drawPictureFrame,
  advertisement: drawAdvertisement,
  box: drawBox,
  text: drawText,
  nameplate: drawNameplate,
};

/** The page with every story that is given. A frame whose story is missing is drawn without its words, one without
 * a story as empty. */
export function compose(page: Page, stories: readonly Story[], options: ComposeOptions = {}): Drawing {
  const { mode, cache = null, neighbours = [], changes = 'accepted', proof } = options;
  const folio = options.folio ?? (page.head === 'none' ? () => [] : composeFolio);
  const g = geometryOf(page);
  const drawing = emptyDrawing(g, page);
  const { items } = drawing;
  const byArticle = new Map(stories.map((story) => [story.article, story]));
  const keyOf = pageKeys();
  const told = new Set<string>();
  items.push(...folio(g, page, cache));

  const drawStory = (frame: Frame, story: Story) => {
    const lay = { neighbours, changes, cache, ...(mode ? { mode } : {}) };
    const whole = composeWhole(story, page, lay, keyOf);
    if (!whole) return;
    items.push(...(whole.frames.get(frame.id) ?? []));
    if (told.has(story.article)) return;
    told.add(story.article);
    drawing.copyfit.push(whole.copyfit);
    if (whole.overset) drawing.overset.push(hangClear(whole.overset, drawing.overset));
  };

  for (const frame of page.frames) {
    items.push(...storyRules(g, frame, page.frames));
    const story = (frame.article !== null && byArticle.get(frame.article)) || null;
    const hidden = frame.article === withheldArticle || (frame.article !== null && !story);
    const draw = furnish[frame.kind];
    if (hidden && frame.kind !== 'text' && frame.kind !== 'box' && frame.kind !== 'nameplate') {
      items.push(...drawBlank(g, frame, 'withheld'));
    } else if (draw && (frame.kind !== 'picture' || story || artworkOf(frame))) {
      const { items: own, cut } = draw({ page, g, frame, story, changes, cache });
      items.push(...own);
      if (cut > 0) drawing.cut = [...(drawing.cut ?? []), { frame: frame.id, lines: cut }];
    } else if (story) {
      drawStory(frame, story);
    } else {
      items.push(...drawBlank(g, frame, 'empty'));
      if (frame.kind === 'story') drawing.capacity.push(capacityOf(page, g, frame, cache));
    }
    if (frame.boxed && frame.kind !== 'box' && frame.kind !== 'advertisement')
      items.push(...drawBorder(g, frame));
  }
  for (const mark of cropMarks(g)) items.push({ kind: 'rule', role: 'crop', ...mark, weight: 0.25 });
  if (proof) {
    items.push(...drawSlug(g, proof, cache));
    const pictures = items.filter((item) => item.kind === 'image');
    items.unshift(...drawWatermarks(g, page, proof, pictures));
  }
  return drawing;
}

const emptyDrawing = (g: Geometry, page: Page): Drawing => ({
  version: 1,
  sheet: { width: points(g.sheet.width), height: points(g.sheet.height) },
  trim: rect(g.trim.x, g.trim.y, g.trim.width, g.trim.height),
  bleed: bleedOf(g),
  items: [],
  copyfit: [],
  overset: [],
  frames: page.frames.map((frame) => ({
    frame: frame.id,
    rects: piecesOf(frame).map((piece) => rectOf(g, piece)),
  })),
  capacity: [],
});

/** Ways to fit: what a designer could turn so that a story fills its frames exactly, each tried before it is shown. */
import type { Story } from '../manuscript/story.ts';
import type { Frame } from '../pages/frame.ts';
import type { FrameChange } from '../pages/layout-map.ts';
import type { Page } from '../pages/page.ts';
import type { Copyfit } from './drawing.ts';
import { piecesOf } from './region.ts';
import type { SetCache } from './set.ts';
import { copyfitOf, layStory } from './storyflow.ts';
import { headingSizes } from './styles.ts';

/** One thing that is turned: tracking by thousandths of an em, pitch and headline by points, the frame and a figure
 * by lines. */
export type Turn =
  | { lever: 'mode'; to: Frame['setting']['mode'] }
  | { lever: 'balance' }
  | { lever: 'tracking' | 'pitch' | 'headline' | 'lines'; by: number }
  | { lever: 'picture'; figure: number; by: number };

export interface Way {
  turns: Turn[];
  change: FrameChange;
  /** How the story would fit. */
  fit: Copyfit;
  /** How far the page moves from what was set: more for what a reader sees. */
  cost: number;
}

/** A step of a lever: the frame as it would be. */
interface Step {
  turns: Turn[];
  frame: Frame;
  cost: number;
}

/** Cost of one unit of each lever; beyond ten thousandths tracking starts to show. */
const price = {
  mode: 1,
  balance: 1,
  tracking: 0.4,
  tracking2: 0.8,
  picture: 3,
  pitch: 5,
  lines: 6,
  headline: 8,
};

const mostTracking = 10;
const pitches = { least: 11.25, most: 13.5, step: 0.75 };
const mostLines = 3;
const mostPictureLines = 4;
/** Compositions in all, however many levers there are. */
const mostTries = 160;

const steps = (from: number, to: number, by = 1) =>
  Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, n) => from + n * by);

/** Worse when higher: what does not fit is worse than any white. */
const badness = ({ lines }: Copyfit) => (lines > 0 ? 10_000 + lines : 0 - lines);

/** In the order in which they are proposed when they cost the same; `sign` is 1 to take less room, -1 to take more. */
function leversOf(page: Page, sign: 1 | -1): ((from: Step) => Step[])[] {
  const turned = (from: Step, turn: Turn, cost: number, change: FrameChange): Step => ({
    turns: [...from.turns, turn],
    frame: { ...from.frame, ...change },
    cost: from.cost + cost,
  });
  const set = (from: Step, turn: Turn, cost: number, change: Partial<Frame['setting']>) =>
    turned(from, turn, cost, { setting: { ...from.frame.setting, ...change } });

  const mode = (from: Step) => {
    const to = from.frame.setting.mode === 'whole' ? 'greedy' : 'whole';
    return [set(from, { lever: 'mode', to }, price.mode, { mode: to })];
  };
  const tracking = (from: Step) =>
    [...steps(1, mostTracking), ...steps(mostTracking + 2, 2 * mostTracking, 2)].flatMap((much) => {
      const by = 0 - sign * much;
      const to = from.frame.setting.tracking + by;
      if (Math.abs(to) > 2 * mostTracking) return [];
      const far = Math.max(0, much - mostTracking);
      const cost = (much - far) * price.tracking + far * price.tracking2;
      return set(from, { lever: 'tracking', by }, cost, { tracking: to });
    });
  const picture = (from: Step) =>
    from.frame.pictures.flatMap(({ figure, lines }) =>
      steps(1, mostPictureLines).flatMap((much) => {
        const to = lines - sign * much;
        if (to < 3) return [];
        const pictures = from.frame.pictures.map((own) =>
          own.figure === figure ? { ...own, lines: to } : own,
        );
        const turn = { lever: 'picture', figure, by: 0 - sign * much } as const;
        return turned(from, turn, much * price.picture, { pictures });
      }),
    );
  const pitch = (from: Step) => {
    const now = from.frame.setting.pitch || page.grid.pitch;
    return steps(1, 3).flatMap((much) => {
      const by = 0 - sign * much * pitches.step;
      const to = now + by;
      if (to < pitches.least || to > pitches.most) return [];
      const turn = { lever: 'pitch', by } as const;
      return set(from, turn, much * price.pitch, { pitch: to === page.grid.pitch ? 0 : to });
    });
  };
  const lines = (from: Step) =>
    steps(1, mostLines).flatMap((much) => {
      const by = sign * much;
      const { place } = from.frame;
      const to = { ...place, lines: place.lines + by };
      if (to.lines < 3 || !isFree(page, from.frame, to)) return [];
      return turned(from, { lever: 'lines', by }, much * price.lines, { place: to });
    });
  const headline = (from: Step) => {
    const { size } = from.frame.headline;
    const at = headingSizes.findIndex((one) => one <= size);
    const smaller = headingSizes[headingSizes[at] === size ? at + 1 : at];
    const larger = headingSizes[at - 1];
    const to = sign > 0 ? smaller : larger;
    if (to === undefined) return [];
    const change = { headline: { ...from.frame.headline, size: to } };
    return [turned(from, { lever: 'headline', by: to - size }, price.headline, change)];
  };
  return [mode, tracking, picture, pitch, lines, headline];
}

/** Whether a frame may stand there: on the page, over no other, with the white below it that it has now. */
function isFree(page: Page, frame: Frame, place: Frame['place']): boolean {
  if (place.line + place.lines > page.grid.lines) return false;
  if (place.lines <= frame.place.lines) return true;
  const foot = frame.place.line + frame.place.lines;
  const grown = { ...place, line: foot, lines: place.line + place.lines - foot };
  const across = frame.notch?.corner.startsWith('bottom') ? piecesOf(frame)[1] : frame.place;
  const column = across?.column ?? place.column;
  const end = column + (across?.columns ?? place.columns);
  return page.frames.every((other) =>
    other.id === frame.id
      ? true
      : piecesOf(other).every((piece) => {
          if (piece.column >= end || piece.column + piece.columns <= column || piece.line < foot) return true;
          const white = Math.min(1, piece.line - foot);
          return piece.line >= grown.line + grown.lines + white;
        }),
  );
}

/** The ways, those after which all fits first, then by how little they change. The story fits when none is given
 * back, or nothing that may be turned helps. How much work is done is counted, not timed. */
export function waysToFit(
  page: Page,
  stories: readonly Story[],
  frameId: string,
  cache: SetCache,
  neighbours: readonly Page[] = [],
): Way[] {
  const frame = page.frames.find(({ id }) => id === frameId);
  const story = stories.find(({ article }) => article === frame?.article);
  if (!frame || !story || frame.kind !== 'story') return [];
  let tries = 0;
  const fitOf = (changed: Frame): Copyfit | null => {
    if (tries >= mostTries) return null;
    tries += 1;
    const frames = page.frames.map((own) => (own.id === frameId ? changed : own));
    const laid = layStory(story, { ...page, frames }, { neighbours, changes: 'accepted', cache });
    return laid && copyfitOf(laid);
  };
  const now = fitOf(frame);
  if (!now || now.lines === 0) return [];
  const sign = now.lines > 0 ? 1 : -1;
  const start: Step = { turns: [], frame, cost: 0 };
  const levers = leversOf(page, sign);

  /** The best of steps that turn ever further: the first that is enough, or the last that is not too much. */
  const best = (tried: readonly Step[]): Way | null => {
    let found: Way | null = null;
    for (const step of tried) {
      const fit = fitOf(step.frame);
      if (!fit) break;
      if (badness(fit) < badness(found?.fit ?? now))
        found = { turns: step.turns, change: changeOf(frame, step.frame), fit, cost: step.cost };
      if (fit.lines === 0 || Math.sign(fit.lines) !== sign) break;
    }
    return found;
  };
  /** The steps of each thing that a lever turns apart: each picture is one. */
  const rows = (from: Step, lever: (from: Step) => Step[]) => {
    const byThing = new Map<string, Step[]>();
    for (const step of lever(from)) {
      const turn = step.turns.at(-1);
      const thing = turn?.lever === 'picture' ? `picture ${turn.figure}` : '';
      byThing.set(thing, [...(byThing.get(thing) ?? []), step]);
    }
    return [...byThing.values()];
  };

  const alone = levers.flatMap((lever) => rows(start, lever).flatMap((row) => best(row) ?? []));
  const [mode, tracking, ...coarse] = levers;
  const together: Way[] = [];
  if (mode && tracking) {
    // Coarse levers by one step, or two, and the rest in what nobody sees.
    const firsts = [mode, ...coarse].flatMap((lever) => rows(start, lever).flatMap((row) => row.slice(0, 2)));
    for (const first of firsts.sort((a, b) => a.cost - b.cost)) {
      const way = best(
        tracking(first).filter(({ frame: { setting } }) => Math.abs(setting.tracking) <= mostTracking),
      );
      if (way) together.push(way);
    }
  }
  // What each does alone, two by two.
  const alike = (a: Turn | undefined, b: Turn | undefined) => JSON.stringify(a) === JSON.stringify(b);
  const steps = alone.flatMap((way) =>
    coarse.flatMap((lever) => lever(start).filter(({ turns }) => alike(turns[0], way.turns[0]))),
  );
  for (const [n, first] of steps.entries())
    for (const second of steps.slice(n + 1)) {
      const both = coarse
        .flatMap((lever) => lever(first))
        .filter(({ turns }) => turns[0]?.lever !== turns[1]?.lever && alike(turns[1], second.turns[0]));
      const way = best(both);
      if (way) together.push(way);
    }
  // A pair is worth showing only where nothing cheaper does as well.
  const better = together.filter((way) =>
    [...alone, ...together].every(
      (other) => other === way || other.cost > way.cost || badness(other.fit) > badness(way.fit),
    ),
  );
  const level: Way[] =
    now.lines < 0 && !frame.setting.balance
      ? [
          {
            turns: [{ lever: 'balance' }],
            change: { setting: { ...frame.setting, balance: true } },
            fit: now,
            cost: price.balance,
          },
        ]
      : [];
  const over = ({ fit }: Way) => (fit.lines > 0 ? 1 : 0);
  return [...alone, ...better, ...level].sort((a, b) => over(a) - over(b) || a.cost - b.cost);
}

function changeOf(before: Frame, after: Frame): FrameChange {
  const { setting, headline, pictures, place } = after;
  return {
    ...(setting === before.setting ? {} : { setting }),
    ...(headline === before.headline ? {} : { headline }),
    ...(pictures === before.pictures ? {} : { pictures }),
    ...(place === before.place ? {} : { place }),
  };
}

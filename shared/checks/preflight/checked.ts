/** What preflight looks at: a page as it is drawn, its stories and what is known of them, and what its rules share. */
import { kind, kindOf } from '../../layout/classes.ts';
import type { Drawing, LineItem } from '../../layout/drawing.ts';
import type { Story } from '../../manuscript/story.ts';
import type { Frame } from '../../pages/frame.ts';
import { inReadingOrder } from '../../pages/layout-map.ts';
import type { Page } from '../../pages/page.ts';
import type { StoryFacts } from '../calls.ts';
import type { Finding, Grade } from '../finding.ts';

export type CheckedStory = Story & Omit<StoryFacts, 'article'>;

export interface Checked {
  page: Page;
  /** Of this page with these stories, as it goes to press. */
  drawing: Drawing;
  /** Every story on the page. */
  stories: readonly CheckedStory[];
  /** The other pages of the edition that hold more of them. */
  neighbours: readonly Page[];
}

/** What a rule finds; its own code and the page are put to it by the table of rules. */
export type Found = Pick<Finding, 'place' | 'figures'> & { grade: Grade };

export type Check = (checked: Checked) => Found[];

export const found = (grade: Grade, place: Finding['place'], figures: Finding['figures'] = {}): Found => ({
  grade,
  place,
  figures,
});

/** The first of a story's frames on this page, in the order of its text. */
export function firstFrame({ frames }: Page, article: string): Frame | undefined {
  const own = frames.filter((one) => one.article === article);
  const running = own.filter(({ kind }) => kind === 'story');
  return (running.length > 0 ? running : own).toSorted((a, b) => a.part - b.part || inReadingOrder(a, b))[0];
}

/** The story's place on the page. */
export function placeOf({ page }: Checked, article: string): Finding['place'] {
  const frame = firstFrame(page, article)?.id;
  return { article, ...(frame === undefined ? {} : { frame }) };
}

/** The stories whose words run here, with whether their heading does. */
export function runningHere({ page, stories }: Checked): { story: CheckedStory; begins: boolean }[] {
  return stories.flatMap((story) => {
    const own = page.frames.filter(({ kind, article }) => kind === 'story' && article === story.article);
    return own.length === 0 ? [] : { story, begins: own.some(({ part }) => part === 0) };
  });
}

/** A story's paragraph of the style that has words, if any. */
export const hasWords = ({ paragraphs }: Story, style: Story['paragraphs'][number]['style']): boolean =>
  paragraphs.some((one) => one.style === style && one.text.trim() !== '');

export const linesIn = ({ items }: Drawing): LineItem[] =>
  items.filter((item): item is LineItem => item.kind === 'line');

/** Left, top, right and bottom of a line's type in points: from its em boxes, whatever its glyphs are. */
export function edgesOf({ runs, y, vertical }: LineItem): [number, number, number, number] {
  const length = (run: LineItem['runs'][number]) => run.advances.reduce((sum, advance) => sum + advance, 0);
  const size = Math.max(0, ...runs.map((run) => run.size));
  const first = runs[0];
  // An opening mark at a line's start is set half an em to the left, so that its ink begins the column (L4).
  const opens = kindOf(first?.text.codePointAt(0) ?? 0) === kind.open;
  const trimmed = first && opens && !vertical ? first.size / 2 : 0;
  const left = Math.min(...runs.map(({ x }) => x)) + trimmed;
  if (vertical) return [left, y, left + size, y + runs.reduce((sum, run) => sum + length(run), 0)];
  const right = Math.max(...runs.map((run) => run.x + length(run)));
  return [left, y - size * 0.88, right, y + size * 0.12];
}

/** The frame in which a point of the sheet lies. */
export const frameOver = ({ frames }: Drawing, x: number, y: number): string | undefined =>
  frames.find(({ rects }) =>
    rects.some((r) => x >= r.x && x <= r.x + r.width && y >= r.y && y <= r.y + r.height),
  )?.frame;

/** Where a line of the Drawing comes from: its words in a story, or the frame that it stands in. */
export function placeOfLine(checked: Checked, line: LineItem): Finding['place'] {
  const [left, top, right, bottom] = edgesOf(line);
  const frame =
    frameOver(checked.drawing, (left + right) / 2, (top + bottom) / 2) ??
    (line.article === undefined ? undefined : firstFrame(checked.page, line.article)?.id);
  const { article, ...words } = line.source ?? { article: line.article };
  return {
    ...(frame === undefined ? {} : { frame }),
    ...(article === undefined ? {} : { article }),
    ...words,
    ...(line.role === 'folio' ? { part: 'folio' as const } : {}),
  };
}

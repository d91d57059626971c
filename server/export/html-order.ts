/** A sheet in the order in which it is read, whatever the order in which it is painted: its head, its stories each
 * whole, what stands beside them, and what stands outside the trim. */
import type { BoxItem, Drawing, ImageItem, LineItem, LineRole } from '../../shared/layout/drawing.ts';

/** One paragraph of a story, with all its lines wherever they stand; or a figure with its caption. */
export interface Element {
  role: LineRole | 'figure';
  image: ImageItem | null;
  lines: LineItem[];
}

export type Part =
  | { kind: 'head' | 'note' | 'text' | 'numbers' | 'foot'; lines: LineItem[] }
  | { kind: 'advertisement'; images: ImageItem[]; lines: LineItem[] }
  /** A picture of the page's own. */
  | { kind: 'picture'; image: ImageItem; lines: LineItem[] }
  | { kind: 'article'; article: string; elements: Element[]; start: Start };

export type ArticlePart = Extract<Part, { kind: 'article' }>;

/** Where in its story a part begins; of figures alone, at its end. */
export type Start = readonly [paragraph: number, from: number];
const atEnd: Start = [Number.POSITIVE_INFINITY, 0];

export const byStart = ({ start: a }: { start: Start }, { start: b }: { start: Start }) =>
  a[0] === b[0] ? a[1] - b[1] : a[0] - b[0];

const captions: readonly LineRole[] = ['caption', 'credit', 'awaited'];

interface Gathering {
  part: ArticlePart;
  byKey: Map<string, Element & { at: number }>;
  /** What was last added to: a caption's credit has no place of its own in the story. */
  open: Element | null;
}

/** Whether a line leads back to where the story began. */
export const leadsBack = (line: LineItem) => line.runs.some(({ text }) => text.includes('上接'));

/** A picture of a story. */
type FigureItem = Extract<ImageItem, { article: string }>;

/** The element of the story that an item is of, and its place in it: its paragraph. */
function keyOf(item: LineItem | FigureItem, open: Element | null): { key: string; at: number } | null {
  if (item.kind === 'image') return { key: `figure ${item.paragraph}`, at: item.paragraph };
  if (captions.includes(item.role)) {
    if (item.source) return { key: `figure ${item.source.paragraph}`, at: item.source.paragraph };
    return open?.role === 'figure' ? null : { key: 'figure', at: Number.POSITIVE_INFINITY };
  }
  if (item.source) return { key: `${item.role} ${item.source.paragraph}`, at: item.source.paragraph };
  if (item.role !== 'jump') return open?.role === item.role ? null : { key: item.role, at: -1 };
  return { key: `jump ${item.y} ${item.runs[0]?.x}`, at: Number.NaN };
}

function gather(story: Gathering, item: LineItem | FigureItem): void {
  const { part, byKey, open } = story;
  const found = keyOf(item, open);
  let element = found ? byKey.get(found.key) : undefined;
  if (found && !element) {
    element = {
      role: item.kind === 'image' || captions.includes(item.role) ? 'figure' : item.role,
      image: null,
      lines: [],
      at: found.at,
    };
    byKey.set(found.key, element);
  }
  const into = element ?? open;
  if (!into) throw new Error('impossible: an item goes on with nothing');
  if (item.kind === 'image') into.image = item;
  else into.lines.push(item);
  if (item.kind === 'line' && item.source && !captions.includes(item.role)) {
    const start: Start = [item.source.paragraph, item.source.from];
    if (byStart({ start }, part) < 0) part.start = start;
  }
  story.open = into;
}

/** Paragraphs in the story's order, each paragraph's lines in its own; 上接 before what goes on, 下转 last. */
function settle({ part, byKey }: Gathering) {
  const elements = [...byKey.values()];
  const jumps = elements.filter(({ role }) => role === 'jump');
  const said = elements.filter(({ role }) => role !== 'jump').sort((a, b) => a.at - b.at || 0);
  for (const { lines } of said) lines.sort((a, b) => (a.source?.from ?? 0) - (b.source?.from ?? 0));
  const back = jumps.filter(({ lines }) => lines.every(leadsBack));
  const on = jumps.filter((jump) => !back.includes(jump));
  const heading = said.findIndex(({ role }) => !['kicker', 'headline', 'deck'].includes(role));
  const after = heading < 0 ? said.length : heading;
  part.elements = [...said.slice(0, after), ...back, ...said.slice(after), ...on];
}

const isIn = (box: BoxItem, item: LineItem | ImageItem) => {
  const x = item.kind === 'line' ? (item.runs[0]?.x ?? 0) : item.x;
  const slack = 1;
  return (
    x >= box.x - slack &&
    x <= box.x + box.width &&
    item.y >= box.y - slack &&
    item.y <= box.y + box.height + slack
  );
};

export function readingOrder(drawing: Drawing): Part[] {
  const { items } = drawing;
  const advertisements = items.filter(
    (item): item is BoxItem =>
      item.kind === 'box' && item.role === 'advertisement' && item.stroke !== undefined,
  );
  const nameplateLeads = !items.some((item) => item.kind === 'line' && item.role === 'folio');
  const head: Part = { kind: 'head', lines: [] };
  const foot: Part = { kind: 'foot', lines: [] };
  const numbers: Part = { kind: 'numbers', lines: [] };
  const parts: Part[] = [];
  const stories = new Map<string, Gathering>();
  const boxed = new Map<BoxItem, Extract<Part, { kind: 'advertisement' }>>();
  let note: Extract<Part, { lines: LineItem[] }> | null = null;
  let picture: Extract<Part, { kind: 'picture' }> | null = null;

  for (const item of items) {
    if (item.kind === 'box' || item.kind === 'rule') {
      if (item.role === 'frame') note = null;
      continue;
    }
    if (item.kind === 'watermark') continue;
    const role = item.kind === 'line' ? item.role : 'figure';
    const box =
      role === 'figure' || role === 'text' || role === 'label'
        ? advertisements.find((each) => isIn(each, item))
        : undefined;
    if (box) {
      let part = boxed.get(box);
      if (!part) {
        part = { kind: 'advertisement', images: [], lines: [] };
        boxed.set(box, part);
        parts.push(part);
      }
      if (item.kind === 'image') part.images.push(item);
      else part.lines.push(item);
    } else if (item.article !== undefined) {
      let story = stories.get(item.article);
      if (!story) {
        story = {
          part: { kind: 'article', article: item.article, elements: [], start: atEnd },
          byKey: new Map(),
          open: null,
        };
        stories.set(item.article, story);
        parts.push(story.part);
      }
      gather(story, item);
    } else if (item.kind === 'image') {
      picture = { kind: 'picture', image: item, lines: [] };
      parts.push(picture);
    } else {
      if (role === 'folio' || (role === 'nameplate' && nameplateLeads)) head.lines.push(item);
      else if (role === 'slug') foot.lines.push(item);
      else if (role === 'number') numbers.lines.push(item);
      else if (role === 'note' && note) note.lines.push(item);
      else if (picture && captions.includes(item.role)) picture.lines.push(item);
      else {
        const part: Part = { kind: role === 'note' ? 'note' : 'text', lines: [item] };
        parts.push(part);
        note = role === 'note' ? part : null;
      }
    }
  }
  for (const story of stories.values()) settle(story);
  const filled = [numbers, foot].filter(({ lines }) => lines.length > 0);
  return [head, ...parts, ...filled];
}

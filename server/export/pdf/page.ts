/** One page: paints a Drawing's items as content, each marked with what it means. */
import type { PDFRef } from '@cantoo/pdf-lib';
import type { DrawItem, Drawing, Face, ImageItem, LineItem, Run } from '../../../shared/layout/drawing.ts';
import { layersOf } from '../../../shared/layout/layers.ts';
import { isLinkHref } from '../../../shared/manuscript/marks.ts';
import { personColor } from '../person-color.ts';
import type { PdfFont } from './font.ts';
import { type Ink, inkOf, overprints, registration } from './ink.ts';
import { num } from './objects.ts';
import type { Element, Meaning, Tags } from './tags.ts';
import { showRun, showTurned } from './text.ts';

export interface PageTools {
  page: PDFRef;
  tags: Tags;
  font: (face: Face) => PdfFont;
  /** The name of the picture for a place in this page's resources; null when there is none. */
  picture: (item: ImageItem) => string | null;
  /** Whether addresses can be followed. */
  links: boolean;
}

export interface PaintedPage {
  content: string;
  /** The element of each stretch of marked content, by its number. */
  owners: Element[];
  links: { element: Element; href: string; rect: number[] }[];
}

/** The names of the two graphics states in every page's resources. */
export const states = { over: 'Over', cut: 'Cut' };

export function paintPage(drawing: Drawing, tools: PageTools): PaintedPage {
  const { page, tags, font, picture } = tools;
  const height = drawing.sheet.height;
  const up = (y: number) => height - y;
  const ops: string[] = [];
  const owners: Element[] = [];
  const links: PaintedPage['links'] = [];
  let open: Meaning | null = null;
  const set = { state: '', fill: '', stroke: '' };

  const frame = (item: ImageItem) =>
    picture(item) ? [item.x, up(item.y + item.height), item.x + item.width, up(item.y)] : null;
  const meaning = tags.read(drawing.items, frame);

  function leave() {
    if (open) ops.push('EMC');
    open = null;
  }

  /** The next number of marked content on this page, which belongs to the element. */
  function number(element: Element): number {
    const mcid = owners.push(element) - 1;
    element.kids.push({ page, mcid });
    return mcid;
  }

  /** Begins a stretch of marked content, unless one of the same meaning is open. */
  function enter(what: Meaning) {
    if (open === what) return;
    leave();
    open = what;
    ops.push(
      'artifact' in what ? `/Artifact${what.artifact}BDC` : `/${what.tag}<</MCID ${number(what)}>>BDC`,
    );
  }

  /** Begins a stretch that says its own text. It stands in no other: some readers lose count inside one. */
  function enterSaying(what: Meaning, text: string) {
    if ('artifact' in what) {
      enter(what);
      return;
    }
    leave();
    open = what;
    const said = Buffer.from(`\u{feff}${text}`, 'utf16le').swap16().toString('hex');
    ops.push(`/Span<</MCID ${number(what)}/ActualText<${said}>>>BDC`);
  }

  function use(ink: Ink, kind: 'fill' | 'stroke') {
    const state = overprints(ink) ? states.over : states.cut;
    if (set.state !== state) ops.push(`/${state} gs`);
    const colour = `${ink.map(num).join(' ')} ${kind === 'fill' ? 'k' : 'K'}`;
    if (set[kind] !== colour) ops.push(colour);
    set.state = state;
    set[kind] = colour;
  }

  function stroke(ink: Ink, weight: number, path: string) {
    use(ink, 'stroke');
    ops.push(`${num(weight)} w ${path} S`);
  }

  /** The part of a paragraph that a linked run is: the link that was open, when it goes on. */
  function linkIn(parent: Element, href: string): Element {
    const last = parent.kids.at(-1);
    if (last && 'tag' in last && last.tag === 'Link' && last.href === href) return last;
    return Object.assign(tags.child(parent, 'Link'), { href });
  }

  /** A suggestion's added words are underlined, words taken out struck through, in its person's colour. */
  function markChange(item: LineItem, run: Run, length: number) {
    if (!run.change) return;
    const offset = run.change.kind === 'insert' ? -0.14 : 0.36;
    const at = item.vertical ? run.x + run.size * (0.5 + offset - 0.36) : up(item.y) + run.size * offset;
    const from = item.vertical ? up(item.y) : run.x;
    const to = item.vertical ? from - length : from + length;
    stroke(
      inkOf(personColor(run.change.color)),
      run.size / 20,
      item.vertical
        ? `${num(at)} ${num(from)} m ${num(at)} ${num(to)} l`
        : `${num(from)} ${num(at)} m ${num(to)} ${num(at)} l`,
    );
  }

  function paintLine(item: LineItem) {
    const own = meaning(item);
    let y = up(item.y);
    for (const run of item.runs) {
      const length = run.advances.reduce((sum, advance) => sum + advance, 0);
      const href = tools.links && isLinkHref(run.href) && 'tag' in own ? run.href : null;
      const element = href !== null && 'tag' in own ? linkIn(own, href) : null;
      const what = element ?? own;
      for (const { ops: shown, said } of showRun(font(run.face), run, y, item.vertical === true)) {
        if (said === null) enter(what);
        else enterSaying(what, said);
        use(inkOf(run.change ? personColor(run.change.color) : item.color), 'fill');
        ops.push(shown);
        if (said !== null) leave();
      }
      if (run.change) enter(what);
      markChange(item, run, length);
      if (element && href !== null) {
        const rect = item.vertical
          ? [run.x, y - length, run.x + run.size, y]
          : [run.x, y - run.size * 0.12, run.x + length, y + run.size * 0.88];
        links.push({ element, href, rect });
      }
      if (item.vertical) y -= length;
    }
  }

  function paint(item: DrawItem) {
    switch (item.kind) {
      case 'line':
        paintLine(item);
        return;
      case 'image': {
        const name = picture(item);
        if (name === null) return;
        enter(meaning(item));
        if (set.state !== states.cut) ops.push(`/${states.cut} gs`);
        set.state = states.cut;
        const [x = 0, y = 0] = frame(item) ?? [];
        ops.push(`q ${num(item.width)} 0 0 ${num(item.height)} ${num(x)} ${num(y)} cm/${name} Do Q`);
        return;
      }
      case 'rule': {
        enter(meaning(item));
        const ends = `${num(item.x1)} ${num(up(item.y1))} m ${num(item.x2)} ${num(up(item.y2))} l`;
        stroke(item.role === 'crop' ? registration : inkOf(item.color), item.weight, ends);
        return;
      }
      case 'box': {
        enter(meaning(item));
        const path = [item.x, up(item.y + item.height), item.width, item.height].map(num).join(' ');
        if (item.fill) {
          use(inkOf(item.fill), 'fill');
          ops.push(`${path} re f`);
        }
        if (item.stroke) stroke(inkOf(item.color), item.stroke, `${path} re`);
        return;
      }
      case 'watermark':
        enter(meaning(item));
        use(inkOf(item.color), 'fill');
        ops.push(showTurned(font(item.face), item, item.x, up(item.y)));
        return;
      default:
        item satisfies never;
    }
  }

  let above = Number.NEGATIVE_INFINITY;
  const { watermarks, grounds, images, labels, lines } = layersOf(drawing);
  for (const item of [...watermarks, ...grounds, ...images, ...labels, ...lines]) {
    // A paragraph that goes on at the top of the next column is a stretch of its own there.
    if (item.kind === 'line') {
      if (item.y < above) leave();
      above = item.y;
    }
    paint(item);
  }
  leave();
  return { content: ops.join('\n'), owners, links };
}

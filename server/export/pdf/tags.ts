/** Tags: what each item of a page is, for whoever has the page read aloud or copies from it. */
import type { PDFContext, PDFRef } from '@cantoo/pdf-lib';
import type { DrawItem, ImageItem, LineItem, LineRole } from '../../../shared/layout/drawing.ts';
import { words } from './objects.ts';

type Tag = 'Document' | 'Art' | 'Div' | 'H1' | 'H2' | 'P' | 'Figure' | 'Caption' | 'Link';

/** A stretch of a page's content, or an annotation on it. */
type Piece = { page: PDFRef; mcid: number } | { page: PDFRef; annotation: PDFRef };

export interface Element {
  tag: Tag;
  parent: Element | null;
  kids: (Element | Piece)[];
  ref: PDFRef;
  alt?: string;
  /** Left, bottom, right, top of a figure, in the page's points. */
  box?: number[];
  href?: string;
}

/** What is on the page without being said: the properties of its marked content. */
export interface Artifact {
  artifact: string;
}

export type Meaning = Element | Artifact;

const layout: Artifact = { artifact: '<</Type/Layout>>' };
const outside: Artifact = { artifact: '<</Type/Page>>' };
const header: Artifact = { artifact: '<</Type/Pagination/Subtype/Header>>' };
const watermark: Artifact = { artifact: '<</Type/Pagination/Subtype/Watermark>>' };

/** A caption stands beside its figure, not in it: a figure that has a description is read as that alone. */
const lines: Record<LineRole, Tag | Artifact> = {
  kicker: 'P',
  headline: 'H1',
  deck: 'P',
  byline: 'P',
  dateline: 'P',
  lead: 'P',
  crosshead: 'H2',
  body: 'P',
  quote: 'P',
  caption: 'Caption',
  credit: 'Caption',
  awaited: 'Caption',
  folio: header,
  number: layout,
  jump: 'P',
  text: 'P',
  note: 'P',
  nameplate: 'P',
  label: 'P',
  slug: outside,
};

export interface Tags {
  root: Element;
  child(parent: Element, tag: Tag): Element;
  /** What every item of a page means, read in their order. */
  read(items: readonly DrawItem[], shown: (item: ImageItem) => number[] | null): (item: DrawItem) => Meaning;
  /** Writes the tree and gives its root. `owners` are the elements of each page's marked content, then the
   * element of each annotation. */
  finish(owners: readonly (Element | readonly Element[])[]): PDFRef;
}

export function openTags(context: PDFContext): Tags {
  const all: Element[] = [];
  const make = (tag: Tag, parent: Element | null): Element => {
    const element: Element = { tag, parent, kids: [], ref: context.nextRef() };
    all.push(element);
    return element;
  };
  const root = make('Document', null);
  const child = (parent: Element, tag: Tag) => {
    const element = make(tag, parent);
    parent.kids.push(element);
    return element;
  };

  function read(items: readonly DrawItem[], shown: (item: ImageItem) => number[] | null) {
    const meanings = new Map<DrawItem, Meaning>();
    let article: string | undefined;
    let story = root;
    let figure: Element | null = null;
    let open: { key: string; element: Element } | null = null;
    const enter = (item: DrawItem) => {
      if (item.article === article) return;
      article = item.article;
      story = article === undefined ? root : child(root, 'Art');
      figure = null;
      open = null;
    };
    const meaningOfLine = (item: LineItem): Meaning => {
      const tag = lines[item.role];
      if (typeof tag !== 'string') return tag;
      enter(item);
      if (tag !== 'Caption') figure = null;
      const key = tag === 'Caption' ? tag : `${item.role} ${item.source?.paragraph ?? ''}`;
      if (open?.key !== key) open = { key, element: child(figure ?? story, tag) };
      return open.element;
    };
    const meaningOfImage = (item: ImageItem): Meaning => {
      enter(item);
      open = null;
      figure = child(story, 'Div');
      const box = shown(item);
      if (!box) return layout;
      return Object.assign(child(figure, 'Figure'), { alt: item.alt, box });
    };
    for (const item of items) {
      if (item.kind === 'line') meanings.set(item, meaningOfLine(item));
      else if (item.kind === 'image') meanings.set(item, meaningOfImage(item));
      else if (item.kind === 'watermark') meanings.set(item, watermark);
      else meanings.set(item, item.kind === 'rule' && item.role === 'crop' ? outside : layout);
    }
    return (item: DrawItem) => meanings.get(item) ?? layout;
  }

  function kidOf(kid: Element | Piece, page: PDFRef | undefined) {
    if ('tag' in kid) return kid.ref;
    if ('annotation' in kid) return context.obj({ Type: 'OBJR', Pg: kid.page, Obj: kid.annotation });
    if (kid.page === page) return context.obj(kid.mcid);
    return context.obj({ Type: 'MCR', Pg: kid.page, MCID: kid.mcid });
  }

  function finish(owners: readonly (Element | readonly Element[])[]): PDFRef {
    const treeRef = context.nextRef();
    for (const { ref, tag, parent, kids, alt, box } of all) {
      const page = kids.find((kid): kid is Piece => 'page' in kid)?.page;
      context.assign(
        ref,
        context.obj({
          Type: 'StructElem',
          S: tag,
          P: parent?.ref ?? treeRef,
          Pg: page,
          K: kids.map((kid) => kidOf(kid, page)),
          Alt: alt === undefined ? undefined : words(alt),
          Lang: parent ? undefined : words('zh-CN'),
          A: box ? { O: 'Layout', Placement: 'Block', BBox: box } : undefined,
        }),
      );
    }
    const owned = owners.map((owner) =>
      'tag' in owner ? owner.ref : context.register(context.obj(owner.map(({ ref }) => ref))),
    );
    const parents = context.register(context.obj({ Nums: owned.flatMap((ref, i) => [i, ref]) }));
    context.assign(
      treeRef,
      context.obj({
        Type: 'StructTreeRoot',
        K: [root.ref],
        ParentTree: parents,
        ParentTreeNextKey: owners.length,
      }),
    );
    return treeRef;
  }

  return { root, child, read, finish };
}

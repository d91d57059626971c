/** A paragraph cut where its marks begin and end, for whoever sets it in another form. */
import type { StoryMark, StoryParagraph } from './story.ts';

export interface Stretch {
  text: string;
  bold: boolean;
  italic: boolean;
  /** Where it links to, unchecked; null where it does not. */
  href: string | null;
}

/** The paragraph's words in order with the marks that lie on all of each; open suggestions as accepted. */
export function stretchesOf({ text, marks, suggested = [] }: StoryParagraph): Stretch[] {
  const places = [...marks, ...suggested].flatMap(({ from, to }) => [from, to]);
  const inner = places.filter((at) => at > 0 && at < text.length);
  const edges = [...new Set([0, ...inner, text.length])].sort((a, b) => a - b);
  return edges.slice(0, -1).flatMap((from, n) => {
    const to = edges[n + 1] ?? text.length;
    const covers = (mark: { from: number; to: number }) => mark.from <= from && to <= mark.to;
    if (suggested.some((mark) => mark.type === 'delete' && covers(mark))) return [];
    const of = (type: StoryMark['type']) => marks.find((mark) => mark.type === type && covers(mark));
    return [
      {
        text: text.slice(from, to),
        bold: of('bold') !== undefined,
        italic: of('italic') !== undefined,
        href: of('link')?.href ?? null,
      },
    ];
  });
}

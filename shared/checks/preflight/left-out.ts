/** Left out: a photograph of a story that the page does not show, because its frame has no room for it. */
import { type Check, found, placeOf, runningHere } from './checked.ts';

export const pictureLeftOut: Check = (checked) => {
  const { drawing, neighbours } = checked;
  const shown = new Set(
    drawing.items.flatMap((item) => (item.kind === 'image' ? `${item.article} ${item.paragraph}` : [])),
  );
  const over = new Set(drawing.overset.map(({ article }) => article));
  const elsewhere = new Set(neighbours.flatMap(({ frames }) => frames.map(({ article }) => article)));
  return runningHere(checked).flatMap(({ story }) => {
    const { article, paragraphs } = story;
    // What hangs below the page is overset; what runs on is another page's to show.
    if (over.has(article) || elsewhere.has(article)) return [];
    let number = 0;
    return paragraphs.flatMap(({ style, text }, paragraph) => {
      if (style !== 'figure') return [];
      number += 1;
      if (shown.has(`${article} ${paragraph}`)) return [];
      const caption = [...text.trim()].slice(0, 16).join('');
      return [found('error', { ...placeOf(checked, article), paragraph }, { number, caption })];
    });
  });
};

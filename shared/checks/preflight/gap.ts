/** Gap 原文缺: a paragraph whose tail was lost before it came to the newsroom, and is still marked so. */
import { type Check, found, placeOf } from './checked.ts';

export const gapLeft: Check = (checked) =>
  checked.stories.flatMap(({ article, paragraphs }) =>
    paragraphs.flatMap(({ gap, text }, paragraph) =>
      gap
        ? [found('warning', { ...placeOf(checked, article), paragraph, from: text.length, to: text.length })]
        : [],
    ),
  );

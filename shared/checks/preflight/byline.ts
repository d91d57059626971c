/** Byline 署名: who wrote a story stands under its headline, or in its dateline. */
import { type Check, found, hasWords, placeOf, runningHere } from './checked.ts';

const named = /记者|通讯员|作者/;

export const bylineMissing: Check = (checked) =>
  runningHere(checked)
    .filter(
      ({ story, begins }) =>
        begins &&
        !hasWords(story, 'byline') &&
        !story.paragraphs.some(({ style, text }) => style === 'dateline' && named.test(text)),
    )
    .map(({ story }) => found('warning', placeOf(checked, story.article)));

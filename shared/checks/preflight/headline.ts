/** Headline 主题: every story that begins on the page has one. */
import { type Check, found, hasWords, placeOf, runningHere } from './checked.ts';

export const headlineMissing: Check = (checked) =>
  runningHere(checked)
    .filter(({ story, begins }) => begins && !hasWords(story, 'headline'))
    .map(({ story }) => found('error', placeOf(checked, story.article)));

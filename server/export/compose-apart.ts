/** Composes beside the server's own thread, within bounds: whoever writes a story decides how long it is. */
import { AppError } from '../../shared/base/errors.ts';
import type { Drawing } from '../../shared/layout/drawing.ts';
import type { Story } from '../../shared/manuscript/story.ts';
import { createTurnstile } from '../turnstile.ts';
import { askThread } from './apart.ts';
import type { Composing } from './compose-worker.ts';

/** Characters of all stories together: a page holds some 10,000, the longest report not a tenth of this. */
export const composedCharacters = 200_000;
/** Milliseconds after which a composition is given up. */
const timeBound = 20_000;
/** Compositions in line behind the one at work. */
const inLine = 32;

const oneByOne = createTurnstile(1, inLine);
let wanted = 0;

/** Whether anything is being composed or waits for it. */
export const isComposing = (): boolean => wanted > 0;

const lengthOf = (stories: readonly Story[]) =>
  stories.reduce(
    (sum, { paragraphs }) => sum + paragraphs.reduce((more, { text }) => more + text.length + 1, 0),
    0,
  );

const ask = askThread<Composing, Drawing>(new URL('./compose-worker.ts', import.meta.url));

/** Throws `tooLarge` when the stories are longer than any that is printed, `tooMany` when too many are waiting. */
export async function composeApart(composing: Composing): Promise<Drawing> {
  const stories = composing.kind === 'galley' ? [composing.story] : composing.stories;
  if (lengthOf(stories) > composedCharacters)
    throw new AppError('tooLarge', `at most ${composedCharacters} characters are composed`);
  wanted += 1;
  try {
    return await oneByOne(() =>
      ask(composing, {
        time: timeBound,
        tooLong: 'too long to compose',
        hear: (drawing) => ({ done: true, answer: drawing }),
      }),
    );
  } finally {
    wanted -= 1;
  }
}

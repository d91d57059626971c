/** A thread that composes for exports: a long story takes the processor, and the server has typists to serve. */
import { parentPort } from 'node:worker_threads';
import { must } from '../../shared/base/must.ts';
import { type ComposeOptions, compose } from '../../shared/layout/compose.ts';
import { composeGalley } from '../../shared/layout/galley.ts';
import type { Story } from '../../shared/manuscript/story.ts';
import type { Page } from '../../shared/pages/page.ts';

/** A page with its stories, or one story alone in a page's measure. */
export type Composing =
  | {
      /** `fit`: how the stories fit is wanted alone. */
      kind: 'page' | 'fit';
      page: Page;
      stories: readonly Story[];
      options?: Pick<ComposeOptions, 'neighbours' | 'proof'>;
    }
  | {
      kind: 'galley';
      story: Story;
      grid: Page['grid'] | undefined;
      options?: Pick<ComposeOptions, 'proof'>;
    };

const port = must(parentPort, 'parent port');

port.on('message', (asked: Composing) => {
  if (asked.kind === 'galley') return port.postMessage(composeGalley(asked.story, asked.grid, asked.options));
  const drawing = compose(asked.page, asked.stories, asked.options);
  port.postMessage(asked.kind === 'fit' ? { ...drawing, items: [], overset: [] } : drawing);
});

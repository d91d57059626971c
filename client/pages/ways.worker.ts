/** Looks for ways to fit in a thread of its own: pages go on being composed meanwhile. */
import type { SetCache } from '../../shared/layout/set.ts';
import { type Way, waysToFit } from '../../shared/layout/ways-to-fit.ts';
import type { Story } from '../../shared/manuscript/story.ts';
import type { Page } from '../../shared/pages/page.ts';

export interface WaysAsked {
  page: Page;
  neighbours: readonly Page[];
  stories: readonly Story[];
  frame: string;
}

export interface WaysFound {
  ways: Way[];
}

const cache: SetCache = new Map();

self.onmessage = ({ data }: MessageEvent<WaysAsked>) => {
  const { page, neighbours, stories, frame } = data;
  const found: WaysFound = { ways: waysToFit(page, stories, frame, cache, neighbours) };
  self.postMessage(found);
};

/** A thread that compares two states of a story and tells who changed what. */
import { parentPort } from 'node:worker_threads';
import * as Y from 'yjs';
import { must } from '../../shared/base/must.ts';
import { type Attributes, manuscriptOf, storyParagraph } from '../../shared/manuscript/flat.ts';
import { suggestionsOf } from '../../shared/suggestions/read.ts';
import { whoseOf } from '../../shared/versions/attribution.ts';
import type { Comparison } from '../../shared/versions/calls.ts';
import { type ComparedParagraph, compare } from '../../shared/versions/compare.ts';
import { workOf } from '../../shared/versions/work.ts';
import type { Comparing } from './apart.ts';

const port = must(parentPort, 'parent port');

function docOf(update: Uint8Array | null): Y.Doc {
  const doc = new Y.Doc();
  // M1: every root gets its type before anything is applied.
  manuscriptOf(doc);
  suggestionsOf(doc);
  if (update) Y.applyUpdate(doc, update);
  return doc;
}

const styleOf = (values: Attributes) =>
  storyParagraph({ start: 0, end: 0, pieces: [], values, map: null }).style;

function told({ end, values, was, moved, runs }: ComparedParagraph): Comparison['paragraphs'][number] {
  const [style, before] = [styleOf(values), was ? styleOf(was) : null];
  return {
    end,
    style,
    was: before === style ? null : before,
    otherwise: before === style,
    moved: moved ?? null,
    runs: runs.map(({ change, text, by, moved: along }) => ({
      change,
      text,
      member: by ?? null,
      moved: along ?? false,
    })),
  };
}

port.on('message', ({ older, newer, owners, written, restored, actedFor }: Comparing) => {
  const [from, to] = [docOf(older), docOf(newer)];
  const whose = whoseOf(to, { owners, written, restored: restored.map(docOf), actedFor });
  const paragraphs = compare(from, to, whose).map(told);
  port.postMessage({ paragraphs, work: workOf(paragraphs) } satisfies Comparison);
});

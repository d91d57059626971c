/** Row 6: what a document costs in memory while somebody has it open. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Target } from './line.ts';
import { memoryOf } from './measure.ts';
import { readDocument, writeStory } from './stories.ts';

const documents = 200;
const paragraphs = 50;
const length = 100;

export async function writeMany(target: Target) {
  for (let document = 0; document < documents; document++) {
    await writeStory(target, document, paragraphs, length);
  }
  return {};
}

/** Opens all of them and gives the growth for each in kilobytes; `fill` where nothing outlived the restart. */
export async function holdMany(target: Target, fill: boolean) {
  const open = async (document: number) => {
    if (fill) await writeStory(target, document, paragraphs, length);
    const { line, text } = await readDocument(target, document);
    line.deafen();
    return text.toString().length;
  };
  let whole = (await open(0)) >= paragraphs * length;
  await sleep(1000);
  const before = memoryOf(target.pid);
  for (let document = 1; document < documents; document++) {
    whole = (await open(document)) >= paragraphs * length && whole;
  }
  await sleep(2000);
  const after = memoryOf(target.pid);
  return {
    each: (after - before) / (documents - 1) / 1000,
    before: before / 1e6,
    after: after / 1e6,
    finished: Number(whole),
  };
}

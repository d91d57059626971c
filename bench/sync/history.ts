/** Row 5: a long story that was written one character at a time, opened after a restart of the server. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Line, type Target } from './line.ts';
import { stopwatch } from './measure.ts';
import { readDocument, until, writeStory } from './stories.ts';
import { spotsOf, Typist } from './typing.ts';

const paragraphs = 400;
const length = 75;
const writers = 50;
const each = 400;
/** Characters after which a writer goes on elsewhere. */
const stretch = 20;

export const historySize = paragraphs * length + writers * each;

/** Writes 30,000 characters at once and 20,000 more in as many messages. */
export async function writeHistory(target: Target) {
  const { text } = await writeStory(target, 0, paragraphs, length);
  const spots = spotsOf(text);
  const watch = stopwatch(target.pid);
  const lines: Line[] = [];
  await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      const { line } = await Line.open(target, 0, writer);
      lines.push(line);
      const typist = new Typist(1 + Math.floor(Math.random() * 0xffff_fff0), spots[writer]!);
      for (let typed = 0; typed < each; typed++) {
        if (typed % stretch === 0)
          typist.moveTo(spots[(writer + (typed / stretch) * writers) % spots.length]!);
        line.say(typist.type());
        if (typed % stretch === 0) await sleep(10);
      }
      if (target.kind !== 'y-websocket') await until(() => line.allSaved, 120, 'a history to be saved');
    }),
  );
  const { seconds, cpu } = watch();
  for (const { wire } of lines) await wire.close();
  return { seconds, cpu };
}

/** Milliseconds until a newcomer has it, the first after the start and the next. */
export async function openHistory(target: Target) {
  const open = async () => {
    const from = performance.now();
    const { line, answer } = await Line.open(target, 0, 0);
    const milliseconds = performance.now() - from;
    const received = line.wire.received;
    return { milliseconds, received, answer, line };
  };
  const watch = stopwatch(target.pid);
  const cold = await open();
  const { cpu } = watch();
  const warm = await open();
  await Promise.all([cold.line.wire.close(), warm.line.wire.close()]);
  const { text, line } = await readDocument(target, 0);
  await line.wire.close();
  return {
    cold: cold.milliseconds,
    warm: warm.milliseconds,
    cpu: cpu * 1000,
    sent: cold.received / 1000,
    characters: text.toString().length,
    finished: Number(text.toString().length >= historySize),
  };
}

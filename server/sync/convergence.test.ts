/** Seeded: several programs write, lose their connection, come back, while the server is stopped and started. */
import { expect, test } from 'vitest';
import { manuscriptOf, newEnd } from '../../shared/manuscript/flat.ts';
import { type Program, storyId, Trial, until, words } from './trial.ts';

function seeded(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >>> 8) % below;
  };
}

function write({ text }: Program, char: string, random: (below: number) => number) {
  const at = random(Math.max(1, text.length));
  const act = random(6);
  if (act < 3) text.insert(at, char, {});
  else if (act === 3 && text.length - 1 - at > 0) text.delete(at, 1);
  else if (act === 4) text.insertEmbed(at, newEnd({ style: 'body' }), {});
  else if (text.length - 1 - at > 0) text.format(at, 1, { bold: true });
}

test.each([1, 2, 3, 4])('S3 S5 seed %i: all converge, and the log reads the same', async (seed) => {
  const random = seeded(seed);
  const trial = await Trial.start(['同稿协作', '第二段'], { linger: 20 });
  const programs = await Promise.all(['a', 'b', 'c'].map((name) => trial.join(name)));
  for (let step = 0; step < 120; step++) {
    const program = programs[random(3)]!;
    const act = random(20);
    if (act === 0) program.provider.disconnect();
    else if (act === 1) program.provider.connect();
    else if (act === 2 && random(6) === 0) {
      await trial.shut();
      await trial.open();
    } else if (act === 3) {
      await new Promise((resolve) => setTimeout(resolve, random(30)));
    } else {
      write(program, String.fromCharCode(0x4e00 + step), random);
    }
  }
  for (const { provider } of programs) provider.connect();
  const reading = () => programs.map(({ text }) => JSON.stringify(text.toJSON()) + words(text));
  await until(async () => {
    const story = await trial.sync.manuscripts.read(storyId, (doc) =>
      JSON.stringify(manuscriptOf(doc).toJSON()),
    );
    return (
      programs.every(({ provider }) => provider.synced) &&
      new Set(reading()).size === 1 &&
      reading()[0] === story + (await trial.logged())
    );
  });
  expect(programs.flatMap(({ closes }) => closes.filter((code) => code >= 4000))).toEqual([]);
  await trial.end();
});

/** `npm run compose` as a process: what it writes is what the server would, and what is wrong is said plainly. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compose } from '../../shared/layout/compose.ts';
import { CommandError } from '../people/command.ts';
import { readInput } from './compose-input.ts';

const example = path.join(import.meta.dirname, '../../docs/examples/page.json');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tonggao-compose-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(words: string[]) {
  return new Promise<{ code: number; out: string; err: string }>((resolve) => {
    execFile(
      process.execPath,
      [path.join(import.meta.dirname, 'compose-command.ts'), ...words],
      (error, out, err) => resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });
}

/** The example, changed, as a file of its own. */
function changed(
  change: (given: Record<string, unknown> & { page: Record<string, unknown> }) => void,
): string {
  const given = JSON.parse(readFileSync(example, 'utf8'));
  given.pictures = {};
  for (const { paragraphs } of given.stories) for (const paragraph of paragraphs) delete paragraph.image;
  change(given);
  const file = path.join(folder, 'page.json');
  writeFileSync(file, JSON.stringify(given));
  return file;
}

test('the example of the docs becomes a Drawing, a print-ready page and a PDF, and its copyfit is said', async () => {
  const out = path.join(folder, 'out');
  const { code, out: said, err } = await run(['--page', example, '--out', out]);
  expect([code, err]).toEqual([0, '']);
  const { page, stories } = await readInput(example);
  const drawing = JSON.parse(readFileSync(path.join(out, 'drawing.json'), 'utf8'));
  expect(drawing).toEqual(JSON.parse(JSON.stringify(compose(page, stories))));
  for (const { article, lines, characters } of drawing.copyfit)
    expect(said).toContain(
      `${article}  ${lines > 0 ? '超' : '缺'}${Math.abs(lines)}行/${Math.abs(characters)}字`,
    );
  expect(said).toMatch(/检查 findings: \d+ error, \d+ warning, \d+ note/);
  const html = readFileSync(path.join(out, 'page.html'), 'utf8');
  expect(html.match(/src="data:image\/jpeg/g)).toHaveLength(2);
  expect(readFileSync(path.join(out, 'page.pdf')).toString('latin1', 0, 8)).toBe('%PDF-1.6');
});

test('a frame’s own picture is named among the pictures, and its pixels are read from the file', async () => {
  const pixels = { create: { width: 900, height: 600, channels: 3 as const, background: '#a42' } };
  await sharp(pixels).jpeg().toFile(path.join(folder, 'poster.jpg'));
  const place = { column: 0, line: 40, columns: 5, lines: 36 };
  const file = changed((given) => {
    given.pictures = { poster: 'poster.jpg' };
    const frames = given.page.frames as object[];
    frames[1] = { id: 'ad', kind: 'advertisement', place, text: '同稿书店', artwork: { image: 'poster' } };
  });
  const { page } = await readInput(file);
  expect(page.frames[1]?.artwork).toEqual({ image: 'poster', width: 900, height: 600 });
  const out = path.join(folder, 'poster');
  const { code, err, out: said } = await run(['--page', file, '--out', out]);
  expect([code, err]).toEqual([0, '']);
  expect(said).toMatch(/error resolution frame=ad .*ppi=\d+/);
  expect(readFileSync(path.join(out, 'page.html'), 'utf8')).toMatch(
    /<figure aria-label="广告"><img alt="同稿书店" [^>]*src="data:image\/jpeg/,
  );
  expect(readFileSync(path.join(out, 'page.pdf')).toString('latin1')).toContain('/DeviceCMYK');
});

const faults: [string, () => string, RegExp][] = [
  ['there is no such file', () => path.join(folder, 'none.json'), /There is no such file/],
  [
    'it is no JSON',
    () => {
      writeFileSync(path.join(folder, 'bad.json'), '{');
      return path.join(folder, 'bad.json');
    },
    /it is no JSON/,
  ],
  [
    'a value is wrong',
    () => changed(({ page }) => Object.assign(page.grid as object, { columns: 40 })),
    /page\.grid\.columns: /,
  ],
  ['a name is unknown', () => changed(({ page }) => Object.assign(page, { frmaes: [] })), /page: .*frmaes/],
  [
    'a picture has no file',
    () => changed((given) => Object.assign(given, { pictures: { x: 'none.jpg' } })),
    /pictures\.x names a file that is not there/,
  ],
  [
    'a picture is none',
    () => changed((given) => Object.assign(given, { pictures: { x: 'page.json' } })),
    /pictures\.x is not a picture/,
  ],
  [
    'a figure names a picture that is not given',
    () =>
      changed((given) => {
        given.stories = [{ article: 'a', paragraphs: [{ style: 'figure', text: '', image: 'y' }] }];
      }),
    /stories\.0\.paragraphs\.0\.image: "y" is not among pictures/,
  ],
  [
    'a frame names a picture that is not given',
    () =>
      changed(({ page }) => {
        const place = { column: 0, line: 0, columns: 1, lines: 4 };
        page.frames = [{ id: 'ad', kind: 'advertisement', place, artwork: { image: 'y' } }];
      }),
    /page\.frames\.0\.artwork\.image: "y" is not among pictures/,
  ],
  [
    'a link leads where none may',
    () =>
      changed((given) => {
        const marks = [{ from: 0, to: 1, type: 'link', href: 'javascript:ran()' }];
        given.stories = [{ article: 'a', paragraphs: [{ style: 'body', text: '字', marks }] }];
      }),
    /stories\.0\.paragraphs\.0\.marks\.0: href is no address/,
  ],
];

test.each(faults)('it says what is wrong when %s', async (_, file, wanted) => {
  const refused = await readInput(file()).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(CommandError);
  expect((refused as Error).message).toMatch(wanted);
});

test.each([
  ['nothing is said', () => [], /npm run compose -- --page/],
  ['a word is unknown', () => ['--pgae', 'x'], /--pgae[\s\S]*npm run compose/],
  [
    'the page cannot be read',
    () => ['--page', path.join(folder, 'none.json'), '--out', folder],
    /There is no such file/,
  ],
  [
    'the folder cannot be written',
    () => ['--page', changed(() => undefined), '--out', path.join(example, 'no')],
    /ENOTDIR|EEXIST/,
  ],
] as [string, () => string[], RegExp][])(
  'the command ends with 1 and without a stack when %s',
  async (_, words, wanted) => {
    const { code, out, err } = await run(words());
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(wanted);
    expect(err).not.toMatch(/\n\s+at /);
  },
);

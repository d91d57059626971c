/** `npm run compose -- --page page.json --out dir`: lays out a page without a server and writes what an export gives. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { grades } from '../../shared/checks/finding.ts';
import { preflight } from '../../shared/checks/preflight/preflight.ts';
import { compose } from '../../shared/layout/compose.ts';
import type { Copyfit, Drawing, ImageItem } from '../../shared/layout/drawing.ts';
import { CommandError } from '../people/command.ts';
import { type ComposeInput, readInput } from './compose-input.ts';
import { pageTitle } from './edition.ts';
import { printHtml } from './html.ts';
import { paintApart } from './pdf/paint-apart.ts';
import { atPress, type PressPicture, placeOf } from './pdf/press-picture.ts';
import { readProfile } from './pdf/profile.ts';
import { atPrintSize } from './picture.ts';
import { subset } from './subset.ts';

const usage = `npm run compose -- --page page.json --out dir
按 page.json 排一个版，写出 drawing.json、page.html、page.pdf。
Lays out the page of page.json and writes drawing.json, page.html and page.pdf into dir.
docs/examples/page.json is such a file; docs/layout.md says what stands in it.`;

const say = (line: string) => process.stdout.write(`${line}\n`);

function readWords(): { page: string; out: string } | null {
  let values: { page?: string | undefined; out?: string | undefined; help?: boolean | undefined };
  try {
    const options = { page: { type: 'string' }, out: { type: 'string' }, help: { type: 'boolean' } } as const;
    ({ values } = parseArgs({ options }));
  } catch (error) {
    throw new CommandError(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
  if (values.help) return null;
  if (!values.page || !values.out) throw new CommandError(usage);
  return { page: values.page, out: values.out };
}

/** 超12行/150字, 缺5行/60字, 正好 */
const copyfitLine = ({ article, lines, characters }: Copyfit) =>
  `${article}  ${lines === 0 ? '正好' : `${lines > 0 ? '超' : '缺'}${Math.abs(lines)}行/${Math.abs(characters)}字`}`;

function sayFindings({ page, neighbours, stories }: ComposeInput, drawing: Drawing): void {
  // A file says nothing of signatures and comments: none is missed and none is open.
  const known = { signed: true, spiked: false, openComments: 0, openSuggestions: 0 };
  const checked = stories.map((story) => ({ ...story, ...known }));
  const findings = preflight({ page, drawing, stories: checked, neighbours });
  const counts = grades.map((grade) => `${findings.filter((one) => one.grade === grade).length} ${grade}`);
  say(`检查 findings: ${counts.join(', ')}`);
  for (const { grade, rule, place, figures } of findings) {
    const { page: _, ...at } = place;
    const said = Object.entries({ ...at, ...figures }).map(([name, value]) => `${name}=${value}`);
    say(`  ${grade} ${rule} ${said.join(' ')}`.trimEnd());
  }
}

async function pdfOf(drawing: Drawing, title: string, { page, pictures }: ComposeInput): Promise<Uint8Array> {
  const profile = await readProfile('');
  const ready = new Map<string, PressPicture>();
  for (const item of drawing.items) {
    const bytes = item.kind === 'image' && item.image !== null ? pictures.get(item.image) : undefined;
    if (bytes && item.kind === 'image') ready.set(placeOf(item), await atPress(bytes, item, profile));
  }
  const made = new Date().toISOString();
  const about = {
    title,
    author: page.paper,
    made,
    document: page.id,
    version: made,
    purpose: 'press',
  } as const;
  return paintApart([{ drawing, pictures: ready }], about, profile);
}

async function run(): Promise<void> {
  const words = readWords();
  if (!words) {
    say(usage);
    return;
  }
  const input = await readInput(path.resolve(words.page));
  const { page, neighbours, stories, pictures } = input;
  const drawing = compose(page, stories, { neighbours });
  const title = pageTitle(page);
  const picture = async (item: ImageItem) => {
    const bytes = item.image === null ? undefined : pictures.get(item.image);
    return bytes ? atPrintSize(bytes, item) : null;
  };
  const files: [string, string | Uint8Array][] = [
    ['drawing.json', `${JSON.stringify(drawing)}\n`],
    ['page.html', await printHtml({ sheets: [{ drawing, title }], title, subset, picture })],
    ['page.pdf', await pdfOf(drawing, title, input)],
  ];
  const out = path.resolve(words.out);
  await mkdir(out, { recursive: true });
  for (const copyfit of drawing.copyfit) say(copyfitLine(copyfit));
  for (const { frame, lines, characters } of drawing.capacity)
    say(`${frame}  可容${lines}行/${characters}字`);
  sayFindings(input, drawing);
  for (const [name, content] of files) {
    await writeFile(path.join(out, name), content);
    say(`${path.join(words.out, name)}  ${Math.ceil(Buffer.byteLength(content) / 1000)} kB`);
  }
}

try {
  await run();
} catch (error) {
  process.exitCode = 1;
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
}

/** What `npm run compose` reads: a page, its stories and its pictures, in one JSON file, with plain values for what it
 * leaves out. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { z } from 'zod';
import { storyParagraphSchema } from '../../shared/api.ts';
import { isLinkHref } from '../../shared/manuscript/marks.ts';
import type { Story } from '../../shared/manuscript/story.ts';
import {
  type Frame,
  frameKinds,
  frameSchema,
  frameValues,
  pictureSchema,
  placeSchema,
  plainFrame,
  wholeCrop,
} from '../../shared/pages/frame.ts';
import { type Page, pageSchema } from '../../shared/pages/page.ts';
import { plainStyles } from '../../shared/pages/styles.ts';
import { CommandError } from '../people/command.ts';
import { composedCharacters } from './compose-apart.ts';

/** Bytes of the file. */
const fileBound = 16 * 1024 * 1024;
const pictureBound = 40 * 1024 * 1024;

/** A frame by its id, kind and place; whatever else it says goes before what a frame is made with. */
const frameInput = z
  .strictObject({
    ...z.object(frameValues).partial().shape,
    id: frameSchema.shape.id,
    kind: z.enum(frameKinds).default('story'),
    place: placeSchema,
    headline: frameValues.headline.partial().optional(),
    setting: frameValues.setting.partial().optional(),
    type: frameValues.type.partial().optional(),
    /** Its picture's name among `pictures`, whose pixels are read from the file. */
    artwork: z
      .strictObject({ image: z.string().min(1).max(64) })
      .nullable()
      .default(null),
    pictures: z
      .array(
        z.strictObject({
          ...pictureSchema.shape,
          focus: pictureSchema.shape.focus.default(wholeCrop.focus),
          zoom: pictureSchema.shape.zoom.default(wholeCrop.zoom),
          figure: z.int().min(0).max(31).default(0),
        }),
      )
      .max(32)
      .default([]),
  })
  .transform((given): Frame => {
    const plain = plainFrame(given.id, given.kind, given.place);
    const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    return {
      ...plain,
      ...said,
      headline: { ...plain.headline, ...given.headline },
      setting: { ...plain.setting, ...given.setting },
      type: { ...plain.type, ...given.type },
      artwork: given.artwork && { ...given.artwork, width: 0, height: 0 },
    };
  });

const pageInput = z.strictObject({
  ...pageSchema.shape,
  id: z.string().max(64).default('page'),
  edition: z.string().max(64).default(''),
  position: z.int().min(0).default(0),
  issue: z.string().max(20).default(''),
  paper: z.string().max(40).default(''),
  section: pageSchema.shape.section.default(''),
  date: z.iso.date(),
  credits: pageSchema.shape.credits.default({ editor: '', designer: '', proofreader: '' }),
  head: pageSchema.shape.head.default('folio'),
  styles: pageSchema.shape.styles.default(plainStyles),
  frames: z.array(frameInput).max(64),
});

const paragraphInput = z.strictObject({
  ...storyParagraphSchema.shape,
  text: z.string().max(100_000),
  marks: z
    .array(
      z
        .strictObject(storyParagraphSchema.shape.marks.unwrap().shape)
        .refine(
          ({ href }) => href === undefined || isLinkHref(href),
          'href is no address that a link may have',
        ),
    )
    .max(5_000)
    .default([]),
});

const storyInput = z.strictObject({
  article: z.string().min(1).max(64),
  paragraphs: z.array(paragraphInput).max(5_000),
});

const inputSchema = z.strictObject({
  page: pageInput,
  /** Other pages that stories run on to, for their 下转 and 上接. */
  neighbours: z.array(pageInput).max(64).default([]),
  stories: z.array(storyInput).max(64),
  /** By the `image` of a figure: a file, from where the JSON file is. */
  pictures: z.record(z.string(), z.string().min(1)).default({}),
});

export interface ComposeInput {
  page: Page;
  neighbours: Page[];
  stories: Story[];
  pictures: ReadonlyMap<string, Buffer>;
}

const wrong = (file: string, lines: readonly string[]) =>
  new CommandError(
    [`${file}：读不懂。This file cannot be read:`, ...lines.map((line) => `  ${line}`)].join('\n'),
  );

async function readJson(file: string): Promise<unknown> {
  const size = await stat(file).then(
    (found) => found.size,
    () => {
      throw new CommandError(`${file}：没有这个文件。There is no such file.`);
    },
  );
  if (size > fileBound) throw wrong(file, ['it is larger than 16 MB']);
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw wrong(file, [`it is no JSON: ${error instanceof Error ? error.message : String(error)}`]);
  }
}

async function readPictures(folder: string, named: Record<string, string>) {
  const pictures = new Map<string, Buffer>();
  const sizes = new Map<string, { width: number; height: number }>();
  for (const [image, name] of Object.entries(named)) {
    const file = path.resolve(folder, name);
    const bytes = await readFile(file).catch(() => {
      throw new CommandError(`${file}：没有这张图片。pictures.${image} names a file that is not there.`);
    });
    if (bytes.length > pictureBound)
      throw new CommandError(`${file}：超过 40 MB。The picture is larger than 40 MB.`);
    const { width, height } = await sharp(bytes)
      .metadata()
      .catch(() => {
        throw new CommandError(`${file}：不是图片。pictures.${image} is not a picture that can be read.`);
      });
    pictures.set(image, bytes);
    sizes.set(image, { width, height });
  }
  return { pictures, sizes };
}

/** Throws CommandError with everything that is wrong, each by its place in the file. */
export async function readInput(file: string): Promise<ComposeInput> {
  const read = inputSchema.safeParse(await readJson(file));
  if (!read.success)
    throw wrong(
      file,
      read.error.issues
        .slice(0, 20)
        .map(({ path: at, message }) => `${at.join('.') || 'the file'}: ${message}`),
    );
  const { neighbours, ...given } = read.data;
  const { pictures, sizes } = await readPictures(path.dirname(file), read.data.pictures);
  const faults: string[] = [];
  const withPixels = (frames: readonly Frame[]) =>
    frames.map((frame, f): Frame => {
      const { artwork } = frame;
      const size = artwork && sizes.get(artwork.image);
      if (artwork && !size)
        faults.push(`page.frames.${f}.artwork.image: "${artwork.image}" is not among pictures`);
      return artwork && size ? { ...frame, artwork: { ...artwork, ...size } } : frame;
    });
  const page = { ...given.page, frames: withPixels(given.page.frames) };
  let length = 0;
  const stories = given.stories.map((story, s) => ({
    ...story,
    paragraphs: story.paragraphs.map((paragraph, p) => {
      length += paragraph.text.length;
      const { image } = paragraph;
      const size = image === undefined ? undefined : sizes.get(image);
      if (image !== undefined && !size)
        faults.push(`stories.${s}.paragraphs.${p}.image: "${image}" is not among pictures`);
      return { ...size, ...paragraph };
    }),
  }));
  const twice = stories.find(({ article }, n) => stories.findIndex((one) => one.article === article) !== n);
  if (twice) faults.push(`stories: "${twice.article}" is there twice`);
  if (length > composedCharacters) faults.push(`stories: at most ${composedCharacters} characters together`);
  if (faults.length > 0) throw wrong(file, faults);
  return { page, neighbours, stories, pictures };
}

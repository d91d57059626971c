/** Hostile and odd picture files: what the encoder makes of them, and at what cost. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { crc32, createDeflate } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodePicture } from './encode.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tonggao-encode-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function encode(bytes: Uint8Array) {
  const file = path.join(folder, crypto.randomUUID());
  writeFileSync(file, bytes);
  return encodePicture(file);
}

const plain = (width = 60, height = 40) =>
  sharp({ create: { width, height, channels: 3, background: '#a42' } });

function chunk(name: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const around = Buffer.alloc(8);
  around.writeUInt32BE(data.length, 0);
  around.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)]);
}

/** So many zeros, packed without ever being in memory together. */
function packedZeros(bytes: number): Promise<Buffer> {
  const megabyte = Buffer.alloc(1_000_000);
  const parts = function* () {
    for (let left = bytes; left > 0; left -= megabyte.length)
      yield megabyte.subarray(0, Math.min(left, megabyte.length));
  };
  return buffer(Readable.from(parts()).pipe(createDeflate()));
}

/** A PNG in greys whose pixels are all alike, so that it is small whatever it claims. */
async function png(width: number, height: number, more: Buffer[] = [], rows = height): Promise<Buffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    ...more,
    chunk('IDAT', await packedZeros(rows * (width + 1))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Megabytes that the process grew at most while it did this. */
async function grown(work: () => Promise<unknown>): Promise<number> {
  const peak = () => process.resourceUsage().maxRSS / 1024;
  const before = peak();
  await work();
  return peak() - before;
}

test('security row 20: a whole picture of 49 million pixels in 50 KB is refused before it is opened', async () => {
  const bomb = await png(7_000, 7_000);
  expect(bomb.length).toBeLessThan(60_000);
  await encode(await plain(2_000, 1_500).png().toBuffer());
  const megabytes = await grown(() => expect(encode(bomb)).rejects.toMatchObject({ code: 'tooLarge' }));
  expect(megabytes).toBeLessThan(32);
});

test('security row 20: a picture whose pixels do not fit its claim is refused or cut to it', async () => {
  const more = await encode(await png(100, 100, [], 20_000)).catch((error: { code: string }) => error.code);
  if (typeof more !== 'string') expect([more.width, more.height]).toEqual([100, 100]);
  else expect(more).toBe('badInput');
  await expect(encode(await png(100, 100, [], 50))).rejects.toMatchObject({ code: 'badInput' });
});

test('security row 19: what is packed beside the pixels is not unpacked without bound', async () => {
  const packed = await packedZeros(300_000_000);
  for (const [name, before] of [
    ['iCCP', 'p\0\0'],
    ['zTXt', 'Comment\0\0'],
    ['iTXt', 'Comment\0\x01\0\0\0'],
  ] as const) {
    const bomb = await png(20, 20, [chunk(name, Buffer.concat([Buffer.from(before, 'latin1'), packed]))]);
    const megabytes = await grown(() => encode(bomb).catch(() => undefined));
    expect([name, megabytes < 150]).toEqual([name, true]);
  }
});

test('security row 11: a file that is a picture and something else comes out as a picture alone', async () => {
  const jpeg = await plain().jpeg().toBuffer();
  const script = Buffer.from('<html><script>alert(1)</script>');
  const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, script.length + 2]), script]);
  for (const bytes of [
    Buffer.concat([jpeg, script]),
    Buffer.concat([jpeg, Buffer.from('PK\x03\x04'), script]),
    Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]),
    await png(20, 20, [chunk('tEXt', Buffer.concat([Buffer.from('Comment\0'), script]))]),
    Buffer.concat([await png(20, 20), script]),
  ]) {
    const { print, screen } = await encode(bytes);
    for (const made of [print, screen])
      for (const foreign of ['script', 'PK\x03\x04']) expect(made.includes(foreign)).toBe(false);
  }
});

test('place, time, camera and colour profile stay behind; the picture stands upright', async () => {
  const sent = await plain(60, 40)
    .jpeg()
    .withIccProfile('p3')
    .withExif({ IFD0: { Make: 'camera', Artist: 'who' }, IFD3: { GPSLatitude: '36/1 40/1 0/1' } })
    .withMetadata({ orientation: 8 })
    .toBuffer();
  expect((await sharp(sent).metadata()).exif).toBeDefined();
  const { width, height, print, screen } = await encode(sent);
  expect([width, height]).toEqual([40, 60]);
  for (const made of [print, screen]) {
    const { exif, icc, xmp, iptc, orientation } = await sharp(made).metadata();
    expect([exif, icc, xmp, iptc, orientation]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  }
});

test('of a picture that moves the first image is kept, and a file of many pages is no picture', async () => {
  const frames = await Promise.all(
    ['#f00', '#0f0', '#00f'].map((background) =>
      sharp({ create: { width: 30, height: 20, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  );
  const moving = await sharp(frames, { join: { animated: true } })
    .webp({ loop: 0 })
    .toBuffer();
  expect((await sharp(moving).metadata()).pages).toBe(3);
  const { width, height, print } = await encode(moving);
  expect([width, height]).toEqual([30, 20]);
  expect((await sharp(print).metadata()).pages ?? 1).toBe(1);
  const pages = await sharp(frames, { join: { animated: true } })
    .tiff()
    .toBuffer();
  await expect(encode(pages)).rejects.toMatchObject({ code: 'wrongKind' });
});

test('a refusal names no file of this machine', async () => {
  for (const bytes of [
    Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
    (await png(10, 10)).subarray(0, 45),
    Buffer.from('RIFF0000WEBPVP8 '),
  ]) {
    const error = await encode(bytes).then(
      () => null,
      (refused: Error) => refused,
    );
    expect(error?.message).toBe('badInput: the picture is damaged');
  }
});

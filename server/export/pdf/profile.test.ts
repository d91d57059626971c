/** The press's profile: the bundled one is sound, what is none is refused, pictures become its inks. */
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { atPress } from './press-picture.ts';
import { describe, faultOf, type PressProfile, profileBytes, readProfile } from './profile.ts';

let folder: string;
let profile: PressProfile;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'profile-'));
  profile = await readProfile('');
});
afterAll(() => rm(folder, { recursive: true }));

const changed = (at: number, ...bytes: number[]) => {
  const copy = profile.bytes.slice();
  copy.set(bytes, at);
  return copy;
};

test('the bundled profile is a CMYK press and says where it comes from', () => {
  expect(faultOf(profile.bytes)).toBeNull();
  expect(profile.bytes.length).toBeLessThan(600_000);
  expect(describe(profile.bytes)).toBe('Newsprint, coldset, 240 % ink (from CGATS TR 002)');
  expect(profile.condition.identifier).toBe('CGATS TR 002');
});

test('what is no profile of a press is refused with the reason', async () => {
  const letters = (word: string) => [...word].map((char) => char.charCodeAt(0));
  expect(faultOf(new Uint8Array(10))).toBe('no ICC profile');
  expect(faultOf(new Uint8Array(profileBytes + 1))).toBe('at most 4 MB');
  expect(faultOf(profile.bytes.slice(0, 5_000))).toBe('an ICC profile that is cut off');
  expect(faultOf(changed(8, 9))).toContain('version');
  expect(faultOf(changed(12, ...letters('mntr')))).toBe('no profile of a CMYK press');
  expect(faultOf(changed(16, ...letters('RGB ')))).toBe('no profile of a CMYK press');
  expect(faultOf(changed(128, 0xff, 0xff))).toBe('an ICC profile that is damaged');
  expect(faultOf(changed(136, 0x7f))).toBe('an ICC profile that is damaged');
  const file = path.join(folder, 'bad.icc');
  writeFileSync(file, changed(16, ...letters('RGB ')));
  await expect(readProfile(file)).rejects.toThrow('no profile of a CMYK press');
  await expect(readProfile(path.join(folder, 'none.icc'))).rejects.toThrow('none.icc');
});

test('a profile whose table is no table is refused before any picture', async () => {
  const name = Buffer.from(profile.bytes).indexOf('B2A0', 128, 'latin1');
  const table = new DataView(profile.bytes.buffer).getUint32(name + 4);
  const file = path.join(folder, 'table.icc');
  writeFileSync(file, changed(table, 0, 0, 0, 0));
  await expect(readProfile(file)).rejects.toThrow('cannot turn colours into inks');
});

test('the paper’s own profile is taken', async () => {
  const file = path.join(folder, 'own.icc');
  writeFileSync(file, profile.bytes);
  expect((await readProfile(file)).condition).toEqual({
    identifier: 'Custom',
    words: describe(profile.bytes),
  });
});

/** The inks of a flat picture, 0 to 255. */
async function inksOf(r: number, g: number, b: number): Promise<number[]> {
  const flat = await sharp({ create: { width: 32, height: 32, channels: 3, background: { r, g, b } } })
    .png()
    .toBuffer();
  const item = {
    kind: 'image',
    article: 'A',
    paragraph: 0,
    image: 'P',
    alt: '',
    x: 0,
    y: 0,
    width: 4,
    height: 4,
  } as const;
  const { bytes } = await atPress(flat, item, profile);
  const raw = await sharp(bytes).pipelineColourspace('cmyk').toColourspace('cmyk').raw().toBuffer();
  return [...raw.subarray(0, 4)];
}

/** As ArgyllCMS 2.3.1 has them: cctiff -ip sRGB.icm -ip newsprint.icc. */
test.each([
  [0, 0, 0, [144, 98, 91, 255]],
  [64, 64, 64, [44, 13, 2, 220]],
  [128, 128, 128, [18, 3, 0, 136]],
  [255, 0, 0, [0, 223, 234, 1]],
  [0, 0, 255, [241, 111, 0, 31]],
  [255, 255, 255, [0, 0, 0, 0]],
])('rgb %i %i %i becomes the inks that another colour engine finds', async (r, g, b, inks) => {
  const found = await inksOf(r, g, b);
  found.forEach((ink, i) => {
    expect(Math.abs(ink - (inks[i] ?? 0))).toBeLessThanOrEqual(4);
  });
});

/** Shape: the glyphs of a text in one face, chosen as they were measured (docs/layout.md, L2). */
import { Blob, Buffer, ClusterLevel, Direction, Feature, Font, Face as HbFace, shape } from 'harfbuzzjs';

/** A glyph with the code points that it stands for. Measures in thousandths of an em. */
export interface Glyph {
  id: number;
  /** '' when an earlier glyph of the same characters already says them. */
  text: string;
  /** The first of its code points, counted in the shaped text. */
  at: number;
  /** How many code points it stands for. */
  count: number;
  advance: number;
  /** From where the text stands to where the glyph's own origin goes; y upwards. */
  x: number;
  y: number;
}

export type Shape = (text: string, vertical?: boolean) => Glyph[];

const features = ['kern', 'liga', 'clig', 'calt', 'chws', 'halt', 'palt'].map((tag) => new Feature(tag, 0));

/** Two of these are one glyph two ems wide; three must not become one of three. */
const pairs = /(——|……)/;

/** Where the top of a Chinese em box is, above the baseline. */
export const boxTop = 880;

export function shaper(sfnt: Uint8Array): Shape {
  const face = new HbFace(new Blob(sfnt));
  const font = new Font(face);
  const scaled = (value: number) => (value * 1000) / face.upem;
  const known = new Map<string, Glyph[]>();

  function shapePart(text: string, vertical: boolean): Glyph[] {
    const buffer = new Buffer();
    buffer.setClusterLevel(ClusterLevel.MONOTONE_CHARACTERS);
    const points = [...text];
    buffer.addCodePoints(points.map((point) => point.codePointAt(0) ?? 0));
    buffer.setScript('Hani');
    buffer.setLanguage('zh-Hans');
    if (vertical) buffer.setDirection(Direction.TTB);
    else buffer.guessSegmentProperties();
    shape(font, buffer, features);
    const positions = buffer.getGlyphPositions();
    const infos = buffer.getGlyphInfos();
    return infos.map(({ codepoint, cluster }, i) => {
      const after = infos.find((info) => info.cluster > cluster)?.cluster ?? points.length;
      const count = infos[i - 1]?.cluster === cluster ? 0 : after - cluster;
      const position = positions[i];
      const advance = scaled(font.glyphHAdvance(codepoint));
      return {
        id: codepoint,
        text: points.slice(cluster, cluster + count).join(''),
        at: cluster,
        count,
        advance,
        // A vertical glyph is centred in its box by this file: the fonts' own origins are not the em box's.
        x: vertical ? -advance / 2 : scaled(position?.xOffset ?? 0),
        y: vertical ? -boxTop : scaled(position?.yOffset ?? 0),
      };
    });
  }

  return (text, vertical = false) => {
    const key = `${vertical ? 'v' : 'h'}${text}`;
    const before = known.get(key);
    if (before) return before;
    let start = 0;
    const glyphs = text.split(pairs).flatMap((part) => {
      const from = start;
      start += [...part].length;
      if (part === '') return [];
      return shapePart(part, vertical).map((glyph) => ({ ...glyph, at: glyph.at + from }));
    });
    known.set(key, glyphs);
    return glyphs;
  };
}

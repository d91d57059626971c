/** A story is a manuscript read once into plain values: what the composer, the exporters and programs take. */
import type { ParagraphStyle } from './styles.ts';

export interface StoryMark {
  /** UTF-16 offsets into the paragraph's text, `to` exclusive. */
  from: number;
  to: number;
  type: 'bold' | 'italic' | 'link';
  /** Of a link: an http(s), mailto or tel address. */
  href?: string;
}

/** Words that an open suggestion adds, or takes out: they stand in the text as long as nobody decides. */
export interface SuggestedMark {
  /** UTF-16 offsets into the paragraph's text, `to` exclusive. */
  from: number;
  to: number;
  type: 'insert' | 'delete';
  /** The number of its person's colour. */
  color: number;
}

export interface StoryParagraph {
  style: ParagraphStyle;
  /** Without line breaks; of a figure, the caption. */
  text: string;
  marks: StoryMark[];
  /** Absent, or in the order of the text and apart from one another. */
  suggested?: SuggestedMark[];
  /** The paragraph's tail was lost before it came to us (原文缺); never printed. */
  gap?: true;
  /** Of a figure: the picture's id in the media store; none while the photograph is awaited. */
  image?: string;
  /** Of a figure: the stored picture's size in pixels. */
  width?: number;
  height?: number;
  /** Of a figure: the photographer or source, as printed. */
  credit?: string;
  /** Of a figure: what a reader who cannot see it is told. */
  alt?: string;
}

export interface Story {
  article: string;
  paragraphs: StoryParagraph[];
}

/** Whether a UTF-16 unit is white space, as `\s` has it. */
function isSpace(unit: number): boolean {
  if (unit < 0x80) return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d);
  if (unit >= 0x2000 && unit <= 0x200a) return true;
  return (
    unit === 0x3000 ||
    unit === 0xa0 ||
    unit === 0x1680 ||
    unit === 0x2028 ||
    unit === 0x2029 ||
    unit === 0x202f ||
    unit === 0x205f ||
    unit === 0xfeff
  );
}

/** Characters as a newsroom counts them: every code point but white space, headline to captions. Asked of every
 * story that changed each second, so it takes no memory. */
export function countCharacters(story: Story): number {
  let count = 0;
  for (const { text } of story.paragraphs) {
    let afterHigh = false;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      const endsPair: boolean = afterHigh && unit >= 0xdc00 && unit <= 0xdfff;
      afterHigh = !endsPair && unit >= 0xd800 && unit <= 0xdbff;
      if (!endsPair && !isSpace(unit)) count += 1;
    }
  }
  return count;
}

/** The headline's text, or the first words of the story, or ''. */
export function headlineOf(story: Story): string {
  const headline = story.paragraphs.find((p) => p.style === 'headline' && p.text.trim() !== '');
  if (headline) return headline.text.trim();
  return (
    story.paragraphs
      .find((p) => p.text.trim() !== '')
      ?.text.trim()
      .slice(0, 30) ?? ''
  );
}

/** Pictures: those that the page shows, each with its figure and the frame that it stands in. */
import type { ImageItem } from '../../layout/drawing.ts';
import type { StoryParagraph } from '../../manuscript/story.ts';
import type { Finding } from '../finding.ts';
import { type Checked, firstFrame, frameOver } from './checked.ts';

export interface ShownPicture {
  item: ImageItem;
  figure: StoryParagraph;
  place: Finding['place'];
  /** Which of the story's figures it is, from 1, and how its caption begins. */
  figures: { number: number; caption: string };
  /** Whether an advertisement is made of it: that has no caption and names nobody. */
  isAdvertisement: boolean;
}

const captionLength = 16;

export function picturesOn(checked: Checked): ShownPicture[] {
  const { page, drawing, stories } = checked;
  return drawing.items.flatMap((item): ShownPicture[] => {
    if (item.kind !== 'image') return [];
    const story = stories.find(({ article }) => article === item.article);
    const figure = story?.paragraphs[item.paragraph];
    if (!story || !figure) return [];
    const id =
      frameOver(drawing, item.x + item.width / 2, item.y + item.height / 2) ??
      firstFrame(page, item.article)?.id;
    const before = story.paragraphs.slice(0, item.paragraph + 1);
    const place = { article: item.article, paragraph: item.paragraph };
    return [
      {
        item,
        figure,
        place: id === undefined ? place : { ...place, frame: id },
        figures: {
          number: before.filter(({ style }) => style === 'figure').length,
          caption: [...figure.text.trim()].slice(0, captionLength).join(''),
        },
        isAdvertisement: page.frames.some((frame) => frame.id === id && frame.kind === 'advertisement'),
      },
    ];
  });
}

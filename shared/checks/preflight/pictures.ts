/** Pictures: those that the page shows, each with its figure and the frame that it stands in. */
import type { ImageItem } from '../../layout/drawing.ts';
import type { StoryParagraph } from '../../manuscript/story.ts';
import { artworkOf, type Frame } from '../../pages/frame.ts';
import type { Finding } from '../finding.ts';
import { type Checked, firstFrame, frameOver } from './checked.ts';

export interface ShownPicture {
  item: ImageItem;
  figure: Pick<StoryParagraph, 'text' | 'credit' | 'width' | 'height'>;
  place: Finding['place'];
  /** Which of the story's figures it is, from 1, 0 of the page's own; and how its caption begins. */
  figures: { number: number; caption: string };
  /** Whether an advertisement is made of it: that has no caption and names nobody. */
  isAdvertisement: boolean;
}

const captionLength = 16;

const beginning = (caption: string) => [...caption.trim()].slice(0, captionLength).join('');

/** A picture that the page's own frame has. */
function ownPicture(item: ImageItem, frames: readonly Frame[], over: string | undefined): ShownPicture[] {
  // Where frames overlap, what lies over the picture's middle is not always its frame.
  const showing = frames.filter((frame) => artworkOf(frame)?.image === item.image);
  const frame = showing.find(({ id }) => id === over) ?? showing[0];
  const artwork = frame && artworkOf(frame);
  if (!artwork) return [];
  const { id, kind, caption, credit } = frame;
  const isAdvertisement = kind === 'advertisement';
  return [
    {
      item,
      figure: { ...artwork, text: caption, credit },
      place: { frame: id },
      figures: { number: 0, caption: isAdvertisement ? '' : beginning(caption) },
      isAdvertisement,
    },
  ];
}

export function picturesOn(checked: Checked): ShownPicture[] {
  const { page, drawing, stories } = checked;
  return drawing.items.flatMap((item): ShownPicture[] => {
    if (item.kind !== 'image') return [];
    const over = frameOver(drawing, item.x + item.width / 2, item.y + item.height / 2);
    if (item.article === undefined) return ownPicture(item, page.frames, over);
    const story = stories.find(({ article }) => article === item.article);
    const figure = story?.paragraphs[item.paragraph];
    if (!story || !figure) return [];
    const id = over ?? firstFrame(page, item.article)?.id;
    const before = story.paragraphs.slice(0, item.paragraph + 1);
    const place = { article: item.article, paragraph: item.paragraph };
    return [
      {
        item,
        figure,
        place: id === undefined ? place : { ...place, frame: id },
        figures: {
          number: before.filter(({ style }) => style === 'figure').length,
          caption: beginning(figure.text),
        },
        isAdvertisement: page.frames.some((frame) => frame.id === id && frame.kind === 'advertisement'),
      },
    ];
  });
}

/** The manuscript as it reads with everything accepted, or with nothing: to be read, not to be written in. */
import { Fragment, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isLinkHref } from '../../shared/manuscript/marks.ts';
import type { Story, StoryParagraph } from '../../shared/manuscript/story.ts';
import { stretchesOf } from '../../shared/manuscript/stretches.ts';
import { paragraphStyles } from '../../shared/manuscript/styles.ts';
import { readStoryAs } from '../../shared/suggestions/read.ts';
import { followStory } from '../live/follow.ts';
import { paced } from '../live/frame.ts';
import type { ArticleRoom } from '../live/room.ts';

interface StoryReadingProps {
  room: ArticleRoom;
  reading: 'accepted' | 'original';
  pictureUrl: (image: string) => string;
}

/** Milliseconds between two looks. */
const pause = 250;

export function StoryReading({ room, reading, pictureUrl }: StoryReadingProps) {
  const { t } = useTranslation('suggestions');
  const { t: article } = useTranslation('article');
  const [story, setStory] = useState<Story>(() => readStoryAs(room.article, room.doc, reading));
  useEffect(() => {
    const { ask, stop } = paced(() => setStory(readStoryAs(room.article, room.doc, reading)), pause);
    ask();
    const unfollow = followStory(room, ask);
    return () => {
      stop();
      unfollow();
    };
  }, [room, reading]);
  const names = Object.fromEntries(
    paragraphStyles.map((style) => [`--name-${style}`, `"${article(`style.${style}`)}"`]),
  ) as React.CSSProperties;
  return (
    <div className="article" lang="zh-CN" style={names}>
      <div className="article-paper">
        <p className="app-meta" role="status">
          {t(`reading.${reading}Words`)}
        </p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a reader scrolls by keyboard */}
        <section className="article-text" aria-label={t(`reading.${reading}`)} tabIndex={0}>
          {story.paragraphs.map((paragraph, i) =>
            paragraph.style === 'figure' ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs have no name but their place
              <figure className="article-figure" data-style="figure" key={i}>
                {paragraph.image && <img src={pictureUrl(paragraph.image)} alt={paragraph.alt ?? ''} />}
                <figcaption>
                  <Words of={paragraph} /> {paragraph.credit}
                </figcaption>
              </figure>
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs have no name but their place
              <p data-style={paragraph.style} key={i}>
                <Words of={paragraph} />
              </p>
            ),
          )}
        </section>
      </div>
    </div>
  );
}

/** A paragraph's words, bold, slanted and linked as in the manuscript. */
function Words({ of }: { of: StoryParagraph }) {
  return stretchesOf(of).map(({ text, bold, italic, href }, i) => {
    const slanted = italic ? <em>{text}</em> : text;
    const words = bold ? <strong>{slanted}</strong> : slanted;
    // biome-ignore lint/suspicious/noArrayIndexKey: stretches have no name but their place
    if (!isLinkHref(href)) return <Fragment key={i}>{words}</Fragment>;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: stretches have no name but their place
      <a href={href} target="_blank" rel="noopener noreferrer" key={i}>
        {words}
      </a>
    );
  });
}

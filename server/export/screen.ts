/** The screen edition: one story as a page to read on any screen, with nothing to fetch and nothing that runs. */
import { readingOf, wordsOf } from '../../shared/layout/reading.ts';
import { isLinkHref } from '../../shared/manuscript/marks.ts';
import { headlineOf, type Story, type StoryParagraph } from '../../shared/manuscript/story.ts';
import { stretchesOf } from '../../shared/manuscript/stretches.ts';
import { escapeHtml } from './html-text.ts';
import type { ScreenPicture } from './picture.ts';
import { screenCss } from './screen-css.ts';

export interface Screening {
  story: Story;
  /** The paper, the day and the page it stands on, as they are to be read; '' when it is on none. */
  source: string;
  /** A picture as it is shown on a screen; null when it is gone. */
  picture: (image: string) => Promise<ScreenPicture | null>;
}

/** A paragraph's words with their marks; open suggestions as accepted, as on the page. */
function wordsHtml(paragraph: StoryParagraph): string {
  const out = stretchesOf(paragraph).map(({ text, bold, italic, href }) => {
    let words = escapeHtml(text);
    if (italic) words = `<em>${words}</em>`;
    if (bold) words = `<strong>${words}</strong>`;
    return isLinkHref(href) ? `<a href="${escapeHtml(href)}" rel="noopener noreferrer">${words}</a>` : words;
  });
  return out.join('').trim();
}

async function figureHtml(figure: StoryParagraph, picture: Screening['picture']): Promise<string> {
  const found = figure.image === undefined ? null : await picture(figure.image);
  const caption = wordsHtml(figure);
  const credit = figure.credit ? `<span class="credit">${escapeHtml(figure.credit)}</span>` : '';
  const said = [caption, credit].filter((part) => part !== '').join(' ');
  const alt = escapeHtml(figure.alt || figure.text || '照片');
  const shown = found
    ? `<img alt="${alt}" width="${found.width}" height="${found.height}" src="data:${found.type};base64,${found.bytes.toString('base64')}">`
    : '<p class="awaited">照片待传</p>';
  return `<figure>${shown}${said === '' ? '' : `<figcaption>${said}</figcaption>`}</figure>`;
}

function headHtml(paragraphs: readonly StoryParagraph[], title: string): string {
  const of = (style: StoryParagraph['style']) => paragraphs.filter((p) => p.style === style).map(wordsHtml);
  const lines = (style: 'kicker' | 'deck' | 'byline') =>
    of(style).map((words) => `<p class="${style}">${words}</p>`);
  const headline = of('headline').join('<br>') || escapeHtml(title);
  const [kickers, decks] = [lines('kicker'), lines('deck')];
  const heading = `<h1>${headline}</h1>`;
  const block =
    kickers.length + decks.length > 0
      ? `<hgroup>${kickers.join('')}${heading}${decks.join('')}</hgroup>`
      : heading;
  return `<header>${block}${lines('byline').join('')}</header>`;
}

/** The text below the heading. A dateline runs into the paragraph that it opens. */
async function bodyHtml(
  paragraphs: readonly StoryParagraph[],
  picture: Screening['picture'],
): Promise<string[]> {
  const made: string[] = [];
  let dateline = '';
  for (const paragraph of paragraphs) {
    const { style } = paragraph;
    if (style === 'figure') {
      made.push(await figureHtml(paragraph, picture));
      continue;
    }
    const words = wordsHtml(paragraph);
    if (style === 'dateline') dateline = `<span class="dateline">${words}</span>`;
    else if (style === 'crosshead') made.push(`<h2>${words}</h2>`);
    else if (style === 'quote') made.push(`<blockquote><p>${words}</p></blockquote>`);
    else if (style === 'lead' || style === 'body') {
      made.push(`<p${style === 'lead' ? ' class="lead"' : ''}>${dateline}${words}</p>`);
      dateline = '';
    }
  }
  return dateline === '' ? made : [...made, `<p>${dateline}</p>`];
}

/** The whole file. */
export async function screenHtml({ story, source, picture }: Screening): Promise<string> {
  const { paragraphs } = readingOf(story, 'accepted');
  const headline = paragraphs.find(({ style }) => style === 'headline');
  const title = (headline ? wordsOf(headline, 'accepted').trim() : headlineOf(story)) || '无题';
  const body = await bodyHtml(paragraphs, picture);
  const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
  return `<!DOCTYPE html>
<html lang="zh-Hans">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style>${screenCss}</style>
</head>
<body>
<main>
<article>
${headHtml(paragraphs, title)}
${body.join('\n')}
</article>
${source === '' ? '' : `<footer><p>${escapeHtml(source)}</p></footer>\n`}</main>
</body>
</html>
`;
}

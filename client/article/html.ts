/** Reads clipboard HTML of Word, WPS, WeChat and web pages as paragraphs: words and structure, no dress. */
import { withoutBreaks } from '../../shared/manuscript/flat.ts';
import { isLinkHref } from '../../shared/manuscript/marks.ts';
import type { ParagraphStyle } from '../../shared/manuscript/styles.ts';

export interface PastedRun {
  text: string;
  bold: boolean;
  italic: boolean;
  href: string | null;
}

export interface PastedParagraph {
  style: ParagraphStyle;
  runs: PastedRun[];
  /** Of a figure: where its picture is, a data address or one that cannot be fetched from here. */
  picture?: string;
  alt?: string;
}

const blocks = new Set(
  'address article aside blockquote body center dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td th tr ul'.split(
    ' ',
  ),
);
const silent = new Set(
  'head style script title xml template noscript svg math select button textarea iframe'.split(' '),
);
const voids = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));

const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  ensp: '\u2002',
  emsp: '\u2003',
  thinsp: '\u2009',
  ldquo: '“',
  rdquo: '”',
  lsquo: '‘',
  rsquo: '’',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  middot: '·',
  times: '×',
  laquo: '«',
  raquo: '»',
  copy: '©',
  reg: '®',
  trade: '™',
  deg: '°',
  permil: '‰',
  yen: '¥',
  euro: '€',
  bull: '•',
  zwj: '',
  zwnj: '',
  shy: '',
};

function decode(text: string): string {
  return text.replace(/&(#x[\da-f]{1,6}|#\d{1,7}|[a-z]{2,8});?/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return entities[name.toLowerCase()] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
      ? String.fromCodePoint(code)
      : '';
  });
}

interface Open {
  tag: string;
  bold: boolean;
  italic: boolean;
  href: string | null;
  style: ParagraphStyle | null;
  hidden: boolean;
  pre: boolean;
}

const tagBeginning = /^<(\/?)([a-z][\w:-]{0,60})/i;

/** Where the tag that begins at `at` ends; a quote may hold a `>`, and one that nothing closes does not count.
 * -1 when no tag ends any more. */
function tagEnd(source: string, at: number): number {
  const first = source.indexOf('>', at);
  if (first < 0) return -1;
  for (let i = at; i < source.length; i += 1) {
    const char = source[i];
    if (char === '>') return i;
    if (char !== '"' && char !== "'") continue;
    const closing = source.indexOf(char, i + 1);
    if (closing < 0) return first;
    i = closing;
  }
  return first;
}

const fragmentStart = '<!--StartFragment-->';
const fragmentEnd = '<!--EndFragment-->';

/** What the browser marked as copied, or all of it. */
function copiedPart(html: string): string {
  const from = html.indexOf(fragmentStart);
  const to = html.indexOf(fragmentEnd, from);
  const part = from >= 0 && to >= 0 ? html.slice(from + fragmentStart.length, to) : '';
  return part.trim() === '' ? html : part;
}

/** Elements inside each other; what nests deeper takes the dress of what holds it. */
const deepest = 256;

function attribute(source: string, name: string): string | null {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(source);
  return found ? decode(found[1] ?? found[2] ?? found[3] ?? '') : null;
}

function styleFor(tag: string, source: string): ParagraphStyle | null {
  const named = attribute(source, 'class') ?? '';
  if (/\bMsoTitle\b|\brich_media_title\b/.test(named)) return 'headline';
  if (/\bMsoSubtitle\b/.test(named)) return 'deck';
  if (/\bMsoQuote\b|\bMsoIntenseQuote\b/.test(named) || tag === 'blockquote') return 'quote';
  if (tag === 'h1') return 'headline';
  if (/^h[2-6]$/.test(tag)) return 'crosshead';
  return null;
}

function enter(tag: string, source: string, outer: Open): Open {
  const css = attribute(source, 'style') ?? '';
  const weight = /font-weight\s*:\s*([\w]+)/i.exec(css)?.[1]?.toLowerCase();
  const slant = /font-style\s*:\s*(\w+)/i.exec(css)?.[1]?.toLowerCase();
  const href = tag === 'a' ? attribute(source, 'href') : null;
  return {
    tag,
    bold: weight
      ? weight === 'bold' || weight === 'bolder' || Number(weight) >= 600
      : outer.bold || tag === 'b' || tag === 'strong',
    italic: slant ? slant !== 'normal' : outer.italic || tag === 'i' || tag === 'em',
    href: isLinkHref(href) ? href : outer.href,
    style: styleFor(tag, source) ?? outer.style,
    hidden:
      outer.hidden ||
      silent.has(tag) ||
      /mso-list\s*:\s*ignore|display\s*:\s*none/i.test(css) ||
      (tag === 'span' && /\bMsoCommentReference\b/.test(attribute(source, 'class') ?? '')),
    pre: outer.pre || tag === 'pre',
  };
}

const base: Open = {
  tag: '',
  bold: false,
  italic: false,
  href: null,
  style: null,
  hidden: false,
  pre: false,
};

/** Runs with one space for each run of white space, none at the ends, neighbours of one dress joined.
 * Ideographic spaces inside words stay; those that indent a paragraph go: the page indents by itself. */
function tidy(runs: PastedRun[]): PastedRun[] {
  const tidied: PastedRun[] = [];
  let open = false;
  for (const run of runs) {
    let text = run.text
      .replace(/[ \t\n\r\f\v\u0085\u00a0\u2028\u2029]+/g, ' ')
      .replace(/[\u200b\u2060\ufeff]/g, '');
    if (!open) text = text.trimStart();
    else if (tidied.at(-1)?.text.endsWith(' ')) text = text.replace(/^ +/, '');
    if (text === '') continue;
    open = true;
    const last = tidied.at(-1);
    if (last && last.bold === run.bold && last.italic === run.italic && last.href === run.href)
      last.text += text;
    else tidied.push({ ...run, text });
  }
  for (let last = tidied.at(-1); last; last = tidied.at(-1)) {
    last.text = last.text.trimEnd();
    if (last.text !== '') break;
    tidied.pop();
  }
  return tidied;
}

const wordsOf = (runs: PastedRun[]) => runs.map(({ text }) => text).join('');

/** A short paragraph that is bold throughout is how Word and WeChat writers make a crosshead. */
function isCrosshead(runs: PastedRun[]): boolean {
  const words = wordsOf(runs);
  return (
    runs.length > 0 &&
    runs.every(({ bold }) => bold) &&
    words.length <= 30 &&
    !/[。！？；，：.!?;,:]$/.test(words)
  );
}

/** Headings are bold by themselves; the style says so and the mark does not. */
function finish(paragraphs: PastedParagraph[]): PastedParagraph[] {
  let headline = false;
  return paragraphs.map((paragraph, i) => {
    let { style } = paragraph;
    // Word's first-level headings head sections: only one that opens the text is the headline.
    if (style === 'headline' && (headline || i > 1)) style = 'crosshead';
    if (style === 'headline') headline = true;
    if (style === 'body' && isCrosshead(paragraph.runs)) style = 'crosshead';
    const heads = style === 'headline' || style === 'crosshead' || style === 'deck';
    const runs = heads ? tidy(paragraph.runs.map((run) => ({ ...run, bold: false }))) : paragraph.runs;
    return { ...paragraph, style, runs };
  });
}

export function readHtml(html: string): PastedParagraph[] {
  const source = copiedPart(html);
  const paragraphs: PastedParagraph[] = [];
  const stack: Open[] = [base];
  let runs: PastedRun[] = [];
  let style: ParagraphStyle | null = null;
  const top = () => stack.at(-1) ?? base;
  const close = () => {
    const tidied = tidy(runs);
    if (tidied.length > 0) paragraphs.push({ style: style ?? 'body', runs: tidied });
    runs = [];
    style = null;
  };
  const say = (text: string) => {
    const { hidden, bold, italic, href, pre } = top();
    if (hidden || text === '') return;
    const lines = pre ? text.split(/\r?\n/) : [text];
    lines.forEach((line, i) => {
      if (i > 0) close();
      style ??= top().style;
      runs.push({ text: line, bold, italic, href });
    });
  };
  for (let at = 0; at < source.length; ) {
    if (source[at] !== '<') {
      const next = source.indexOf('<', at);
      const end = next < 0 ? source.length : next;
      say(decode(source.slice(at, end)));
      at = end;
      continue;
    }
    if (source.startsWith('<!--', at)) {
      const end = source.indexOf('-->', at + 4);
      at = end < 0 ? source.length : end + 3;
      continue;
    }
    if (source.startsWith('<!', at) || source.startsWith('<?', at)) {
      const end = source.indexOf('>', at);
      at = end < 0 ? source.length : end + 1;
      continue;
    }
    const found = tagBeginning.exec(source.slice(at, at + 64));
    if (!found) {
      say('<');
      at += 1;
      continue;
    }
    const tag = (found[2] ?? '').toLowerCase();
    const end = tagEnd(source, at + found[0].length);
    if (end < 0) {
      say(decode(source.slice(at)));
      break;
    }
    const inside = source.slice(at + found[0].length, end);
    at = end + 1;
    if (found[1] === '/') {
      const opened = stack.findLastIndex((open) => open.tag === tag);
      if (blocks.has(tag)) close();
      if (opened > 0) stack.length = opened;
      continue;
    }
    if (blocks.has(tag) || tag === 'br') close();
    if (tag === 'img' && !top().hidden) {
      const picture = attribute(inside, 'data-src') ?? attribute(inside, 'src') ?? '';
      const width = Number.parseInt(attribute(inside, 'width') ?? '', 10);
      if (picture !== '' && !(width < 40)) {
        const alt = withoutBreaks(attribute(inside, 'alt') ?? '').trim();
        close();
        paragraphs.push({ style: 'figure', runs: [], picture, ...(alt ? { alt } : {}) });
      }
    }
    if (voids.has(tag) || /\/\s*$/.test(inside)) continue;
    if (tag === 'script' || tag === 'style') {
      const closing = new RegExp(`</${tag}`, 'gi');
      closing.lastIndex = at;
      at = closing.exec(source)?.index ?? source.length;
    }
    if (stack.length < deepest) stack.push(enter(tag, inside, top()));
  }
  close();
  return finish(paragraphs);
}

/** Plain text: each line a paragraph, empty lines none. */
export function readPlain(text: string): PastedParagraph[] {
  return text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => tidy([{ text: line, bold: false, italic: false, href: null }]))
    .filter((runs) => runs.length > 0)
    .map((runs) => ({ style: 'body', runs }));
}

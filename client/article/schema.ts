/** The editor's schema: blocks of inline content, and a place for everything this version does not know (M9). */
import { getSchema, Mark, Node } from '@tiptap/core';
import { isLinkHref } from '../../shared/manuscript/marks.ts';
import { isParagraphStyle } from '../../shared/manuscript/styles.ts';

const hidden = { default: null, rendered: false } as const;

export const Document = Node.create({ name: 'doc', topNode: true, content: 'block+' });

export const Text = Node.create({ name: 'text', group: 'inline' });

/** Any paragraph but a figure. `style` is the end's own word, even one this version does not know, null where it
 * has none; a paragraph that the editor makes by itself is body. */
export const Paragraph = Node.create({
  name: 'paragraph',
  group: 'block',
  content: 'inline*',
  priority: 1000,
  addAttributes() {
    return {
      style: {
        default: 'body',
        parseHTML: (element) => element.getAttribute('data-style') ?? 'body',
        renderHTML: ({ style }) => ({ 'data-style': isParagraphStyle(style) ? style : 'body' }),
      },
      gap: {
        default: null,
        parseHTML: () => null,
        renderHTML: ({ gap }) => (gap === true ? { 'data-gap': '' } : {}),
      },
      ext: hidden,
    };
  },
  parseHTML: () => [{ tag: 'p' }, { tag: 'div[data-style]' }],
  renderHTML: ({ HTMLAttributes }) => ['p', HTMLAttributes, 0],
});

/** A picture with its caption, which is the paragraph's text. */
export const Figure = Node.create({
  name: 'figure',
  group: 'block',
  content: 'inline*',
  defining: true,
  isolating: true,
  addAttributes: () => ({
    image: {
      default: null,
      parseHTML: (element) => element.getAttribute('data-image'),
      renderHTML: ({ image }) => (typeof image === 'string' ? { 'data-image': image } : {}),
    },
    width: number('width'),
    height: number('height'),
    credit: words('credit'),
    alt: words('alt'),
    ext: hidden,
  }),
  parseHTML: () => [{ tag: 'figure[data-figure]', contentElement: 'figcaption' }],
  renderHTML: ({ HTMLAttributes }) => ['figure', { 'data-figure': '', ...HTMLAttributes }, ['figcaption', 0]],
});

function words(name: string) {
  return {
    default: null,
    parseHTML: (element: HTMLElement) => element.getAttribute(`data-${name}`),
    renderHTML: (values: Record<string, unknown>) =>
      typeof values[name] === 'string' ? { [`data-${name}`]: values[name] } : {},
  };
}

function number(name: string) {
  return {
    default: null,
    parseHTML: (element: HTMLElement) => Number(element.getAttribute(`data-${name}`)) || null,
    renderHTML: (values: Record<string, unknown>) =>
      typeof values[name] === 'number' ? { [`data-${name}`]: values[name] } : {},
  };
}

/** An embed of a later version: shown as a box, never touched. */
export const Unknown = Node.create({
  name: 'unknown',
  group: 'inline',
  inline: true,
  atom: true,
  selectable: true,
  addAttributes: () => ({ embed: hidden }),
  renderHTML: () => ['span', { class: 'article-unknown', contenteditable: 'false' }, '□'],
});

export const Bold = Mark.create({
  name: 'bold',
  parseHTML: () => [
    { tag: 'strong' },
    { tag: 'b', getAttrs: (element) => (element.style.fontWeight === 'normal' ? false : null) },
    { style: 'font-weight', getAttrs: (value) => (/^(bold|bolder|[6-9]00)$/.test(value) ? null : false) },
  ],
  renderHTML: () => ['strong', 0],
});

export const Italic = Mark.create({
  name: 'italic',
  parseHTML: () => [{ tag: 'em' }, { tag: 'i' }, { style: 'font-style=italic' }],
  renderHTML: () => ['em', 0],
});

/** Written by hand only, never made from typed words; http(s), mailto and tel alone. */
export const Link = Mark.create({
  name: 'link',
  inclusive: false,
  addAttributes: () => ({ href: { default: null } }),
  parseHTML: () => [
    {
      tag: 'a[href]',
      getAttrs: (element) => {
        const href = element.getAttribute('href');
        return isLinkHref(href) ? { href } : false;
      },
    },
  ],
  renderHTML: ({ mark }) => [
    'a',
    {
      ...(isLinkHref(mark.attrs.href) ? { href: mark.attrs.href } : {}),
      rel: 'noopener noreferrer nofollow',
    },
    0,
  ],
});

/** The passage of one comment thread; any number may lie over one another. */
export const Thread = Mark.create({
  name: 'thread',
  inclusive: false,
  excludes: '',
  addAttributes: () => ({
    id: { ...hidden, parseHTML: (element: HTMLElement) => element.getAttribute('data-thread') },
  }),
  parseHTML: () => [{ tag: 'span[data-thread]' }],
  renderHTML: ({ mark }) => ['span', { 'data-thread': String(mark.attrs.id) }, 0],
});

/** An inline key of a later version with its value. */
export const Ext = Mark.create({
  name: 'ext',
  inclusive: false,
  excludes: '',
  addAttributes: () => ({ key: hidden, value: hidden }),
  renderHTML: () => ['span', 0],
});

export const schemaExtensions = [Document, Text, Paragraph, Figure, Unknown, Bold, Italic, Link, Thread, Ext];

/** The schema without an editor, for code that runs without a browser; an editor's is another instance (M12). */
export function articleSchema() {
  return getSchema(schemaExtensions);
}

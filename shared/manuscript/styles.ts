/** The paragraph styles of a manuscript, in the order in which a newspaper prints them. */

export const paragraphStyles = [
  'kicker', // 引题
  'headline', // 主题
  'deck', // 副题
  'byline', // 署名
  'dateline', // 电头
  'lead', // 导语
  'crosshead', // 小标题
  'body', // 正文
  'quote', // 引语
  'figure', // 图片: the paragraph's text is the caption 图说
] as const;

export type ParagraphStyle = (typeof paragraphStyles)[number];

/** The styles that a writer picks for text; a figure is made by inserting one. */
export const textStyles = paragraphStyles.filter(
  (style): style is Exclude<ParagraphStyle, 'figure'> => style !== 'figure',
);

export function isParagraphStyle(value: unknown): value is ParagraphStyle {
  return typeof value === 'string' && (paragraphStyles as readonly string[]).includes(value);
}

const following: Partial<Record<ParagraphStyle, ParagraphStyle>> = {
  kicker: 'headline',
  headline: 'deck',
  deck: 'byline',
  byline: 'lead',
  dateline: 'lead',
  lead: 'body',
  crosshead: 'body',
  quote: 'body',
  figure: 'body',
};

/** The style that Enter at a paragraph's end goes on with. */
export function nextStyle(style: ParagraphStyle): ParagraphStyle {
  return following[style] ?? style;
}

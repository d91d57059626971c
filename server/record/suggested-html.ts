/** One answered suggestion as the story's file says it: what it does, in the rail's words, and to which text. */
import { z } from 'zod';
import { isParagraphStyle } from '../../shared/manuscript/styles.ts';
import { escapeHtml } from '../export/html-text.ts';
import { fill } from '../export/paper.ts';
import type { NewsroomTables } from '../storage/newsroom.ts';
import type { FileWords } from './file-words.ts';

const valuesSchema = z.record(z.string(), z.unknown());

type Answered = Pick<NewsroomTables['suggestion_answers'], 'kind' | 'text' | 'was' | 'becomes'>;

const small = (text: string) => `<span class="small">${escapeHtml(text)}</span>`;

/** Words that come or go, with the paragraph ends among them said. */
function wordsHtml({ kind, text }: Answered, { change }: FileWords): string {
  const [tag, end] = kind === 'insert' ? ['ins', change.split] : ['del', change.join];
  const parts = text.split('¶').map((words) => (words === '' ? '' : `<${tag}>${escapeHtml(words)}</${tag}>`));
  const said = parts.flatMap((part, i) => (i === 0 ? [part] : [small(end), part]));
  const verb = parts.some((part) => part !== '')
    ? small(kind === 'insert' ? change.insert : change.delete)
    : '';
  return [verb, ...said].filter((part) => part !== '').join(' ');
}

/** What else a suggestion changes, a line for each value. */
function linesOf({ kind, was, becomes }: Answered, { change, style }: FileWords): string[] {
  const [before, after] = [was, becomes].map((text) => valuesSchema.parse(JSON.parse(text))) as [
    z.output<typeof valuesSchema>,
    z.output<typeof valuesSchema>,
  ];
  const styleOf = (value: unknown) => style[isParagraphStyle(value) ? value : 'body'];
  const said = (value: unknown) => (value ? String(value) : change.nothing);
  const lines = Object.entries(after).flatMap(([key, value]) => {
    switch (key) {
      case 'style':
        return fill(change.restyle, { was: styleOf(before.style), becomes: styleOf(value) });
      case 'bold':
        return value ? change.bold : change.noBold;
      case 'italic':
        return value ? change.italic : change.noItalic;
      case 'gap':
        return value ? change.gap : change.noGap;
      case 'link':
        return value ? fill(change.link, { address: String(value) }) : change.noLink;
      case 'credit':
      case 'alt':
        return fill(change[key], { was: said(before[key]), becomes: said(value) });
      case 'image':
        return change.image;
      default:
        return [];
    }
  });
  if (lines.length > 0) return lines;
  const plain = { restyle: change.restyled, figure: change.figure, format: change.format };
  return [kind === 'insert' || kind === 'delete' ? change[kind] : plain[kind]];
}

export function suggestedHtml(one: Answered, say: FileWords): string {
  if (one.kind === 'insert' || one.kind === 'delete') return wordsHtml(one, say);
  const about = one.text.replaceAll('¶', '').trim();
  return [...linesOf(one, say).map(small), ...(about === '' ? [] : [escapeHtml(about)])].join(' ');
}

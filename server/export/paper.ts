/** Pages for the file: they print on A4, with nothing to fetch and nothing that runs. */
import { escapeHtml } from './html-text.ts';

/** How such a page is served. */
export const paperPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'";

export interface Painting {
  language: 'zh' | 'en';
  /** Who asked for it. */
  by: string;
  at: Date;
  /** IANA name: that of the paper. */
  timeZone: string;
}

const css = `
@page { size: A4; margin: 18mm 16mm; }
* { box-sizing: border-box; }
body { max-width: 178mm; margin: 12mm auto; color: #1b1916; background: #fff; font: 10.5pt/1.6 "Noto Serif SC", "Source Han Serif SC", "Songti SC", SimSun, serif; overflow-wrap: break-word; }
h1 { margin: 0 0 2mm; font-size: 18pt; line-height: 1.3; }
h2 { margin: 7mm 0 2mm; padding-bottom: 1mm; border-bottom: .3mm solid #1b1916; font-size: 12pt; break-after: avoid; }
p { margin: 0 0 2mm; }
.small, td, th, dd, dt { font-size: 9pt; line-height: 1.5; }
.small { color: #514c44; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 1mm 6mm; margin: 0; }
dt { color: #514c44; } dd { margin: 0; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 1mm 2mm 1mm 0; border-bottom: .1mm solid #cfc9bc; text-align: left; vertical-align: top; }
thead { display: table-header-group; }
tr, .step { break-inside: avoid; }
.step { margin-bottom: 3mm; }
.words { white-space: pre-wrap; }
blockquote { margin: 0 0 1mm; padding-left: 3mm; border-left: .5mm solid #1b1916; }
ins { text-decoration: underline; } del { text-decoration: line-through; color: #6f695f; }
td:first-child, time { white-space: nowrap; }
.who, th { word-break: keep-all; }
code { overflow-wrap: anywhere; font: 8pt ui-monospace, Menlo, Consolas, monospace; }
@media print { body { margin: 0; max-width: none; } }
`;

/** Fills the places of words: {name}. */
export const fill = (words: string, values: Record<string, string | number>): string =>
  words.replace(/\{(\w+)\}/g, (_, key: string) => String(values[key] ?? ''));

/** What the parts of a page are made with; texts are given plain, cells and bodies as HTML. */
/** How the two languages join, set apart and introduce. */
const punctuation = {
  zh: { comma: '、', semicolon: '；', colon: '：', open: '（', close: '）' },
  en: { comma: ', ', semicolon: '; ', colon: ': ', open: ' (', close: ')' },
};

export function paperParts({ language, timeZone }: Painting, say: { none: string; shownOf: string }) {
  const points = punctuation[language];
  const when = (iso: string | Date) =>
    new Date(iso).toLocaleString('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  const none = `<p class="small">${escapeHtml(say.none)}</p>`;
  return {
    when,
    none,
    points,
    /** 甲（记者） */
    aside: (text: string, more: string | number) => `${text}${points.open}${more}${points.close}`,
    stamp: (iso: string) => `<time>${when(iso)}</time>`,
    section: (title: string, body: string) => `<section><h2>${escapeHtml(title)}</h2>${body}</section>`,
    /** `most`: as many rows are shown, and it says so. */
    table(heads: readonly string[], rows: readonly (readonly string[])[], most: number) {
      if (rows.length === 0) return none;
      const head = heads.map((one) => `<th>${escapeHtml(one)}</th>`).join('');
      const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('');
      const bound =
        rows.length >= most
          ? `<p class="small">${escapeHtml(fill(say.shownOf, { count: rows.length }))}</p>`
          : '';
      return `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>${bound}`;
    },
  };
}

interface Page {
  language: 'zh' | 'en';
  /** What kind of page it is, and of which story. */
  kind: string;
  title: string;
  /** Above the title: the paper, who printed it. */
  printed: readonly string[];
  facts: readonly (readonly [string, string])[];
  sections: readonly string[];
}

export function paperPage({ language, kind, title, printed, facts, sections }: Page): string {
  const safe = escapeHtml;
  const dl = facts.map(([term, fact]) => `<dt>${safe(term)}</dt><dd>${safe(fact)}</dd>`).join('');
  const above = printed.filter((part) => part !== '').join('　');
  return `<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${safe(kind)} ${safe(title)}</title><style>${css}</style></head><body><header><p class="small">${safe(above)}</p><h1>${safe(kind)}　${safe(title)}</h1><dl>${dl}</dl></header><main>${sections.join('')}</main></body></html>`;
}

/** The story's file as a page that prints on A4, with nothing to fetch and nothing that runs. */
import { escapeHtml } from '../export/html-text.ts';
import { fileBounds, type StoryFile } from './file.ts';
import { type FileWords, fill, words } from './file-words.ts';

interface Painting {
  language: 'zh' | 'en';
  /** Who asked for it. */
  by: string;
  at: Date;
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
ins { text-decoration: underline; } del { text-decoration: line-through; color: #6f695f; }
td:first-child, time { white-space: nowrap; }
code { overflow-wrap: anywhere; font: 8pt ui-monospace, Menlo, Consolas, monospace; }
@media print { body { margin: 0; max-width: none; } }
`;

/** Characters of one change that are shown. */
const shownText = 120;

export function fileHtml(file: StoryFile, { language, by, at, timeZone }: Painting): string {
  const say: FileWords = words[language];
  const name = (id: string | null) =>
    id === null ? say.server : (file.members.find((one) => one.id === id)?.name ?? say.someone);
  const safe = (text: string) => escapeHtml(text);
  const when = (iso: string | Date) =>
    new Date(iso).toLocaleString('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  const stamp = (iso: string) => `<time>${when(iso)}</time>`;
  const hash = (text: string) => `<code>${safe(text.slice(0, 16))}</code>`;
  const section = (title: string, body: string) => `<section><h2>${safe(title)}</h2>${body}</section>`;
  const none = `<p class="small">${safe(say.none)}</p>`;
  const table = (heads: readonly string[], rows: readonly (readonly string[])[]) => {
    if (rows.length === 0) return none;
    const head = heads.map((one) => `<th>${safe(one)}</th>`).join('');
    const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('');
    const bound =
      rows.length >= fileBounds.rows
        ? `<p class="small">${safe(fill(say.shownOf, { count: rows.length }))}</p>`
        : '';
    return `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>${bound}`;
  };
  const { article, rate } = file;
  const title = file.headline;
  const amounts = (work: readonly StoryFile['wrote'][number][]) =>
    work
      .map((one) => safe(fill(say.amount, { who: name(one.member), added: one.added, removed: one.removed })))
      .join('<br>');

  const facts: [string, string][] = [
    [say.article, article.id],
    [say.workingTitle, article.title || say.none],
    [say.section, article.section || say.none],
    [say.stageIs, say.stage[article.stage]],
    [say.characters, String(file.now.characters)],
    [
      say.pages,
      file.proofs
        .filter(({ holds }) => holds)
        .map((page) => page.name)
        .join('；') || say.none,
    ],
    [say.created, when(article.created_at)],
  ];
  const authors = [
    ...file.people.map(({ member, part }) => `${name(member)}（${say.role[part]}）`),
    ...file.former.map(({ member }) => `${name(member)}（${say.former}）`),
  ];
  const wrote = file.wrote
    .map(({ member, added }) => `${member === null ? say.original : name(member)} ${added}`)
    .join('　');
  const signed =
    article.signed_hash === null
      ? say.unsigned
      : fill(article.signed_hash === file.now.hash ? say.signedNow : say.signedOtherwise, {
          hash: article.signed_hash,
        });

  const steps = file.steps.map(({ decision, kind, characters, work, changes }) => {
    const head = `<b>${when(decision.at)}　${safe(name(decision.member))}　${safe(say.did[decision.action])}</b>`;
    const shown = changes.slice(0, fileBounds.changes).map(({ change, text, member }) => {
      const tag = change === 'added' ? 'ins' : 'del';
      const cut = [...text].length > shownText ? `${[...text].slice(0, shownText).join('')}…` : text;
      return `<${tag} title="${safe(name(member))}">${safe(cut)}</${tag}>`;
    });
    const rest = changes.length - shown.length;
    const more = rest > 0 ? `<p class="small">${safe(fill(say.more, { count: rest }))}</p>` : '';
    const said = {
      first: `<p>${safe(fill(say.first, { count: characters }))}</p>`,
      same: `<p class="small">${safe(say.same)}</p>`,
      gone: `<p class="small">${safe(say.gone)}</p>`,
      changed: `<p class="small">${amounts(work)}</p><p>${shown.join('　')}</p>${more}`,
    }[kind];
    return `<div class="step">${head}${said}</div>`;
  });

  const sections = [
    section(
      say.people,
      `<p>${safe(authors.join('、') || say.none)}</p><p class="small">${safe(say.wrote)}：${safe(wrote || say.none)}</p>`,
    ),
    section(
      say.reviews,
      table(
        [say.time, say.who, say.duty, say.act, say.way, say.reason, say.fingerprint],
        file.decisions.map((one) => [
          stamp(one.at),
          safe(name(one.member)),
          safe(say.role[one.role]),
          safe(say.did[one.action]),
          `${safe(say.stage[one.before])} → ${safe(say.stage[one.after])}`,
          safe(one.reason),
          hash(one.hash),
        ]),
      ),
    ),
    section(say.signature, `<p>${safe(signed)}</p>`),
    section(say.changes, steps.join('') || none),
    section(
      say.corrections,
      table(
        [say.time, say.who, say.act, say.reason],
        file.corrections.map((one) => [
          stamp(one.at),
          safe(name(one.member)),
          `<del>${safe(one.quote)}</del> <ins>${safe(one.wanted)}</ins>`,
          [
            safe(one.note),
            safe(say[one.state]),
            one.answered_by ? safe(name(one.answered_by)) : '',
            safe(one.answer),
          ]
            .filter((part) => part !== '')
            .join('；'),
        ]),
      ),
    ),
    ...file.proofs
      .filter(({ decisions, marks }) => decisions.length + marks.length > 0)
      .flatMap((page) => [
        section(
          fill(say.proofs, { page: page.name }),
          table(
            [say.time, say.who, say.duty, say.act, say.way, say.reason],
            page.decisions.map((one) => [
              stamp(one.at),
              safe(name(one.member)),
              safe(say.role[one.role]),
              safe(say.pageDid[one.action]),
              `${safe(say.pageStage[one.before])} → ${safe(say.pageStage[one.after])}`,
              safe(one.reason),
            ]),
          ),
        ),
        section(
          fill(say.marks, { page: page.name }),
          table(
            [say.time, say.who, say.pass, say.mark, say.outcomeIs],
            page.marks.map((one) => [
              stamp(one.at),
              safe(name(one.member)),
              safe(say.pageStage[one.stage]),
              `<del>${safe(one.quote)}</del> <ins>${safe(one.wanted)}</ins> ${safe(one.note)}`,
              [
                safe(say.outcome[one.outcome]),
                one.answeredBy ? safe(name(one.answeredBy)) : '',
                safe(one.answer),
              ]
                .filter((part) => part !== '')
                .join('；'),
            ]),
          ),
        ),
      ]),
    ...(rate
      ? [
          section(
            say.quality,
            `<p>${safe(
              fill(say.rate, {
                count: file.errors,
                weight: rate.weight,
                rate: rate.perTenThousand.toFixed(2),
                verdict: rate.passes ? say.passes : say.fails,
              }),
            )}</p>`,
          ),
        ]
      : []),
    section(
      say.comments,
      table(
        [say.time, say.who, say.comments, say.act],
        file.threads.map((one) => [
          stamp(one.created_at),
          safe(name(one.author)),
          `${one.quote ? `<span class="small">“${safe(one.quote)}”</span> ` : ''}${safe(one.text)}`,
          safe(one.resolved_at ? fill(say.resolved, { who: name(one.resolved_by) }) : say.open),
        ]),
      ),
    ),
    section(
      say.suggestions,
      table(
        [say.time, say.who, say.suggestions, say.act],
        file.suggestions.map((one) => [
          stamp(one.made_at),
          safe(name(one.author)),
          safe(one.text),
          `${safe(name(one.member))} ${safe(say[one.answer])}`,
        ]),
      ),
    ),
    section(
      say.versions,
      table(
        [say.time, say.who, say.versions, say.characters, say.fingerprint],
        file.versions.map((one) => [
          stamp(one.at),
          safe(name(one.member)),
          safe(one.name || say.why[one.why]),
          String(one.characters),
          hash(one.hash),
        ]),
      ),
    ),
    section(
      say.record,
      `<p class="small">${safe(say.recordWords)}</p>${table(
        ['', say.time, say.who, say.act, say.fingerprint],
        file.record
          .toReversed()
          .map((one) => [
            String(one.seq),
            stamp(one.at),
            safe(name(one.member)),
            safe(say.kind[one.kind]),
            `<code>${safe(one.hash)}</code>`,
          ]),
      )}`,
    ),
  ];
  const dl = facts.map(([term, fact]) => `<dt>${safe(term)}</dt><dd>${safe(fact)}</dd>`).join('');
  const printed = [file.paper, fill(say.by, { who: by, when: when(at) })].filter((part) => part !== '');
  return `<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${safe(say.title)} ${safe(title)}</title><style>${css}</style></head><body><header><p class="small">${safe(printed.join('　'))}</p><h1>${safe(say.title)}　${safe(title)}</h1><dl>${dl}</dl></header><main>${sections.join('')}</main></body></html>`;
}

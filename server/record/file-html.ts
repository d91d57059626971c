/** The story's file as a page that prints on A4, with nothing to fetch and nothing that runs. */
import { z } from 'zod';
import { escapeHtml } from '../export/html-text.ts';
import { fill, type Painting, paperPage, paperParts } from '../export/paper.ts';
import { fileBounds, type StoryFile } from './file.ts';
import { type FileWords, words } from './file-words.ts';
import { suggestedHtml } from './suggested-html.ts';

/** Characters of one change that are shown. */
const shownText = 120;

const exportedSchema = z.object({
  purpose: z.enum(['galley', 'screen', 'file']),
  format: z.enum(['html', 'pdf']),
});

export function fileHtml(file: StoryFile, painting: Painting): string {
  const { language, by, at } = painting;
  const say: FileWords = words[language];
  const { when, none, points, aside, stamp, section, table: tableOf } = paperParts(painting, say);
  const table = (heads: readonly string[], rows: readonly (readonly string[])[]) =>
    tableOf(heads, rows, fileBounds.rows);
  const name = (id: string | null) =>
    id === null ? say.server : (file.members.find((one) => one.id === id)?.name ?? say.someone);
  const safe = (text: string) => escapeHtml(text);
  /** A name that is never broken in a narrow column. */
  const person = (id: string | null) => `<span class="who">${safe(name(id))}</span>`;
  const whole = (text: string) => `<span class="who">${safe(text)}</span>`;
  const duty = (role: keyof typeof say.role) => file.roleNames[role] ?? say.role[role];
  const hash = (text: string) => `<code>${safe(text.slice(0, 16))}</code>`;
  const { article, rate } = file;
  const amounts = (work: readonly StoryFile['wrote'][number][]) =>
    work
      .map((one) => safe(fill(say.amount, { who: name(one.member), added: one.added, removed: one.removed })))
      .join('<br>');

  const whatOf = ({ kind, detail }: StoryFile['record'][number]) => {
    const said = safe(say.kind[kind]);
    if (kind !== 'story.exported') return said;
    const exported = exportedSchema.safeParse(JSON.parse(detail));
    if (!exported.success) return said;
    const { purpose, format } = exported.data;
    return `${said}<br><span class="small">${safe(say.exported[purpose])} ${format.toUpperCase()}</span>`;
  };

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
        .join(points.semicolon) || say.none,
    ],
    [say.created, when(article.created_at)],
  ];
  const authors = [
    ...file.people.map(({ member, part }) => aside(name(member), duty(part))),
    ...file.former.map(({ member }) => aside(name(member), say.former)),
  ];
  const wrote = file.wrote
    .map(({ member, added }) => `${member === null ? say.original : name(member)} ${added}`)
    .join('　');
  const signedAs = file.decisions.findLast(({ action }) => action === 'sign')?.hash;
  const isCorrected = signedAs !== article.signed_hash;
  const holds = article.signed_hash === file.now.hash;
  const signed =
    article.signed_hash === null
      ? say.unsigned
      : fill(!holds ? say.signedOtherwise : isCorrected ? say.signedCorrected : say.signedNow, {
          hash: article.signed_hash,
          signed: signedAs ?? '',
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
      `<p>${safe(authors.join(points.comma) || say.none)}</p><p class="small">${safe(say.wrote)}${points.colon}${safe(wrote || say.none)}</p>`,
    ),
    section(
      say.reviews,
      table(
        [say.time, say.who, say.duty, say.act, say.way, say.reason, say.fingerprint],
        file.decisions.map((one) => [
          stamp(one.at),
          person(one.member),
          whole(duty(one.role)),
          whole(say.did[one.action]),
          whole(`${say.stage[one.before]} → ${say.stage[one.after]}`),
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
          person(one.member),
          `<del>${safe(one.quote)}</del> <ins>${safe(one.wanted)}</ins>`,
          [
            safe(one.note),
            safe(say[one.state]),
            one.answered_by ? safe(name(one.answered_by)) : '',
            safe(one.answer),
          ]
            .filter((part) => part !== '')
            .join(points.semicolon),
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
              person(one.member),
              whole(duty(one.role)),
              whole(say.pageDid[one.action]),
              whole(`${say.pageStage[one.before]} → ${say.pageStage[one.after]}`),
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
              person(one.member),
              whole(say.pageStage[one.stage]),
              `<del>${safe(one.quote)}</del> <ins>${safe(one.wanted)}</ins> ${safe(one.note)}`,
              [
                safe(say.outcome[one.outcome]),
                one.answeredBy ? safe(name(one.answeredBy)) : '',
                safe(one.answer),
              ]
                .filter((part) => part !== '')
                .join(points.semicolon),
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
          person(one.author),
          `${one.quote ? `<span class="small">“${safe(one.quote)}”</span> ` : ''}${safe(one.text)}`,
          safe(one.resolved_at ? fill(say.resolved, { who: name(one.resolved_by) }) : say.open),
        ]),
      ),
    ),
    section(
      say.suggestions,
      table(
        [say.time, say.who, say.suggestions, say.answerIs],
        file.suggestions.map((one) => [
          stamp(one.made_at),
          person(one.author),
          suggestedHtml(one, say),
          `${person(one.member)} ${whole(say[one.answer])}`,
        ]),
      ),
    ),
    section(
      say.versions,
      table(
        [say.time, say.who, say.versions, say.characters, say.fingerprint],
        file.versions.map((one) => [
          stamp(one.at),
          person(one.member),
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
            person(one.member),
            whatOf(one),
            `<code>${safe(one.hash)}</code>`,
          ]),
      )}`,
    ),
  ];
  const printed = [file.paper, fill(say.by, { who: by, when: when(at) })];
  return paperPage({ language, kind: say.title, title: file.headline, printed, facts, sections });
}

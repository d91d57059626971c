/** All that was said about a story and suggested in it, as a page that prints on A4. */
import { escapeHtml as safe } from '../export/html-text.ts';
import { fill, type Painting, paperPage, paperParts } from '../export/paper.ts';
import { type Talk, talkBounds } from './talk.ts';
import { words } from './talk-words.ts';

export function talkHtml(talk: Talk, painting: Painting): string {
  const { language, by, at } = painting;
  const say = words[language];
  const { when, none, aside, stamp, section, table } = paperParts(painting, say);
  const name = (id: string | null) =>
    id === null ? say.server : (talk.members.find((one) => one.id === id)?.name ?? say.someone);

  type Said = Talk['threads'][number];
  const about = ({ about: what, quote, gone, suggestion }: Said) => {
    const caption = quote.trim();
    const plain = {
      story: say.story,
      figure: caption ? fill(say.figure, { caption }) : say.figureBare,
      passage: `“${quote}”`,
    }[what];
    const notes = [suggestion === null ? '' : say.suggested, gone ? say.gone : ''].filter(
      (one) => one !== '',
    );
    const rest = notes.length > 0 ? ` <span class="small">${safe(notes.join('　'))}</span>` : '';
    return `<blockquote class="words">${safe(plain)}${rest}</blockquote>`;
  };
  const comment = (one: Said['comments'][number]) => {
    const signs = one.reactions.map(({ reaction, member }) => `${name(member)} ${say.reaction[reaction]}`);
    const edited = one.editedAt ? aside('', fill(say.edited, { when: when(one.editedAt) })) : '';
    const earlier = (talk.edits.get(one.id) ?? []).map(
      (was) =>
        `<p class="small words">${safe(fill(say.before, { when: when(was.at) }))}${safe(was.text)}</p>`,
    );
    return [
      `<p><b>${safe(name(one.author))}</b> <span class="small">${when(one.createdAt)}${safe(edited)}</span><br><span class="words">${safe(one.text)}</span></p>`,
      ...earlier,
      signs.length > 0 ? `<p class="small">${safe(signs.join('　'))}</p>` : '',
    ].join('');
  };
  const thread = (one: Said) => {
    const { assigned, resolvedAt } = one;
    const notes = [
      assigned
        ? fill(assigned.due === null ? say.given : say.givenUntil, {
            by: name(assigned.by),
            who: name(assigned.member),
            when: when(assigned.at),
            due: assigned.due === null ? '' : when(assigned.due),
          })
        : '',
      resolvedAt ? fill(say.resolvedBy, { who: name(one.resolvedBy), when: when(resolvedAt) }) : '',
    ].filter((note) => note !== '');
    const foot = notes.length > 0 ? `<p class="small">${safe(notes.join('　'))}</p>` : '';
    return `<div class="step">${about(one)}${one.comments.map(comment).join('')}${foot}</div>`;
  };
  const threads = (title: string, isResolved: boolean) => {
    const listed = talk.threads.filter(({ resolvedAt }) => (resolvedAt !== null) === isResolved);
    return section(aside(title, listed.length), listed.map(thread).join('') || none);
  };

  const change = (kind: keyof typeof say.kind, text: string) => {
    const tag = kind === 'insert' ? 'ins' : kind === 'delete' ? 'del' : 'span';
    return `<span class="small">${safe(say.kind[kind])}</span> <${tag} class="words">${safe(text)}</${tag}>`;
  };
  const sections = [
    threads(say.open, false),
    threads(say.resolved, true),
    section(
      aside(say.suggestions, talk.open.length),
      table(
        [say.time, say.who, say.what],
        talk.open.map((one) => [stamp(one.at), safe(name(one.member)), change(one.kind, one.text)]),
        talkBounds.suggestions,
      ),
    ),
    section(
      aside(say.answered, talk.answered.length),
      table(
        [say.time, say.who, say.what, say.answer],
        talk.answered.map((one) => [
          stamp(one.made_at),
          safe(name(one.author)),
          change(one.kind, one.text),
          `${safe(say[one.answer])}<br><span class="small">${safe(name(one.member))} ${when(one.at)}</span>`,
        ]),
        talkBounds.suggestions,
      ),
    ),
  ];
  const printed = [talk.paper, fill(say.by, { who: by, when: when(at) })];
  const title = talk.headline || talk.title;
  const facts = talk.section === '' ? [] : [[say.section, talk.section] as const];
  return paperPage({ language, kind: say.title, title, printed, facts, sections });
}

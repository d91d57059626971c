/** The calls about suggestions: what is open in a story, and the answers to it. */
import { api, type LiveEvent } from '../../shared/api.ts';
import { answerSuggestions } from '../../shared/suggestions/answer.ts';
import { mostAnswered, mostTold } from '../../shared/suggestions/calls.ts';
import { type Entry, readEntries } from '../../shared/suggestions/entry.ts';
import { suggestionsOf } from '../../shared/suggestions/read.ts';
import type { Allow } from '../article/facts.ts';
import type { Route } from '../http.ts';
import { addRecord } from '../record/record.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import type { Manuscripts } from '../sync/ports.ts';
import { noteActedFor } from '../versions/acted-for.ts';
import type { Known, SuggestionBook } from './keep.ts';

interface Deps {
  newsroom: Newsroom;
  manuscripts: Manuscripts;
  book: SuggestionBook;
  allow: Allow;
  now: () => Date;
  publish: (event: LiveEvent) => void;
}

export function suggestionRoutes(route: Route, deps: Deps): void {
  const { newsroom, manuscripts, book, allow, now, publish } = deps;

  route(api.suggestions, async ({ signed, params }) => {
    allow(signed, 'read', params.id);
    const open = await book.open(params.id, now());
    return open.slice(0, mostAnswered).map((one) => ({ ...one, text: one.text.slice(0, mostTold) }));
  });

  route(api.answerSuggestions, async ({ signed, params, body }) => {
    allow(signed, 'answer', params.id);
    const { answer, which } = body;
    const open = await book.open(params.id, now());
    const wanted = open.filter((one) => {
      if ('ids' in which) return which.ids.includes(one.id);
      return 'all' in which || one.member === which.member;
    });
    // Asked again within the turn: the stage may have changed, and who else answered was first.
    const { answered, entries } = await manuscripts.edit(params.id, (doc) => {
      allow(signed, 'answer', params.id);
      const entries = readEntries(suggestionsOf(doc));
      const ids = wanted.map(({ id }) => id);
      return { answered: answerSuggestions(doc, ids, answer), entries };
    });
    const done = wanted.filter(({ id }) => answered.includes(id));
    await keepAnswers(done, params.id, signed.member.id, answer);
    if (answer === 'accept') await noteDeletions(done, params.id, entries);
    if (answered.length > 0) publish({ kind: 'suggestions', article: params.id });
    return { answered };
  });

  /** What the server took away is its suggestion's author's. */
  async function noteDeletions(
    accepted: readonly Known[],
    article: string,
    entries: ReadonlyMap<string, Entry>,
  ): Promise<void> {
    const acts = accepted.flatMap(({ id, member }) => {
      const entry = entries.get(id);
      if (member === null || entry?.kind !== 'delete') return [];
      return { article, why: 'accepted' as const, member, added: [], removed: [...entry.ranges] };
    });
    await newsroom.transaction().execute((one) => noteActedFor(one, acts, now()));
  }

  async function keepAnswers(
    answered: readonly Known[],
    article: string,
    member: string,
    answer: 'accept' | 'reject',
  ): Promise<void> {
    if (answered.length === 0) return;
    const at = now();
    await newsroom.transaction().execute(async (one) => {
      for (let i = 0; i < answered.length; i += 500) {
        const values = answered.slice(i, i + 500).map((known) => ({
          article,
          suggestion: known.id,
          author: known.member,
          made_at: known.at,
          kind: known.kind,
          text: known.text.slice(0, mostTold),
          was: JSON.stringify(known.was),
          becomes: JSON.stringify(known.becomes),
          answer,
          member,
          at: at.toISOString(),
        }));
        await one.insertInto('suggestion_answers').values(values).execute();
      }
      const detail = {
        answer,
        suggestions: answered.map(({ id }) => id).slice(0, 100),
        count: answered.length,
      };
      await addRecord(one, { kind: 'story.suggestionsAnswered', member, article, detail, at });
    });
  }
}

/** Corrections of a signed story that alter no meaning: asked for, and confirmed by the editor, whereupon the
 * signature goes over to the corrected words. */
import * as Y from 'yjs';
import { AppError } from '../../shared/base/errors.ts';
import { newId } from '../../shared/base/id.ts';
import { flatIndex, manuscriptOf, readParagraphs, storyParagraph } from '../../shared/manuscript/flat.ts';
import type { ParagraphStyle } from '../../shared/manuscript/styles.ts';
import type { Actor } from '../../shared/people/can.ts';
import type { Correction } from '../../shared/review/calls.ts';
import { knownNames, needsReview } from '../../shared/review/correction.ts';
import { decideStory } from '../../shared/review/decide.ts';
import type { StoryAction } from '../../shared/review/stages.ts';
import { readOriginal } from '../../shared/suggestions/read.ts';
import { addRecord } from '../record/record.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import { noteActedFor, watched } from '../versions/acted-for.ts';
import { type ActDeps, keepWhatWasDecided } from './act.ts';
import { readReviewSettings } from './settings.ts';
import { hashOfDoc } from './signing.ts';
import { standingOf } from './standing.ts';
import type { ReviewTables } from './table.ts';

type Row = ReviewTables['corrections'];

export interface AskedCorrection {
  paragraph: number;
  start: number;
  quote: string;
  wanted: string;
  note: string;
}

const told = (row: Row): Correction => ({
  id: row.id,
  at: row.at,
  member: row.member,
  paragraph: row.paragraph,
  start: row.start,
  quote: row.quote,
  wanted: row.wanted,
  note: row.note,
  state: row.state,
  answeredBy: row.answered_by,
  answeredAt: row.answered_at,
  answer: row.answer,
});

/** The newest first. */
export async function correctionsOf(newsroom: Newsroom, article: string): Promise<Correction[]> {
  const rows = newsroom.selectFrom('corrections').selectAll().where('article', '=', article);
  return (await rows.orderBy('at', 'desc').orderBy('id').execute()).map(told);
}

/** Refuses unless the member may do this to the story as it stands; `reopen` is what whoever may ask may do. */
async function allowed(deps: ActDeps, actor: Actor, article: string, action: StoryAction) {
  const standing = await standingOf(deps.newsroom, deps.manuscripts, article);
  if (!standing) throw new AppError('notFound');
  const { steps } = await readReviewSettings(deps.newsroom);
  const decision = decideStory({ action, actor, reason: '—' }, standing.facts, steps);
  if (!decision.ok)
    throw new AppError(decision.reason === 'notYours' ? 'notAllowed' : 'conflict', decision.reason);
  return standing;
}

type Place = { index: number; style: ParagraphStyle; text: string; start: number };

/** Where words stand in a paragraph: at `start`, or else where they stand once; null when nowhere or more often. */
function placeIn(doc: Y.Doc, { paragraph, start }: AskedCorrection, words: string): Place | null {
  const found = readParagraphs(manuscriptOf(doc))[paragraph];
  if (!found) return null;
  const { text, style } = storyParagraph(found);
  let at = start;
  if (!text.startsWith(words, start)) {
    at = text.indexOf(words);
    if (at < 0 || text.includes(words, at + 1)) return null;
  }
  return { index: flatIndex(found, at), style, text, start: at };
}

/** Refuses what may alter the meaning, with the reason; and words that do not stand there. */
async function requireSlip(deps: ActDeps, article: string, asked: AskedCorrection) {
  const people = await deps.newsroom.selectFrom('members').select('name').execute();
  const { place, story } = await deps.manuscripts.read(article, (doc) => ({
    place: placeIn(doc, asked, asked.quote),
    story: readOriginal(article, doc),
  }));
  if (!place) throw new AppError('conflict', 'the words do not stand there');
  const { quote, wanted } = asked;
  const { style, text, start } = place;
  const names = people.map(({ name }) => name);
  const reason = needsReview({ style, text, start, quote, wanted }, knownNames(story.paragraphs, names));
  if (reason) throw new AppError('badInput', reason);
}

export async function askCorrection(
  deps: ActDeps,
  actor: Actor,
  article: string,
  asked: AskedCorrection,
): Promise<Correction> {
  await allowed(deps, actor, article, 'reopen');
  await requireSlip(deps, article, asked);
  const row: Row = {
    ...asked,
    id: newId((bytes) => crypto.getRandomValues(bytes)),
    article,
    at: deps.now().toISOString(),
    member: actor.id,
    state: 'asked',
    answered_by: null,
    answered_at: null,
    answer: '',
  };
  await deps.newsroom.transaction().execute(async (one) => {
    await one.insertInto('corrections').values(row).execute();
    const detail = { correction: row.id, ...asked };
    await addRecord(one, {
      kind: 'story.correctionAsked',
      member: actor.id,
      article,
      detail,
      at: new Date(row.at),
    });
  });
  return told(row);
}

export async function answerCorrection(
  deps: ActDeps,
  actor: Actor,
  {
    article,
    correction,
    answer,
    reason,
    stated,
  }: {
    article: string;
    correction: string;
    answer: 'apply' | 'refuse';
    reason: string;
    /** Whether the editor stated that it is no name, no fact, no number and no cut. */
    stated: boolean;
  },
): Promise<Correction> {
  const { newsroom, manuscripts } = deps;
  const rows = newsroom.selectFrom('corrections').selectAll().where('article', '=', article);
  const row = await rows.where('id', '=', correction).executeTakeFirst();
  if (!row) throw new AppError('notFound');
  const standing = await allowed(deps, actor, article, 'correct');
  if (row.state !== 'asked') throw new AppError('conflict', 'answered already');
  if (answer === 'refuse' && reason === '') throw new AppError('badInput', 'reasonNeeded');
  if (answer === 'apply' && !stated) throw new AppError('badInput', 'notStated');

  const before = standing.hash;
  const signed = await signatureOf(newsroom, article);
  // What was asked for before a name was known, say, is looked at again.
  if (answer === 'apply' && before === signed) await requireSlip(deps, article, row);
  const edited =
    answer === 'apply'
      ? await manuscripts.edit(article, (doc) => watched(doc, () => correct(doc, row, signed)))
      : null;
  const after = edited?.value ?? before;
  const at = deps.now();
  const answered = {
    state: answer === 'apply' ? ('applied' as const) : ('refused' as const),
    answered_by: actor.id,
    answered_at: at.toISOString(),
    answer: reason,
  };
  await newsroom.transaction().execute(async (one) => {
    const done = await one
      .updateTable('corrections')
      .set(answered)
      .where('id', '=', correction)
      .where('state', '=', 'asked')
      .executeTakeFirst();
    if (done.numUpdatedRows !== 1n) throw new AppError('conflict', 'answered already');
    if (answer === 'apply') {
      const moved = one.updateTable('articles').set({ signed_hash: after }).where('id', '=', article);
      await moved.where('stage', '=', 'signed').execute();
    }
    if (edited) await noteActedFor(one, [{ ...edited, article, why: 'corrected', member: row.member }], at);
    const { quote, wanted, paragraph } = row;
    const kind = answer === 'apply' ? 'story.corrected' : 'story.correctionRefused';
    const detail = { correction, paragraph, quote, wanted, reason, stated, before, after };
    await addRecord(one, { kind, member: actor.id, article, detail, at });
  });
  if (edited) await keepWhatWasDecided(deps, { article, why: 'correction', member: actor.id });
  return told({ ...row, ...answered });
}

async function signatureOf(newsroom: Newsroom, article: string): Promise<string | null> {
  const row = newsroom.selectFrom('articles').select('signed_hash').where('id', '=', article);
  return (await row.executeTakeFirst())?.signed_hash ?? null;
}

/** Puts the wanted words in the place of the quoted ones; gives the hash of what the story then reads like. Only what
 * was signed is corrected: a signature must not go over to words that nobody signed. */
function correct(doc: Y.Doc, row: Row, signed: string | null): string {
  const { article, quote, wanted } = row;
  const now = hashOfDoc(article, doc);
  if (now === signed) {
    if (!replace(doc, row, quote, wanted)) throw new AppError('conflict', 'the words no longer stand there');
    return hashOfDoc(article, doc);
  }
  // A server that ended between the edit and its row finds the words in place, and nothing else changed.
  const before = new Y.Doc();
  manuscriptOf(before);
  Y.applyUpdate(before, Y.encodeStateAsUpdate(doc));
  if (!replace(before, row, wanted, quote) || hashOfDoc(article, before) !== signed)
    throw new AppError('conflict', 'changed');
  return now;
}

/** Of what is replaced only what differs; false when it does not stand there. */
function replace(doc: Y.Doc, row: Row, from: string, to: string): boolean {
  const place = placeIn(doc, row, from);
  if (!place) return false;
  const text = manuscriptOf(doc);
  const most = Math.min(from.length, to.length);
  let same = 0;
  while (same < most && from[same] === to[same]) same++;
  if (same > 0 && /[\ud800-\udbff]/.test(from[same - 1] ?? '')) same -= 1;
  const at = place.index + same;
  if (to.length > same) text.insert(at + from.length - same, to.slice(same));
  if (from.length > same) text.delete(at, from.length - same);
  return true;
}

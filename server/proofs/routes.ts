/** The calls of a page's way to the press: decisions about it, and the marks on its proofs. */
import { api, type LiveEvent } from '../../shared/api.ts';
import { AppError } from '../../shared/base/errors.ts';
import { newId } from '../../shared/base/id.ts';
import type { Page } from '../../shared/pages/page.ts';
import type { Actor } from '../../shared/people/can.ts';
import type { PageReview } from '../../shared/proofs/calls.ts';
import { isAsked, markLimits, placeOf } from '../../shared/proofs/mark.ts';
import { decidePage } from '../../shared/review/decide.ts';
import { type PageAction, type PageStage, pageActions, pageTable } from '../../shared/review/stages.ts';
import type { Route, Signed } from '../http.ts';
import type { Settle } from '../notifications/settle.ts';
import type { Tell } from '../notifications/tell.ts';
import type { Seen } from '../pages/seen.ts';
import { addRecord, type RecordEntry } from '../record/record.ts';
import { answerCorrection, askCorrection } from '../review/corrections.ts';
import { readReviewSettings } from '../review/settings.ts';
import type { NewsroomTables } from '../storage/newsroom.ts';
import { createTurns } from '../turns.ts';
import { type PageStanding, type ProofDeps, readMarks, standingOfPage, storyReader } from './standing.ts';
import { tellMarked, tellMoved } from './telling.ts';

interface Deps extends ProofDeps {
  seen: Seen;
  now: () => Date;
  publish: (event: LiveEvent) => void;
  /** Asks every open socket again what it may. */
  refresh: () => void;
  corrections: Parameters<typeof askCorrection>[0];
  tell: Tell;
  settle: Settle;
}

const freshId = () => newId((bytes) => crypto.getRandomValues(bytes));
const isProof = (stage: PageStage) => stage === 'proof1' || stage === 'proof2' || stage === 'proof3';

/** A proofreader who has not read another pass marks; the final proof is read by the desk. */
function mayMark(actor: Actor, { facts }: PageStanding): boolean {
  if (facts.stage === 'final') return actor.role === 'editor' || actor.role === 'deskHead';
  const elsewhere = facts.passes.some(({ member, stage }) => member === actor.id && stage !== facts.stage);
  return isProof(facts.stage) && actor.role === 'proofreader' && !elsewhere;
}

const mayAnswer = (actor: Actor, { facts }: PageStanding) =>
  (isProof(facts.stage) || facts.stage === 'final') && actor.role === 'editor';

export function proofRoutes(route: Route, deps: Deps): void {
  const { newsroom, seen, now, publish } = deps;
  const inTurn = createTurns();

  /** A page to somebody of the staff: correspondents are shown pages story by story. */
  async function pageOf(signed: Signed, id: string): Promise<Page> {
    const page = await seen.pageFor(signed, id);
    if (signed.member.role === 'correspondent') throw new AppError('notAllowed');
    return page;
  }

  async function told(actor: Actor, page: Page): Promise<PageReview> {
    const { steps } = await readReviewSettings(newsroom);
    const standing = await standingOfPage(deps, page, (await stageOf(page)) === 'final');
    const { facts, since, decisions, marks, hash, signedHash } = standing;
    // Marks that were put right in their stories are found so here.
    if (mayAnswer(actor, standing) && !marks.some(isAsked))
      await deps.settle({ page: page.id, marks: 'none' });
    return {
      stage: facts.stage,
      since,
      acts: pageActions.flatMap((action) => {
        const step = pageTable[facts.stage][action];
        if (!step?.by.includes(actor.role)) return [];
        const decided = decidePage({ action, actor, reason: '—' }, facts, steps);
        return [{ action, reason: step.reason === true, refused: decided.ok ? null : decided.reason }];
      }),
      signed: facts.stage === 'press' ? { holds: signedHash === hash } : null,
      mayMark: mayMark(actor, standing),
      mayAnswer: mayAnswer(actor, standing),
      decisions: decisions.map(({ page: _, ...decision }) => decision),
      marks,
    };
  }

  /** What editors were asked to answer is done when no mark is left: answered, taken back, or put right in its story. */
  async function afterMarks(page: Page) {
    const marks = await readMarks(deps, page.id);
    if (!marks.some(isAsked)) await deps.settle({ page: page.id, marks: 'none' });
  }

  const stageOf = async ({ id }: Page) =>
    (await newsroom.selectFrom('pages').select('stage').where('id', '=', id).executeTakeFirstOrThrow()).stage;

  async function act(actor: Actor, page: Page, action: PageAction, reason: string) {
    const { facts, hash, marks } = await standingOfPage(deps, page, action === 'sign');
    const { steps } = await readReviewSettings(newsroom);
    const decision = decidePage({ action, actor, reason }, facts, steps);
    if (!decision.ok) {
      const mine = decision.reason === 'notYours' || decision.reason === 'notTwice';
      throw new AppError(mine ? 'notAllowed' : 'conflict', decision.reason);
    }
    const at = now();
    const [before, after] = [facts.stage, decision.stage];
    await newsroom.transaction().execute(async (one) => {
      const moved = await one
        .updateTable('pages')
        .set({
          stage: after,
          signed_hash: after === 'press' ? hash : null,
          ...(after === before ? {} : { stage_at: at.toISOString() }),
        })
        .where('id', '=', page.id)
        .where('stage', '=', before)
        .executeTakeFirst();
      if (moved.numUpdatedRows !== 1n) throw new AppError('conflict', 'somebody was quicker');
      const row = { member: actor.id, role: actor.role, action, before, after, reason };
      await one
        .insertInto('page_decisions')
        .values({ id: freshId(), page: page.id, at: at.toISOString(), ...row })
        .execute();
      const { member, ...rest } = row;
      const detail = { ...rest, hash };
      await addRecord(one, { kind: 'page.decided', member, page: page.id, detail, at });
    });
    // Who has read the final proof is asked no more; the page waits for the others.
    if (action === 'read') await deps.settle({ page: page.id, member: actor.id });
    if (after === before) return;
    const passes = [...facts.passes, { stage: before, member: actor.id }];
    const passed = passes.filter(({ stage }) => stage !== after).map(({ member }) => member);
    const name = `${page.number} ${page.section}`.trim();
    if (!marks.some(isAsked)) await deps.settle({ page: page.id, marks: 'none' });
    await tellMoved(deps, { page: page.id, by: actor.id, after, name, reason, passed });
  }

  function changed() {
    publish({ kind: 'pages' });
    deps.refresh();
  }

  route(api.pageReview, async ({ signed, params }) => told(signed.member, await pageOf(signed, params.id)));

  route(api.actOnPage, async ({ signed, params, body }) => {
    const page = await pageOf(signed, params.id);
    await inTurn(page.id, () => act(signed.member, page, body.action, body.reason ?? ''));
    changed();
    return told(signed.member, page);
  });

  route(api.addMark, async ({ signed, params, body }) => {
    const page = await pageOf(signed, params.id);
    const standing = await standingOfPage(deps, page, false);
    if (!mayMark(signed.member, standing)) throw new AppError('notAllowed', 'notNow');
    if (standing.marks.length >= markLimits.perPage) throw new AppError('tooMany');
    const article = body.article ?? null;
    if (article !== null && !page.frames.some((frame) => frame.article === article))
      throw new AppError('badInput', 'no story of this page');
    let around = { before: '', after: '' };
    if (body.quote !== '' && article !== null) {
      const { paragraphs } = await storyReader(deps.manuscripts)(article);
      const text = paragraphs[body.paragraph ?? -1]?.text ?? '';
      const start = body.start ?? 0;
      if (!text.startsWith(body.quote, start)) throw new AppError('conflict', 'the words do not stand there');
      const end = start + body.quote.length;
      around = {
        before: text.slice(Math.max(0, start - markLimits.around), start),
        after: text.slice(end, end + markLimits.around),
      };
    }
    const at = now();
    const { kind, quote, wanted, note } = body;
    const mark = {
      id: freshId(),
      page: page.id,
      at: at.toISOString(),
      member: signed.member.id,
      stage: standing.facts.stage,
      kind,
      article,
      paragraph: body.paragraph ?? null,
      start: body.start ?? null,
      quote,
      ...around,
      wanted,
      note,
      answer: 'open' as const,
      answered_by: null,
      answered_at: null,
      reason: '',
    };
    await newsroom.transaction().execute(async (one) => {
      await one.insertInto('page_marks').values(mark).execute();
      await addRecord(one, recorded(mark, { kind: 'page.markPut', member: signed.member.id, at }));
    });
    publish({ kind: 'pages' });
    const change = body.quote === '' ? '' : `${body.quote} → ${body.wanted}`;
    const text = [page.number, change, body.note].filter((part) => part !== '').join(' ');
    await tellMarked(deps, { page: page.id, by: signed.member.id, text });
    return told(signed.member, page);
  });

  async function markOf(page: Page, id: string) {
    const rows = newsroom.selectFrom('page_marks').selectAll().where('page', '=', page.id);
    const row = await rows.where('id', '=', id).executeTakeFirst();
    if (!row) throw new AppError('notFound');
    return row;
  }

  /** Puts the wanted words into a signed story as a correction, which carries its signature over. */
  async function correct(actor: Actor, row: Awaited<ReturnType<typeof markOf>>, stated: boolean) {
    const { article, paragraph, start, quote, wanted } = row;
    if (article === null || paragraph === null || start === null || quote === '') return;
    const stage = newsroom.selectFrom('articles').select('stage').where('id', '=', article);
    // A story that is not signed is put right in its own manuscript, where the mark then finds it.
    if ((await stage.executeTakeFirst())?.stage !== 'signed') return;
    if (!stated) throw new AppError('badInput', 'notStated');
    // Earlier corrections may have moved its words.
    const now = placeOf(await storyReader(deps.manuscripts)(article), row) ?? { paragraph, start };
    const asked = { ...now, quote, wanted, note: row.note };
    const { id } = await askCorrection(deps.corrections, actor, article, asked);
    const applied = { article, correction: id, answer: 'apply', reason: '', stated } as const;
    await answerCorrection(deps.corrections, actor, applied);
    publish({ kind: 'review', article });
  }

  route(api.answerMark, async ({ signed, params, body }) => {
    const page = await pageOf(signed, params.id);
    const actor = signed.member;
    await inTurn(page.id, async () => {
      const row = await markOf(page, params.mark);
      const standing = await standingOfPage(deps, page, false);
      if (!mayAnswer(actor, standing)) throw new AppError('notAllowed', 'notNow');
      if (body.answer === 'reject' && body.reason === '') throw new AppError('badInput', 'reasonNeeded');
      const outcome = standing.marks.find(({ id }) => id === row.id)?.outcome;
      if (body.answer === 'apply' && (outcome === 'open' || outcome === 'missed'))
        await correct(actor, row, body.stated);
      const at = now();
      await newsroom.transaction().execute(async (one) => {
        await one
          .updateTable('page_marks')
          .set({
            answer: body.answer === 'apply' ? 'applied' : 'rejected',
            answered_by: actor.id,
            answered_at: at.toISOString(),
            reason: body.reason,
          })
          .where('id', '=', row.id)
          .execute();
        const { answer, reason } = body;
        const entry = { kind: 'page.markAnswered', member: actor.id, at } as const;
        await addRecord(one, recorded(row, entry, { answer, reason }));
      });
    });
    await afterMarks(page);
    publish({ kind: 'pages' });
    return told(actor, page);
  });

  route(api.removeMark, async ({ signed, params }) => {
    const page = await pageOf(signed, params.id);
    await inTurn(page.id, async () => {
      const row = await markOf(page, params.mark);
      if (row.member !== signed.member.id) throw new AppError('notAllowed');
      if (row.answer !== 'open') throw new AppError('conflict', 'answered already');
      // What a pass handed on is the next reader's to follow.
      if (row.stage !== (await stageOf(page))) throw new AppError('conflict', 'notNow');
      await newsroom.transaction().execute(async (one) => {
        await one.deleteFrom('page_marks').where('id', '=', row.id).execute();
        const entry = { kind: 'page.markTakenBack', member: signed.member.id, at: now() } as const;
        await addRecord(one, recorded(row, entry));
      });
    });
    await afterMarks(page);
    publish({ kind: 'pages' });
    return told(signed.member, page);
  });
}

type MarkRow = NewsroomTables['page_marks'];

/** What the record keeps of a mark. */
function recorded(
  row: Pick<MarkRow, 'id' | 'page' | 'article' | 'stage' | 'kind' | 'quote' | 'wanted' | 'note'>,
  entry: Pick<RecordEntry, 'kind' | 'member' | 'at'>,
  more: Record<string, unknown> = {},
): RecordEntry {
  const { id: mark, page, article, stage, kind, quote, wanted, note } = row;
  const detail = { mark, stage, kind, quote, wanted, note, ...more };
  return { ...entry, page, ...(article === null ? {} : { article }), detail };
}

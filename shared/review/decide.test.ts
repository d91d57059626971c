/** 三审三校: every duty at every stage with every act, and what may never happen whatever the order. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reviewerOf } from '../people/can.ts';
import { type Role, roles } from '../people/person.ts';
import { allSteps, decidePage, decideStory, type PageFacts, type StoryFacts } from './decide.ts';
import {
  type PageStage,
  pageActions,
  pageStages,
  type ReviewStage,
  storyActions,
  storyStages,
} from './stages.ts';

const facts: StoryFacts = {
  stage: 'draft',
  kept: 'draft',
  section: '',
  authors: ['author'],
  reviews: [],
  complete: true,
  openComments: 0,
  openSuggestions: 0,
};

/** Who may do what by domain.md, written out by hand: stage, act, the duties that may. */
const right: [string, string, Role[], string][] = [
  ['draft', 'spike', ['editor', 'deskHead', 'chief'], 'spiked'],
  ['first', 'pass', ['editor'], 'second'],
  ['first', 'return', ['editor'], 'draft'],
  ['first', 'spike', ['editor', 'deskHead', 'chief'], 'spiked'],
  ['second', 'pass', ['deskHead'], 'third'],
  ['second', 'return', ['deskHead'], 'draft'],
  ['second', 'spike', ['deskHead', 'chief'], 'spiked'],
  ['third', 'sign', ['chief'], 'signed'],
  ['third', 'return', ['chief'], 'draft'],
  ['third', 'hold', ['chief'], 'held'],
  ['third', 'spike', ['chief'], 'spiked'],
  ['held', 'resume', ['chief'], 'third'],
  ['held', 'return', ['chief'], 'draft'],
  ['held', 'spike', ['chief'], 'spiked'],
  ['signed', 'correct', ['editor'], 'signed'],
  ['signed', 'reopen', ['editor', 'deskHead', 'chief', 'proofreader'], 'third'],
  ['spiked', 'restore', ['deskHead', 'chief'], 'draft'],
];

test('every duty × stage × act on a story is allowed exactly where the newsroom’s rules say', () => {
  for (const stage of storyStages)
    for (const action of storyActions)
      for (const role of roles) {
        const doing = { action, actor: { id: 'somebody', role }, to: 'draft' as const, reason: '核实' };
        const got = decideStory(doing, { ...facts, stage });
        const rule = right.find((one) => one[0] === stage && one[1] === action);
        const where = `${role} ${action} at ${stage}`;
        if (rule?.[2].includes(role)) expect(got, where).toEqual({ ok: true, stage: rule[3] });
        else expect(got.ok, where).toBe(false);
      }
});

test('authors hand in, withdraw and ask for changes, and judge nothing of their own', () => {
  const author = (role: Role) => ({ id: 'author', role });
  expect(decideStory({ action: 'submit', actor: author('correspondent') }, facts)).toEqual({
    ok: true,
    stage: 'first',
  });
  expect(decideStory({ action: 'submit', actor: author('reporter') }, { ...facts, complete: false })).toEqual(
    {
      ok: false,
      reason: 'incomplete',
    },
  );
  for (const [stage, reviewer] of Object.entries(reviewerOf) as [ReviewStage, Role][])
    for (const action of ['pass', 'sign', 'return'] as const) {
      const got = decideStory(
        { action, actor: author(reviewer), reason: '核', to: 'draft' },
        { ...facts, stage },
      );
      expect(got.ok, `${reviewer} ${action}`).toBe(false);
    }
  expect(
    decideStory(
      { action: 'reopen', actor: author('reporter'), reason: '人名有误' },
      { ...facts, stage: 'signed' },
    ),
  ).toEqual({ ok: true, stage: 'third' });
});

test('what is wanting is said: a reason, a place to return to, answers to what is open', () => {
  const third = { ...facts, stage: 'third' as const };
  const chief = { id: 'c', role: 'chief' as const };
  expect(decideStory({ action: 'hold', actor: chief, reason: ' ' }, third)).toEqual({
    ok: false,
    reason: 'reasonNeeded',
  });
  expect(decideStory({ action: 'return', actor: chief, reason: '核', to: 'signed' }, third)).toEqual({
    ok: false,
    reason: 'whereTo',
  });
  expect(decideStory({ action: 'sign', actor: chief }, { ...third, openComments: 1 })).toEqual({
    ok: false,
    reason: 'openComments',
  });
  expect(decideStory({ action: 'sign', actor: chief }, { ...third, openSuggestions: 1 })).toEqual({
    ok: false,
    reason: 'openSuggestions',
  });
});

test('steps that a paper leaves out are passed over, also on the way back', () => {
  const steps = { ...allSteps, second: false };
  const editor = { id: 'e', role: 'editor' as const };
  const chief = { id: 'c', role: 'chief' as const };
  expect(decideStory({ action: 'pass', actor: editor }, { ...facts, stage: 'first' }, steps)).toEqual({
    ok: true,
    stage: 'third',
  });
  const back = { action: 'return', actor: chief, reason: '核', to: 'second' } as const;
  expect(decideStory(back, { ...facts, stage: 'third' }, steps)).toEqual({ ok: false, reason: 'whereTo' });
});

test('no walk signs a story that one person reviewed twice, or wrote and reviewed', () => {
  const people = roles.flatMap((role) => [
    { id: `${role}1`, role },
    { id: `${role}2`, role },
  ]);
  const step = fc.record({
    who: fc.constantFrom(...people),
    action: fc.constantFrom(...storyActions),
    to: fc.constantFrom(...storyStages),
  });
  fc.assert(
    fc.property(
      fc.subarray(
        people.map(({ id }) => id),
        { minLength: 1, maxLength: 4 },
      ),
      fc.array(step, { maxLength: 80 }),
      (authors, walk) => {
        let now: StoryFacts = { ...facts, authors };
        for (const { who, action, to } of walk) {
          // Somebody may have been moved to another duty meanwhile.
          const got = decideStory({ action, actor: who, to, reason: '核' }, now);
          if (!got.ok) continue;
          expect(who.role === 'administrator' && !authors.includes(who.id)).toBe(false);
          const passed = action === 'pass' || action === 'sign';
          const reviews = passed
            ? [...now.reviews, { stage: now.stage as ReviewStage, member: who.id }]
            : now.reviews;
          if (action === 'sign') {
            const reviewers = new Set(reviews.map(({ member }) => member));
            expect([...reviewers].some((one) => authors.includes(one))).toBe(false);
          }
          now = {
            ...now,
            kept: now.stage,
            stage: got.stage,
            reviews: got.stage === 'draft' ? [] : reviews,
          };
        }
      },
    ),
    { numRuns: 500 },
  );
  const moved = { ...facts, stage: 'third' as const, reviews: [{ stage: 'first' as const, member: 'x' }] };
  expect(decideStory({ action: 'sign', actor: { id: 'x', role: 'chief' } }, moved)).toEqual({
    ok: false,
    reason: 'notTwice',
  });
});

const page: PageFacts = { stage: 'layout', passes: [], openMarks: 0, unsigned: 0, errors: 0 };

test('a page goes through three proofs by three people, is read twice and signed, and only the chief takes it back', () => {
  const by = (id: string, role: Role) => ({ id, role });
  let now = page;
  const go = (action: (typeof pageActions)[number], actor: { id: string; role: Role }, reason = '') => {
    const got = decidePage({ action, actor, reason }, now);
    if (got.ok)
      now = {
        ...now,
        passes:
          got.stage === 'layout'
            ? []
            : [...now.passes, { stage: now.stage, member: actor.id, role: actor.role }],
        stage: got.stage as PageStage,
      };
    return got.ok ? got.stage : got.reason;
  };
  expect(go('ready', by('d', 'designer'))).toBe('proof1');
  expect(go('proofed', by('p1', 'proofreader'))).toBe('proof2');
  expect(go('proofed', by('p1', 'proofreader'))).toBe('notTwice');
  expect(go('proofed', by('p2', 'proofreader'))).toBe('proof3');
  now = { ...now, openMarks: 2 };
  expect(go('proofed', by('p3', 'proofreader'))).toBe('proof2');
  now = { ...now, openMarks: 0 };
  expect(go('proofed', by('p2', 'proofreader'))).toBe('proof3');
  expect(go('proofed', by('p3', 'proofreader'))).toBe('final');
  expect(go('sign', by('c', 'chief'))).toBe('notRead');
  expect(go('read', by('e', 'editor'))).toBe('final');
  expect(go('read', by('h', 'deskHead'))).toBe('final');
  now = { ...now, openMarks: 1 };
  expect(go('sign', by('c', 'chief'))).toBe('openMarks');
  now = { ...now, openMarks: 0, unsigned: 1 };
  expect(go('sign', by('c', 'chief'))).toBe('notSigned');
  now = { ...now, unsigned: 0 };
  expect(go('sign', by('a', 'administrator'))).toBe('notYours');
  expect(go('sign', by('c', 'chief'))).toBe('press');
  expect(go('reopen', by('e', 'editor'), '撤稿')).toBe('notYours');
  expect(go('reopen', by('c', 'chief'))).toBe('reasonNeeded');
  expect(go('reopen', by('c', 'chief'), '撤稿')).toBe('layout');
});

/** Who may do what to a page by domain.md, written out by hand: stage, act, the duties that may, where it goes. */
const rightOfPage: [PageStage, string, Role[], PageStage][] = [
  ['layout', 'ready', ['designer'], 'proof1'],
  ['proof1', 'proofed', ['proofreader'], 'proof2'],
  ['proof1', 'refuse', ['designer', 'editor', 'chief'], 'layout'],
  ['proof2', 'proofed', ['proofreader'], 'proof3'],
  ['proof2', 'refuse', ['designer', 'editor', 'chief'], 'layout'],
  ['proof3', 'proofed', ['proofreader'], 'final'],
  ['proof3', 'refuse', ['designer', 'editor', 'chief'], 'layout'],
  ['final', 'read', ['editor', 'deskHead'], 'final'],
  ['final', 'refuse', ['editor', 'deskHead', 'chief'], 'layout'],
  ['final', 'sign', ['chief'], 'press'],
  ['press', 'reopen', ['chief'], 'layout'],
];

test('every duty × stage × act on a page is allowed exactly where the newsroom’s rules say', () => {
  const passes = [
    { stage: 'final' as const, member: 'e', role: 'editor' as const },
    { stage: 'final' as const, member: 'h', role: 'deskHead' as const },
  ];
  for (const stage of pageStages)
    for (const action of pageActions)
      for (const role of roles) {
        const read = { ...page, stage, passes: stage === 'final' && action === 'sign' ? passes : [] };
        const got = decidePage({ action, actor: { id: 'somebody', role }, reason: '核' }, read);
        const rule = rightOfPage.find((one) => one[0] === stage && one[1] === action);
        const where = `${role} ${action} at ${stage}`;
        if (rule?.[2].includes(role)) expect(got, where).toEqual({ ok: true, stage: rule[3] });
        else expect(got.ok, where).toBe(false);
      }
});

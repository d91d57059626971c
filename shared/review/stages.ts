/** The stages of a story and of a page 三审三校 as two tables: what may be done at each, by whom, and where it leads. */
import { type Stage, stages } from '../people/can.ts';
import type { Role } from '../people/person.ts';

export const storyStages = stages;
export type StoryStage = Stage;

export const reviewStages = ['first', 'second', 'third'] as const;
export type ReviewStage = (typeof reviewStages)[number];

export const storyActions = [
  /** The authors hand it in. */
  'submit',
  'pass',
  'return',
  /** 缓发: kept for another day. */
  'hold',
  'resume',
  'spike',
  'restore',
  'sign',
  /** Of what changes no meaning: the editor confirms it, and the signature stays. */
  'correct',
  /** Of a fact, a name, the headline, a cut: back to third review. */
  'reopen',
] as const;
export type StoryAction = (typeof storyActions)[number];

/** What a member does to a story as such; a correction is of single words, and has calls of its own. */
export const storyActs = storyActions.filter((action) => action !== 'correct');
export type StoryAct = Exclude<StoryAction, 'correct'>;

/** Who may: the story's authors, or a duty. */
export type Doer = 'author' | Role;

export interface StoryStep {
  by: readonly Doer[];
  /** Where it leads; a list is chosen from. `next` is the next review that the paper has, `kept` the stage that
   * it was held or spiked at, `same` stays. */
  to: StoryStage | readonly StoryStage[] | 'next' | 'kept' | 'same';
  /** Whether a reason has to be given. */
  reason?: true;
}

type StoryTable = Record<StoryStage, Partial<Record<StoryAction, StoryStep>>>;

const spikes = { by: ['editor', 'deskHead', 'chief'], to: 'spiked', reason: true } as const;

export const storyTable: StoryTable = {
  draft: {
    submit: { by: ['author'], to: 'next' },
    spike: { by: ['author', 'editor', 'deskHead', 'chief'], to: 'spiked', reason: true },
  },
  first: {
    pass: { by: ['editor'], to: 'next' },
    return: { by: ['editor'], to: 'draft', reason: true },
    spike: spikes,
  },
  second: {
    pass: { by: ['deskHead'], to: 'next' },
    return: { by: ['deskHead'], to: ['first', 'draft'], reason: true },
    spike: { ...spikes, by: ['deskHead', 'chief'] },
  },
  third: {
    sign: { by: ['chief'], to: 'signed' },
    return: { by: ['chief'], to: ['second', 'first', 'draft'], reason: true },
    hold: { by: ['chief'], to: 'held', reason: true },
    spike: { ...spikes, by: ['chief'] },
  },
  held: {
    resume: { by: ['chief'], to: 'third' },
    return: { by: ['chief'], to: ['second', 'first', 'draft'], reason: true },
    spike: { ...spikes, by: ['chief'] },
  },
  signed: {
    correct: { by: ['editor'], to: 'same', reason: true },
    reopen: { by: ['author', 'editor', 'deskHead', 'chief', 'proofreader'], to: 'third', reason: true },
  },
  spiked: {
    restore: { by: ['author', 'deskHead', 'chief'], to: 'kept' },
  },
};

export const pageStages = ['layout', 'proof1', 'proof2', 'proof3', 'final', 'press'] as const;
export type PageStage = (typeof pageStages)[number];

export const pageActions = [
  /** The designer gives the page out for the first proof. */
  'ready',
  /** A proofreader has read it: on to the next pass, or back to the second when marks are left at the third. */
  'proofed',
  /** 清样 read by the editor, by the desk head. */
  'read',
  'refuse',
  /** 签样: the chief, last. */
  'sign',
  'reopen',
] as const;
export type PageAction = (typeof pageActions)[number];

export interface PageStep {
  by: readonly Role[];
  to: PageStage | 'next' | 'same';
  reason?: true;
}

const proofed = { by: ['proofreader'], to: 'next' } as const;
const back = { by: ['designer', 'editor', 'chief'], to: 'layout', reason: true } as const;

export const pageTable: Record<PageStage, Partial<Record<PageAction, PageStep>>> = {
  layout: { ready: { by: ['designer'], to: 'next' } },
  proof1: { proofed, refuse: back },
  proof2: { proofed, refuse: back },
  proof3: { proofed, refuse: back },
  final: {
    read: { by: ['editor', 'deskHead'], to: 'same' },
    refuse: { ...back, by: ['editor', 'deskHead', 'chief'] },
    sign: { by: ['chief'], to: 'press' },
  },
  press: { reopen: { by: ['chief'], to: 'layout', reason: true } },
};

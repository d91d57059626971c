/** Who may do what: the permission table, the one place. */
import type { Role } from './person.ts';

export interface Actor {
  id: string;
  role: Role;
  /** Sections 版 that a lead answers for; none means all. */
  sections?: readonly string[];
}

export const stages = ['draft', 'first', 'second', 'third', 'held', 'signed', 'spiked'] as const;
export type Stage = (typeof stages)[number];

/** What a permission about an article depends on. */
export interface ArticleFacts {
  stage: Stage;
  /** The section it is for; '' when none yet. */
  section: string;
  /** Ids of the members on the story: listed reporters and invited correspondents. */
  people: readonly string[];
  /** Ids of those who wrote on it and were taken off. */
  former?: readonly string[];
}

export type ArticleAction =
  | 'read'
  | 'write'
  /** Propose changes in its text. */
  | 'suggest'
  /** Accept and reject what was proposed. */
  | 'answer'
  | 'comment'
  | 'invite'
  | 'rename'
  /** Say which section it is for, and so who leads it. */
  | 'classify'
  | 'export'
  /** Read everything that is on record about it: its file 稿件档案. */
  | 'file';

/** Who may read what is on record about every story. */
const records: readonly Role[] = ['editor', 'deskHead', 'chief', 'administrator'];

const leads: readonly Role[] = ['editor', 'deskHead', 'chief'];

/** The duty that reviews at a stage. */
export const reviewerOf = { first: 'editor', second: 'deskHead', third: 'chief' } as const satisfies Partial<
  Record<Stage, Role>
>;

export const isReview = (stage: Stage): stage is keyof typeof reviewerOf => stage in reviewerOf;

/** Whether the article is of this member's sections; who has none answers for all. */
export const isOfSections = ({ sections = [] }: Actor, { section }: Pick<ArticleFacts, 'section'>): boolean =>
  sections.length === 0 || section === '' || sections.includes(section);

/** Whether this member leads this article: by duty, and by section where the duty is bound to some. */
const leadsArticle = (actor: Actor, article: ArticleFacts): boolean =>
  leads.includes(actor.role) && isOfSections(actor, article);

/** Whether the words are this member's own, also after being taken off the story. */
export const isAuthor = ({ id }: Pick<Actor, 'id'>, { people, former = [] }: ArticleFacts): boolean =>
  people.includes(id) || former.includes(id);

/** Whether this member reviews the article at the stage where it is: never one's own words. */
const reviews = (actor: Actor, article: ArticleFacts): boolean =>
  isReview(article.stage) &&
  reviewerOf[article.stage] === actor.role &&
  isOfSections(actor, article) &&
  !isAuthor(actor, article);

/** Whether this member may do this to this article now. A removed member is nobody and never gets here. */
export function canOnArticle(actor: Actor, action: ArticleAction, article: ArticleFacts): boolean {
  const { stage } = article;
  const listed = article.people.includes(actor.id);
  const staff = actor.role !== 'correspondent';
  switch (action) {
    case 'read':
    case 'export':
    case 'comment':
      return staff || listed;
    case 'file':
      return records.includes(actor.role) || (listed && actor.role === 'reporter');
    case 'write':
      return listed && stage === 'draft';
    case 'suggest':
      return reviews(actor, article) || (listed && (stage === 'draft' || stage === 'first'));
    case 'answer':
      return reviews(actor, article) || (listed && stage === 'draft');
    case 'rename':
      return listed && stage === 'draft';
    case 'classify':
      return (staff && listed && stage === 'draft') || (leadsArticle(actor, article) && isOpen(stage));
    case 'invite':
      return ((staff && listed) || leadsArticle(actor, article)) && stage === 'draft';
  }
}

const isOpen = (stage: Stage) => stage === 'draft' || isReview(stage);

export type NewsroomAction =
  | 'article.create'
  | 'article.recover'
  | 'page.export'
  /** Make pages and editions, and set what stands on them and how: never the words of a story. */
  | 'page.lay'
  /** Change how the paper's stories are set. */
  | 'styles.change'
  /** Say which press the paper is printed on. */
  | 'press.change'
  /** Say which reviews and proofs the paper takes. */
  | 'review.change'
  | 'members.manage';

const layers: readonly Role[] = ['designer', 'editor', 'deskHead', 'chief'];

export function canInNewsroom(actor: Actor, action: NewsroomAction): boolean {
  switch (action) {
    case 'article.create':
      return true;
    case 'page.export':
      return actor.role !== 'correspondent';
    case 'page.lay':
      return layers.includes(actor.role);
    case 'styles.change':
      return actor.role === 'designer' || actor.role === 'chief';
    case 'article.recover':
    case 'press.change':
    case 'review.change':
    case 'members.manage':
      return actor.role === 'administrator';
  }
}

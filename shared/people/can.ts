/** Who may do what: the permission table, the one place. */
import type { Role } from './person.ts';

export interface Actor {
  id: string;
  role: Role;
  /** Sections 版 that a lead answers for; none means all. */
  sections?: readonly string[];
}

/** What a permission about an article depends on. */
export interface ArticleFacts {
  stage: Stage;
  /** The section it is for; '' when none yet. */
  section: string;
  /** Ids of the members on the story: listed reporters and invited correspondents. */
  people: readonly string[];
}

export const stages = ['draft', 'spiked'] as const;
export type Stage = (typeof stages)[number];

export type ArticleAction =
  | 'read'
  | 'write'
  | 'comment'
  | 'invite'
  | 'rename'
  /** Say which section it is for, and so who leads it. */
  | 'classify'
  | 'spike'
  | 'restore'
  | 'export';

const leads: readonly Role[] = ['editor', 'deskHead', 'chief'];

/** Whether this member leads this article: by duty, and by section where the duty is bound to some. */
function leadsArticle({ role, sections = [] }: Actor, { section }: ArticleFacts): boolean {
  return leads.includes(role) && (sections.length === 0 || section === '' || sections.includes(section));
}

/** Whether this member may do this to this article now. A removed member is nobody and never gets here. */
export function canOnArticle(actor: Actor, action: ArticleAction, article: ArticleFacts): boolean {
  const listed = article.people.includes(actor.id);
  const staff = actor.role !== 'correspondent';
  switch (action) {
    case 'read':
    case 'export':
      return staff || listed;
    case 'comment':
      return (staff || listed) && article.stage !== 'spiked';
    case 'write':
    case 'rename':
      return listed && article.stage === 'draft';
    case 'classify':
    case 'invite':
      return ((staff && listed) || leadsArticle(actor, article)) && article.stage === 'draft';
    case 'spike':
      return article.stage === 'draft' && ((staff && listed) || leadsArticle(actor, article));
    case 'restore':
      return article.stage === 'spiked' && ((staff && listed) || leadsArticle(actor, article));
  }
}

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
    case 'members.manage':
      return actor.role === 'administrator';
  }
}

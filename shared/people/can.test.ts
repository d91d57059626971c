/** The permission table where sections come into it; route by route it is held in server/house.test.ts. */
import { describe, expect, test } from 'vitest';
import {
  type ArticleAction,
  type ArticleFacts,
  canOnArticle,
  reviewerOf,
  type Stage,
  stages,
} from './can.ts';
import { type Role, roles } from './person.ts';

const story = (section: string, more: Partial<ArticleFacts> = {}): ArticleFacts => ({
  stage: 'draft',
  section,
  people: [],
  ...more,
});

describe('a lead with sections', () => {
  const lead = (role: Role, ...sections: string[]) => ({ id: 'lead', role, sections });
  const led: ArticleAction[] = ['invite', 'classify'];

  test.each(['editor', 'deskHead', 'chief'] as const)('as %s leads those and what has none yet', (role) => {
    for (const action of led) {
      expect(canOnArticle(lead(role, '要闻', '经济'), action, story('经济'))).toBe(true);
      expect(canOnArticle(lead(role, '要闻', '经济'), action, story(''))).toBe(true);
      expect(canOnArticle(lead(role, '要闻', '经济'), action, story('体育'))).toBe(false);
      expect(canOnArticle(lead(role), action, story('体育')), 'none means all').toBe(true);
    }
  });

  test('reads, comments and exports everywhere, and is as good as anybody where listed', () => {
    const elsewhere = lead('editor', '要闻');
    for (const action of ['read', 'comment', 'export'] as const)
      expect(canOnArticle(elsewhere, action, story('体育'))).toBe(true);
    const listed = story('体育', { people: ['lead'] });
    for (const action of ['write', 'rename', ...led] as const)
      expect(canOnArticle(elsewhere, action, listed)).toBe(true);
  });
});

test('sections make nobody a lead, and take nothing from anybody else', () => {
  for (const role of roles.filter((one) => !['editor', 'deskHead', 'chief'].includes(one)))
    for (const people of [[], ['member']])
      for (const action of ['read', 'write', 'comment', 'invite', 'rename', 'classify', 'export'] as const) {
        const facts = story('体育', { people });
        const without = canOnArticle({ id: 'member', role }, action, facts);
        for (const sections of [['体育'], ['要闻']])
          expect(canOnArticle({ id: 'member', role, sections }, action, facts)).toBe(without);
      }
});

describe('the text follows the stage', () => {
  const may = (stage: Stage, role: Role, id = 'somebody') => {
    const facts = story('', { stage, people: ['author'], former: ['left'] });
    return (['write', 'suggest', 'answer'] as const).filter((one) => canOnArticle({ id, role }, one, facts));
  };

  test('authors write drafts and propose at the first review; each review is its duty’s', () => {
    for (const role of roles) {
      for (const stage of stages) {
        const reviewer = Object.entries(reviewerOf).some((one) => one[0] === stage && one[1] === role);
        expect(may(stage, role), `${role} at ${stage}`).toEqual(reviewer ? ['suggest', 'answer'] : []);
        const author =
          stage === 'draft' ? ['write', 'suggest', 'answer'] : stage === 'first' ? ['suggest'] : [];
        expect(may(stage, role, 'author'), `author, ${role}, at ${stage}`).toEqual(author);
        expect(may(stage, role, 'left'), `former author, ${role}, at ${stage}`).toEqual([]);
      }
    }
  });
});

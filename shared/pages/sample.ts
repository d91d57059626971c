/** The sample page: 四开, five columns of 14 characters, one story above the other. */
import type { Page } from './page.ts';

export interface SamplePage {
  /** '' until the page is kept. */
  id?: string;
  articleA: string;
  articleB: string;
  /** ISO date of the edition. */
  date: string;
  number?: string;
  section?: string;
  paper?: string;
  credits?: Page['credits'];
}

export function samplePage(given: SamplePage): Page {
  const { id = '', articleA, articleB, date, number = 'A03', section = '要闻', paper = '同稿日报' } = given;
  const credits = given.credits ?? { editor: '', designer: '', proofreader: '' };
  return {
    id,
    number,
    section,
    paper,
    date,
    credits,
    format: 'tabloid',
    width: 275,
    height: 395,
    grid: { columns: 5, characters: 14, lines: 76, size: 9, pitch: 12.75, gap: 12 },
    frames: [
      {
        id: 'above',
        article: articleA,
        column: 0,
        line: 0,
        columns: 5,
        lines: 39,
        headlineSize: 30,
        picture: { column: 2, line: 0, columns: 2, lines: 10 },
      },
      {
        id: 'below',
        article: articleB,
        column: 0,
        line: 40,
        columns: 5,
        lines: 36,
        headlineSize: 30,
        picture: { column: 1, line: 9, columns: 2, lines: 14 },
      },
    ],
  };
}

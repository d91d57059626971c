/** The sample page: 四开, five columns of 14 characters, one story above the other. */
import { plainFrame, wholeCrop } from './frame.ts';
import type { Page } from './page.ts';
import { plainStyles } from './styles.ts';

export interface SamplePage {
  /** '' until the page is kept. */
  id?: string;
  edition?: string;
  articleA: string;
  articleB: string;
  /** ISO date of the edition. */
  date: string;
  number?: string;
  section?: string;
  paper?: string;
  credits?: Page['credits'];
}

const headline = {
  ...plainFrame('', 'story', { column: 0, line: 0, columns: 1, lines: 1 }).headline,
  size: 30,
};

export function samplePage(given: SamplePage): Page {
  const { id = '', articleA, articleB, date, number = 'A03', section = '要闻', paper = '同稿日报' } = given;
  const credits = given.credits ?? { editor: '', designer: '', proofreader: '' };
  return {
    id,
    edition: given.edition ?? '',
    position: 0,
    issue: '',
    head: 'folio',
    styles: plainStyles,
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
        ...plainFrame('above', 'story', { column: 0, line: 0, columns: 5, lines: 39 }),
        article: articleA,
        headline,
        pictures: [{ figure: 0, column: 2, line: 0, columns: 2, lines: 10, ...wholeCrop }],
      },
      {
        ...plainFrame('below', 'story', { column: 0, line: 40, columns: 5, lines: 36 }),
        article: articleB,
        headline,
        pictures: [{ figure: 0, column: 1, line: 9, columns: 2, lines: 14, ...wholeCrop }],
      },
    ],
  };
}

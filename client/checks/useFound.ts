/** What the server's preflight finds on a page when it is asked, in words: for a question before a decision. */
import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../shared/api.ts';
import type { Finding, Grade } from '../../shared/checks/finding.ts';
import type { Page } from '../../shared/pages/page.ts';
import { call, keys } from '../api.ts';
import { useArticles } from '../live/answers.ts';
import { findingWords, placeWords } from './findingWords.ts';

export interface Found {
  key: string;
  grade: Grade;
  what: string;
  where: string;
}

/** `found` is null until every page was checked. The gravest first. */
export function useFound(
  pages: readonly Page[],
  concerns: (finding: Finding, page: Page) => boolean,
): { found: Found[] | null; isError: boolean; retry: () => void } {
  const { t } = useTranslation(['checks', 'pages']);
  const articles = useArticles().data;
  const headlineOf = (id: string) => articles?.find((one) => one.id === id)?.headline ?? '';
  const answers = useQueries({
    queries: pages.map(({ id }) => ({
      queryKey: keys.preflight(id, 'asked'),
      queryFn: ({ signal }: { signal: AbortSignal }) => call(api.preflight, { params: { id }, signal }),
      // Whoever asks again means the page as it is by then.
      staleTime: 0,
      gcTime: 0,
    })),
  });
  const isHere = answers.every(({ data }) => data !== undefined);
  const found = answers.flatMap(({ data }, n) => {
    const page = pages[n];
    if (!data || !page) return [];
    return data.findings
      .filter((one) => concerns(one, page))
      .map((one) => ({
        key: `${page.id} ${JSON.stringify([one.rule, one.place, one.figures])}`,
        grade: one.grade,
        what: findingWords(one, { t, page, headlineOf }),
        where: placeWords(one, { t, page, headlineOf }),
      }));
  });
  return {
    found: isHere ? found : null,
    isError: answers.some(({ isError }) => isError),
    retry: () => {
      for (const { refetch } of answers) void refetch();
    },
  };
}

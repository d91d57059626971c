/** The call that says what was found on a page. */
import { api } from '../../shared/api.ts';
import { AppError } from '../../shared/base/errors.ts';
import { canInNewsroom } from '../../shared/people/can.ts';
import { readOriginal } from '../../shared/suggestions/read.ts';
import { composePages } from '../export/edition.ts';
import type { Route } from '../http.ts';
import type { Seen } from '../pages/seen.ts';
import type { Manuscripts } from '../sync/ports.ts';
import type { Preflight } from './preflight.ts';

interface Deps {
  seen: Seen;
  manuscripts: Manuscripts;
  preflight: Preflight;
  now: () => Date;
}

/** How often a minute one member may have a page checked: it is composed for it. */
const perMinute = 120;

export function checkRoutes(route: Route, { seen, manuscripts, preflight, now }: Deps): void {
  route(
    api.preflight,
    async ({ signed, params }) => {
      const page = await seen.pageFor(signed, params.id);
      if (!canInNewsroom(signed.member, 'page.export')) throw new AppError('notAllowed');
      const neighbours = await seen.neighbours(signed, page);
      const storyOf = (article: string) => manuscripts.read(article, (doc) => readOriginal(article, doc));
      const checkedAt = now().toISOString();
      const composed = await composePages({ pages: [page], neighbours, storyOf, proofOf: null });
      const [checked] = await Promise.all(composed.map((one) => preflight.check(one, neighbours)));
      return { findings: [], stories: [], ...checked, checkedAt };
    },
    perMinute,
  );
}

/** Preflight 付印前检查: every rule over a page, and what they found, the gravest first, in the page's order. */
import { type Finding, grades } from '../finding.ts';
import { unlabelled } from './advertisement.ts';
import { pictureAwaited } from './awaited.ts';
import { bylineMissing } from './byline.ts';
import { captionMissing } from './caption.ts';
import type { Check, Checked } from './checked.ts';
import { openComments } from './comments.ts';
import { creditMissing } from './credit.ts';
import { cut } from './cut.ts';
import { emptyFrame } from './empty.ts';
import { folioIncomplete } from './folio.ts';
import { gapLeft } from './gap.ts';
import { glyphMissing } from './glyph.ts';
import { headlineMissing } from './headline.ts';
import { jumpUnmatched } from './jump.ts';
import { pictureLeftOut } from './left-out.ts';
import { lineEnd, lineStart } from './line-ends.ts';
import { offGrid } from './off-grid.ts';
import { overlap } from './overlap.ts';
import { overset } from './overset.ts';
import { resolution } from './resolution.ts';
import { spikedPlaced } from './spiked.ts';
import { openSuggestions } from './suggestions.ts';
import { placedTwice } from './twice.ts';
import { outsideTypeArea } from './type-area.ts';
import { underset } from './underset.ts';
import { unsigned } from './unsigned.ts';

/** By code; in this order where grade and place are the same. */
export const preflightRules = {
  overset,
  cut,
  jumpUnmatched,
  placedTwice,
  spikedPlaced,
  unsigned,
  openSuggestions,
  openComments,
  headlineMissing,
  bylineMissing,
  pictureAwaited,
  pictureLeftOut,
  resolution,
  captionMissing,
  creditMissing,
  unlabelled,
  folioIncomplete,
  emptyFrame,
  overlap,
  offGrid,
  outsideTypeArea,
  glyphMissing,
  lineStart,
  lineEnd,
  gapLeft,
  underset,
} satisfies Record<string, Check>;

export type PreflightRule = keyof typeof preflightRules;

/** More than anybody reads: a page so broken is laid anew. */
const mostFindings = 300;

export function preflight(checked: Checked): Finding[] {
  const order = new Map(checked.page.frames.map(({ id }, n) => [id, n]));
  const at = ({ place }: Finding) => (place.frame === undefined ? -1 : (order.get(place.frame) ?? -1));
  return Object.entries(preflightRules)
    .flatMap(([rule, check]) =>
      check(checked).map(
        (one): Finding => ({ rule, ...one, place: { page: checked.page.id, ...one.place } }),
      ),
    )
    .sort((a, b) => grades.indexOf(a.grade) - grades.indexOf(b.grade) || at(a) - at(b))
    .slice(0, mostFindings);
}

/** How many errors are in print for each 10,000 characters, as the official inspections of newspapers count them. */

export const errorKinds = ['character', 'fact', 'mark'] as const;
export type ErrorKind = (typeof errorKinds)[number];

/** What one error of each kind counts: a wrong, missing or superfluous character; a fault of fact, logic or grammar;
 * a wrong mark. */
export type ErrorWeights = Record<ErrorKind, number>;

/** As the inspections are known to count (《报纸质量管理规定》, 编校差错率); a paper may set its own. */
export const usualWeights: ErrorWeights = { character: 1, fact: 2, mark: 0.1 };

/** Errors in 10,000 characters above which the paper fails. */
export const mostErrors = 3;

export interface ErrorRate {
  /** Errors by weight. */
  weight: number;
  perTenThousand: number;
  passes: boolean;
}

/** Whether only marks differ. */
const bare = (text: string) => text.replace(/[\p{P}\p{S}\s]/gu, '');

/** What a correction shows to have been wrong. Corrections never change what a story says, so none is of fact. */
export const kindOfCorrection = (quote: string, wanted: string): ErrorKind =>
  bare(quote) === bare(wanted) ? 'mark' : 'character';

export function errorRate(
  errors: readonly ErrorKind[],
  characters: number,
  weights: ErrorWeights = usualWeights,
): ErrorRate {
  // In thousandths, so that ten marks are one error exactly.
  const weight = errors.reduce((sum, kind) => sum + Math.round(weights[kind] * 1000), 0) / 1000;
  const perTenThousand = characters === 0 ? 0 : (weight * 10_000) / characters;
  return { weight, perTenThousand, passes: perTenThousand <= mostErrors };
}

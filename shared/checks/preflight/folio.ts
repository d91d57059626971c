/** Folio line 报眉: it names who answers for the page: 责编, 美编, 校对. */
import { type Check, found } from './checked.ts';

const credits = ['editor', 'designer', 'proofreader'] as const;

export const folioIncomplete: Check = ({ page }) => {
  if (page.head === 'none') return [];
  const missing = credits.filter((one) => page.credits[one].trim() === '');
  return missing.length === 0 ? [] : [found('error', { part: 'folio' }, { missing: missing.join(' ') })];
};

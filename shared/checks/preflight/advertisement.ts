/** Advertisement 广告: the law wants it said on each. */
import { type Check, found } from './checked.ts';

export const unlabelled: Check = ({ page }) =>
  page.frames
    .filter(({ kind, labelled }) => kind === 'advertisement' && !labelled)
    .map(({ id, text }) => found('error', { frame: id }, { name: text.split('\n')[0]?.slice(0, 20) ?? '' }));

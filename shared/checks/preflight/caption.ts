/** Caption 图说: what every photograph on the page says about itself. */
import { type Check, found } from './checked.ts';
import { picturesOn } from './pictures.ts';

export const captionMissing: Check = (checked) =>
  picturesOn(checked)
    .filter(({ figure, isAdvertisement }) => !isAdvertisement && figure.text.trim() === '')
    .map(({ place, figures }) => found('warning', place, { number: figures.number }));

/** Credit 摄影/图源: whose photograph it is stands after the caption, or ends it. */
import { type Check, found } from './checked.ts';
import { picturesOn } from './pictures.ts';

const namesItsMaker =
  /(?:(?:摄|供图|制图|绘图|资料图片?|资料照片)[）)。]?|(?:摄影|图源|图片来源)[：:／/\u3000 ].{1,20})$/u;

export const creditMissing: Check = (checked) =>
  picturesOn(checked)
    .filter(
      ({ figure, isAdvertisement }) =>
        !isAdvertisement && (figure.credit ?? '').trim() === '' && !namesItsMaker.test(figure.text.trim()),
    )
    .map(({ place, figures }) => found('warning', place, figures));

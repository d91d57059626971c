/** Where a picture on a page comes from, at the size for screens: a story's, or one of the paper's own. */
import { api } from '../../shared/api.ts';
import type { ImageItem } from '../../shared/layout/drawing.ts';
import { address } from '../api.ts';

/** The article whose picture it is; or the page through which the paper's own is seen. */
type Owner = Pick<ImageItem, 'article' | 'page'>;

export function pictureUrl({ article, page = '' }: Owner, image: string): string {
  const query = { size: 'screen' } as const;
  return article === undefined
    ? address(api.pagePicture, { params: { id: page, image }, query })
    : address(api.picture, { params: { id: article, image }, query });
}

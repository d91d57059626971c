/** Where a story's photograph comes from, at the size for screens. */
import { api } from '../../shared/api.ts';
import { address } from '../api.ts';

export const pictureUrl = (article: string, image: string): string =>
  address(api.picture, { params: { id: article, image }, query: { size: 'screen' } });

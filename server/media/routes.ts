/** The calls about pictures: one is sent to an article, and seen by whoever may read that article. */
import { api } from '../../shared/api.ts';
import { AppError } from '../../shared/base/errors.ts';
import { pictureLimits } from '../../shared/media/picture.ts';
import type { Allow } from '../article/facts.ts';
import type { Route } from '../http.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import { insertPicture, keepPicture } from './keep.ts';
import { createSlots } from './slots.ts';
import type { PictureStore } from './store.ts';

interface Deps {
  newsroom: Newsroom;
  store: PictureStore;
  allow: Allow;
  now: () => Date;
}

const encodesAtOnce = 2;
/** Pictures that one member may be sending at the same time. */
const sendingAtOnce = 6;
/** Pictures that one member may send in a minute. */
const sentPerMinute = 60;

/** A picture's bytes never act as a page of this house, even when opened by its address. */
const policy = "sandbox; default-src 'none'";

export function mediaRoutes(route: Route, { newsroom, store, allow, now }: Deps): void {
  const encodes = createSlots(encodesAtOnce);
  const sending = new Map<string, number>();

  async function bounded<T>(member: string, work: () => Promise<T>): Promise<T> {
    const count = (sending.get(member) ?? 0) + 1;
    if (count > sendingAtOnce) throw new AppError('tooMany');
    sending.set(member, count);
    try {
      return await work();
    } finally {
      const left = (sending.get(member) ?? 1) - 1;
      if (left > 0) sending.set(member, left);
      else sending.delete(member);
    }
  }

  route(
    api.addPicture,
    async ({ signed, params, request }) => {
      allow(signed, 'suggest', params.id);
      if (!request.isMultipart())
        throw new AppError('wrongKind', 'send multipart/form-data with a field `file`');
      return bounded(signed.member.id, async () => {
        const part = await request.file({
          limits: { fileSize: pictureLimits.bytes },
          throwFileSizeLimit: false,
        });
        if (part?.fieldname !== 'file') throw new AppError('badInput', 'the field `file` is missing');
        const kept = await store.receive(part.file, (file) => {
          if (part.file.truncated) throw new AppError('tooLarge', `at most ${pictureLimits.bytes} bytes`);
          return encodes.run(() => keepPicture(store, file));
        });
        try {
          // A member may have been taken off the story while the bytes came in.
          allow(signed, 'suggest', params.id);
          await insertPicture(newsroom, kept, { article: params.id, member: signed.member.id, at: now() });
        } catch (error) {
          await store.remove(kept.id);
          throw error;
        }
        const { id, width, height } = kept;
        return { image: id, width, height };
      });
    },
    sentPerMinute,
  );

  route(api.picture, async ({ signed, params, query, reply }) => {
    allow(signed, 'read', params.id);
    const row = await newsroom
      .selectFrom('pictures')
      .select('type')
      .where('id', '=', params.image)
      .where('article', '=', params.id)
      .executeTakeFirst();
    const bytes = row ? await store.read(params.image, query.size) : null;
    if (!row || !bytes) throw new AppError('notFound');
    reply
      .type(row.type)
      .header('content-security-policy', policy)
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'private, max-age=31536000, immutable');
    return bytes;
  });
}

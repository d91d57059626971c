/** The calls about pictures: one is sent to an article, and seen by whoever may read that article; or to a page, and
 * seen by whoever may see the paper's pages. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { api } from '../../shared/api.ts';
import { AppError } from '../../shared/base/errors.ts';
import { pictureLimits } from '../../shared/media/picture.ts';
import { canInNewsroom } from '../../shared/people/can.ts';
import type { Facts } from '../article/facts.ts';
import type { Route, Signed } from '../http.ts';
import type { Seen } from '../pages/seen.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import { insertPagePicture, insertPicture, type Kept, keepPicture } from './keep.ts';
import { factsOf } from './readPicture.ts';
import { createSlots } from './slots.ts';
import type { PictureStore } from './store.ts';

interface Deps {
  newsroom: Newsroom;
  store: PictureStore;
  facts: Pick<Facts, 'allow' | 'authorizePage'>;
  seen: Pick<Seen, 'pageFor'>;
  now: () => Date;
}

const encodesAtOnce = 2;
/** Pictures that one member may be sending at the same time. */
const sendingAtOnce = 6;
/** Pictures that one member may send in a minute, to stories and to pages each. */
const sentPerMinute = 60;

/** A picture's bytes never act as a page of this house, even when opened by its address. */
const policy = "sandbox; default-src 'none'";

export function mediaRoutes(route: Route, { newsroom, store, facts, seen, now }: Deps): void {
  const { allow, authorizePage } = facts;
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

  /** Takes the picture that a request brings. `mayStill` refuses what may not be done, before and after the bytes
   * come in; `insert` says whose it is. */
  async function take(
    signed: Signed,
    request: FastifyRequest,
    mayStill: () => Promise<void>,
    insert: (kept: Kept) => Promise<void>,
  ) {
    await mayStill();
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
        // A member may have been taken off the story while the bytes came in, a page have gone to proof.
        await mayStill();
        await insert(kept);
      } catch (error) {
        await store.remove(kept.id);
        throw error;
      }
      const { id, width, height } = kept;
      return { image: id, width, height };
    });
  }

  async function give(reply: FastifyReply, image: string, article: string | null, size: 'screen' | 'print') {
    const row = await factsOf(newsroom, image, article);
    const bytes = row ? await store.read(image, size) : null;
    if (!row || !bytes) throw new AppError('notFound');
    reply
      .type(row.type)
      .header('content-security-policy', policy)
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'private, max-age=31536000, immutable');
    return bytes;
  }

  route(
    api.addPicture,
    ({ signed, params, request }) =>
      take(
        signed,
        request,
        async () => void allow(signed, 'suggest', params.id),
        (kept) => insertPicture(newsroom, kept, { article: params.id, member: signed.member.id, at: now() }),
      ),
    sentPerMinute,
  );

  route(api.picture, async ({ signed, params, query, reply }) => {
    allow(signed, 'read', params.id);
    return give(reply, params.image, params.id, query.size);
  });

  /** To whoever sees the page whole; `lay` to whoever may lay it now. */
  async function allowOnPage(signed: Signed, page: string, act: 'see' | 'lay'): Promise<void> {
    await seen.pageFor(signed, page);
    const access = authorizePage(signed.member.id, page);
    if (access === 'write' || (access === 'read' && act === 'see')) return;
    if (canInNewsroom(signed.member, 'page.lay')) throw new AppError('conflict', 'beingProofed');
    throw new AppError('notAllowed');
  }

  route(
    api.addPagePicture,
    ({ signed, params, request }) =>
      take(
        signed,
        request,
        () => allowOnPage(signed, params.id, 'lay'),
        (kept) => insertPagePicture(newsroom, kept, { page: params.id, member: signed.member.id, at: now() }),
      ),
    sentPerMinute,
  );

  route(api.pagePicture, async ({ signed, params, query, reply }) => {
    await allowOnPage(signed, params.id, 'see');
    return give(reply, params.image, null, query.size);
  });
}

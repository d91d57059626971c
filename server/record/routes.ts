/** The call of the story's file 稿件档案. */
import { api } from '../../shared/api.ts';
import type { Allow } from '../article/facts.ts';
import { paperPolicy } from '../export/paper.ts';
import type { Route } from '../http.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import type { Manuscripts } from '../sync/ports.ts';
import { fileOf } from './file.ts';
import { fileHtml } from './file-html.ts';

interface Deps {
  newsroom: Newsroom;
  manuscripts: Manuscripts;
  allow: Allow;
  timeZone: string;
  now: () => Date;
}

/** Files a minute of one member: each compares every step of a story. */
const perMinute = 20;

export function recordRoutes(route: Route, { newsroom, manuscripts, allow, timeZone, now }: Deps): void {
  route(
    api.articleFile,
    async ({ signed, params, query: { language }, reply }) => {
      allow(signed, 'file', params.id);
      const file = await fileOf(newsroom, manuscripts, params.id);
      reply.header('content-type', 'text/html; charset=utf-8');
      reply.header('content-security-policy', paperPolicy);
      return fileHtml(file, { language, by: signed.member.name, at: now(), timeZone });
    },
    perMinute,
  );
}

/** The call of the story's file 稿件档案. */
import { api } from '../../shared/api.ts';
import type { Allow } from '../article/facts.ts';
import { paperPolicy } from '../export/paper.ts';
import type { Route } from '../http.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import type { Manuscripts } from '../sync/ports.ts';
import { fileOf } from './file.ts';
import { fileHtml } from './file-html.ts';
import { addRecord } from './record.ts';

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
      const [{ member }, at] = [signed, now()];
      const file = await fileOf(newsroom, manuscripts, params.id);
      const html = fileHtml(file, { language, by: member.name, at, timeZone });
      await addRecord(newsroom, {
        kind: 'story.exported',
        member: member.id,
        article: params.id,
        detail: { purpose: 'file', format: 'html' },
        at,
      });
      reply.header('content-type', 'text/html; charset=utf-8');
      reply.header('content-security-policy', paperPolicy);
      return html;
    },
    perMinute,
  );
}

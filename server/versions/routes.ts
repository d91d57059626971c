/** The calls of the versions: what was kept of a story, what lies between two, naming one and bringing one back. */
import { api, type LiveEvent } from '../../shared/api.ts';
import { AppError } from '../../shared/base/errors.ts';
import { must } from '../../shared/base/must.ts';
import { countCharacters } from '../../shared/manuscript/story.ts';
import { readOriginal } from '../../shared/suggestions/read.ts';
import { type Version, versionLimits, versionSchema } from '../../shared/versions/calls.ts';
import { listChanges } from '../article/changes.ts';
import type { Allow } from '../article/facts.ts';
import { restoreAs } from '../article/restore.ts';
import type { Route } from '../http.ts';
import { addRecord } from '../record/record.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import { buildState } from '../sync/log-store.ts';
import type { Manuscripts } from '../sync/ports.ts';
import { noteActedFor, watched } from './acted-for.ts';
import { actsOf } from './acts.ts';
import type { Versions } from './keep.ts';
import { comparerOf, stateNow, stateOf, unpacked } from './state.ts';
import type { VersionTables } from './table.ts';

interface Deps {
  newsroom: Newsroom;
  manuscripts: Manuscripts;
  versions: Versions;
  allow: Allow;
  now: () => Date;
  publish: (event: LiveEvent) => void;
}

/** Calls a minute of one member: each reads a whole story apart. */
const perMinute = { compare: 60, keep: 30, find: 6 };

type Row = Omit<VersionTables['versions'], 'state'>;

const told = ({ article: _, seq: __, work, ...row }: Row): Version =>
  versionSchema.parse({ ...row, work: JSON.parse(work) });

export function versionRoutes(route: Route, deps: Deps): void {
  const { newsroom, manuscripts, versions, allow, now, publish } = deps;
  const compare = comparerOf(newsroom, manuscripts);
  const columns = [
    'id',
    'article',
    'seq',
    'at',
    'member',
    'why',
    'name',
    'characters',
    'hash',
    'work',
  ] as const;

  async function rowOf(article: string, id: string): Promise<Row> {
    const row = newsroom.selectFrom('versions').select(columns).where('article', '=', article);
    const found = await row.where('id', '=', id).executeTakeFirst();
    if (!found) throw new AppError('notFound');
    return found;
  }

  async function keptState(article: string, id: string) {
    const row = newsroom.selectFrom('versions').select(['seq', 'state']).where('article', '=', article);
    const found = await row.where('id', '=', id).executeTakeFirst();
    if (!found) throw new AppError('notFound');
    return { seq: found.seq, bytes: await unpacked(found.state) };
  }

  route(
    api.versions,
    async ({ signed, params: { id } }) => {
      allow(signed, 'read', id);
      const rows = await newsroom
        .selectFrom('versions')
        .select(columns)
        .where('article', '=', id)
        .orderBy('seq', 'desc')
        .orderBy('at', 'desc')
        .limit(versionLimits.listed)
        .execute();
      const [state, newest] = [await stateNow(manuscripts, id), rows[0]];
      const isKept = newest?.hash === state.hash;
      const older = newest && !isKept ? await keptState(id, newest.id) : null;
      const work = isKept ? [] : (await compare(id, older, state)).work;
      const acts = await actsOf(newsroom, id);
      return { versions: rows.map(told), acts, now: { characters: state.characters, work } };
    },
    perMinute.compare,
  );

  route(
    api.addVersion,
    async ({ signed, params: { id }, body: { name } }) => {
      allow(signed, 'suggest', id);
      const kept = await versions.keepVersion({ article: id, why: 'named', member: signed.member.id, name });
      return told(await rowOf(id, must(kept, 'a named version').id));
    },
    perMinute.keep,
  );

  route(api.renameVersion, async ({ signed, params: { id, version }, body: { name } }) => {
    allow(signed, 'suggest', id);
    await rowOf(id, version);
    await newsroom.updateTable('versions').set({ name }).where('id', '=', version).execute();
    publish({ kind: 'versions', article: id });
    return told(await rowOf(id, version));
  });

  route(
    api.compareVersions,
    async ({ signed, params: { id, version }, query }) => {
      allow(signed, 'read', id);
      const one = await keptState(id, version);
      const other = query.with === 'now' ? await stateNow(manuscripts, id) : await keptState(id, query.with);
      return one.seq <= other.seq ? compare(id, one, other) : compare(id, other, one);
    },
    perMinute.compare,
  );

  route(
    api.restoreVersion,
    async ({ signed, params: { id, version } }) => {
      allow(signed, 'write', id);
      const { member } = signed;
      const row = await rowOf(id, version);
      const past = buildState([(await keptState(id, version)).bytes]);
      // Two who restore at once restore one after the other, and each one's words before are kept: once before it
      // begins, so that they are kept whatever comes, and once more when somebody wrote between that and the edit.
      const asked = { article: id, why: 'restore', member: member.id } as const;
      await versions.keepVersion(asked);
      const { story, was, edited } = await manuscripts.edit(id, (doc, seq) => {
        allow(signed, 'write', id);
        const was = stateOf(id, doc, seq);
        const { added, removed } = watched(doc, () => restoreAs(doc, past));
        return { story: readOriginal(id, doc), was, edited: { added, removed } };
      });
      await versions.keepState(asked, was);
      const before = await newsroom
        .selectFrom('versions')
        .select('id')
        .where('article', '=', id)
        .where('seq', '<=', was.seq)
        .orderBy('seq', 'desc')
        .orderBy('at', 'desc')
        .executeTakeFirstOrThrow();
      past.destroy();
      const at = now();
      await newsroom.transaction().execute(async (one) => {
        const restored = { article: id, at: at.toISOString(), member: member.id, version };
        await one.insertInto('version_restores').values(restored).execute();
        await noteActedFor(one, [{ ...edited, article: id, why: 'restored', member: member.id }], at);
        const detail = { version, of: row.at, hash: row.hash };
        await addRecord(one, { kind: 'story.restored', member: member.id, article: id, detail, at });
      });
      publish({ kind: 'versions', article: id });
      return { characters: countCharacters(story), before: before.id };
    },
    perMinute.keep,
  );

  route(
    api.findLost,
    async ({ signed, params: { id } }) => {
      allow(signed, 'suggest', id);
      const state = await stateNow(manuscripts, id);
      const changes = await listChanges(manuscripts, id);
      const most = changes
        .filter(({ characters }) => characters > state.characters)
        .sort((a, b) => b.characters - a.characters)[0];
      if (!most) return { version: null };
      const past = await manuscripts.readAt(id, most.seq);
      const lost = stateOf(id, past, most.seq);
      past.destroy();
      await versions.keepState({ article: id, why: 'fall', member: most.member }, lost);
      const row = newsroom.selectFrom('versions').select(columns).where('article', '=', id);
      const found = await row.where('hash', '=', lost.hash).orderBy('at', 'desc').executeTakeFirst();
      return { version: found ? told(found) : null };
    },
    perMinute.find,
  );

  route(
    api.authors,
    async ({ signed, params: { id } }) => {
      allow(signed, 'read', id);
      return compare(id, null, await stateNow(manuscripts, id));
    },
    perMinute.compare,
  );
}

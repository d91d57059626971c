/** Builds everything once and hands each part the ports it needs: what main.ts starts and a test calls. */
import type { AddressInfo } from 'node:net';
import type { LiveEvent, Member } from '../shared/api.ts';
import { invite } from './article/articles.ts';
import { openFacts } from './article/facts.ts';
import { articleRoutes } from './article/routes.ts';
import { keepSummaries, type Summaries } from './article/summary.ts';
import { type Fits, keepFits } from './checks/fits.ts';
import { openPreflight } from './checks/preflight.ts';
import { checkRoutes } from './checks/routes.ts';
import { commentRoutes } from './comments/routes.ts';
import { type Config, publicUrl } from './config.ts';
import { buildHttp, type Http } from './http.ts';
import { type Live, openLive } from './live/live.ts';
import { serveUpgrades } from './live/upgrades.ts';
import type { Logger } from './log.ts';
import { insertPicture, keepPicture } from './media/keep.ts';
import { pictureReader } from './media/readPicture.ts';
import { mediaRoutes } from './media/routes.ts';
import { openPictureStore } from './media/store.ts';
import { mailRoutes } from './notifications/mail-routes.ts';
import { openMailer } from './notifications/mailer.ts';
import { openMailing } from './notifications/mailing.ts';
import { noticeRoutes } from './notifications/routes.ts';
import { openSettle } from './notifications/settle.ts';
import { type MayKnow, openTell } from './notifications/tell.ts';
import { type AutomaticBackups, keepBackups } from './operations/automatic-backups.ts';
import { freeBytes } from './operations/disk.ts';
import { openMetrics } from './operations/metrics.ts';
import { readiness } from './operations/readiness.ts';
import { operationsRoutes } from './operations/routes.ts';
import { refuseUnfinishedRestore } from './operations/unfinished.ts';
import { pageEditingRoutes } from './pages/editing.ts';
import { keepLayouts, type Layouts } from './pages/layouts.ts';
import { insertPage, pagesOf } from './pages/pages.ts';
import { openPress } from './pages/press.ts';
import { pressRoutes } from './pages/press-routes.ts';
import { pageRoutes } from './pages/routes.ts';
import { seenPages } from './pages/seen.ts';
import { authenticator } from './people/authenticate.ts';
import { openDirectory } from './people/directory.ts';
import { openPasswords } from './people/passwords.ts';
import { peopleRoutes } from './people/routes.ts';
import { openSeal } from './people/seal.ts';
import { addLink, linkAddress } from './people/signin-links.ts';
import { proofRoutes } from './proofs/routes.ts';
import { keepHeads } from './record/heads.ts';
import { recordRoutes } from './record/routes.ts';
import { reviewRoutes } from './review/routes.ts';
import { isEmpty, makeEmpty, makeSample } from './sample/make.ts';
import { dataFolder } from './storage/data-folder.ts';
import { type Newsroom, openNewsroom, openNewsroomReader } from './storage/newsroom.ts';
import { settleSharedWal } from './storage/settle-wal.ts';
import { keepSuggestions, type SuggestionBook } from './suggestions/keep.ts';
import { suggestionRoutes } from './suggestions/routes.ts';
import { layoutForm } from './sync/form.ts';
import { openLog } from './sync/log.ts';
import type { Manuscripts, SyncFigures } from './sync/ports.ts';
import { createSync } from './sync/sync.ts';
import { type KeepVersion, keepVersions, type Versions } from './versions/keep.ts';
import { versionRoutes } from './versions/routes.ts';

/** Milliseconds that the start waits for a command beside it to finish writing. */
const settlePatience = 10_000;
/** Milliseconds between two looks for sessions that ran out. */
const sweepEvery = 60_000;

export interface House {
  app: Http['app'];
  newsroom: Newsroom;
  manuscripts: Manuscripts;
  keepVersion: KeepVersion;
  /** Listens where the configuration says; gives the address that people open, and this machine's own. */
  listen(): Promise<{ url: string; local: string }>;
  /** A fresh sign-in link. */
  link(member: Member): Promise<string>;
  /** The members of a newsroom that was made just now; none when there was one. */
  made: readonly Member[];
  /** Lets what is under way finish, within bounds, and closes everything. */
  close(): Promise<void>;
}

/** The figures of all live documents, manuscripts and pages. */
const together = (a: SyncFigures, b: SyncFigures): SyncFigures => ({
  documents: a.documents + b.documents,
  sockets: a.sockets + b.sockets,
  bufferedBytes: a.bufferedBytes + b.bufferedBytes,
  oldestUnsavedSeconds: Math.max(a.oldestUnsavedSeconds, b.oldestUnsavedSeconds),
});

/** Opens the newsroom of the data folder, which the caller holds, and makes one when it is empty. */
export async function openHouse(config: Config, logger: Logger): Promise<House> {
  const files = dataFolder(config.dataDir);
  const now = () => new Date();
  const secure = config.publicUrl?.startsWith('https:') ?? false;
  const origins = [...config.origins, ...(config.publicUrl ? [config.publicUrl] : [])];
  let port = config.port;
  const url = () => publicUrl(config, port);

  refuseUnfinishedRestore(config.dataDir);
  settleSharedWal(files.newsroom, settlePatience);
  const newsroom = await openNewsroom(files.newsroom);
  const reader = openNewsroomReader(files.newsroom);
  const authenticate = authenticator({ newsroom, reader, secure, now, logger });
  const facts = openFacts(reader);
  const log = await openLog({
    file: files.log,
    onTrouble: (trouble) => logger.error({ trouble }, 'the log goes on, but needs looking after'),
  });

  const metrics = openMetrics();

  // Sync tells the summaries and /live of changes; both need sync to read the documents.
  const late: {
    summaries?: Summaries;
    book?: SuggestionBook;
    versions?: Versions;
    live?: Live;
    layouts?: Layouts;
    fits?: Fits;
  } = {};
  const sync = createSync({
    log,
    authorize: facts.authorize,
    person: facts.person,
    onChanged: (article, { at }) => {
      late.summaries?.changed(article, at);
      late.book?.changed(article, at);
      late.versions?.changed(article);
      late.fits?.articleChanged(article);
    },
    onPresence: () => late.live?.presenceChanged(),
    meter: metrics.meter,
    logger,
  });
  const pageSync = createSync({
    form: layoutForm,
    log,
    authorize: facts.authorizePage,
    person: facts.person,
    onChanged: (page) => {
      late.layouts?.changed(page);
      late.fits?.pageChanged(page);
    },
    meter: metrics.meter,
    logger,
  });
  const { manuscripts } = sync;
  const live = openLive({
    known: (member) => facts.person(member) !== null,
    mayRead: (member, article) => facts.authorize(member, article) !== 'none',
    inside: () => sync.inside(),
    logger,
  });
  const { publish } = live;
  const summaries = keepSummaries({ newsroom, manuscripts, publish, logger });
  const layouts = keepLayouts({ newsroom, documents: pageSync.manuscripts, publish, logger });
  const fits = keepFits({ newsroom, manuscripts, frames: layouts.frames, publish, logger });
  const book = keepSuggestions({ newsroom, manuscripts, publish, logger });
  const versions = keepVersions({ newsroom, manuscripts, now, publish, logger });
  Object.assign(late, { live, summaries, layouts, fits, book, versions });

  const mayKnow: MayKnow = (member, { article, page }) =>
    facts.person(member) !== null &&
    (article === null || facts.may(member, 'read', article)) &&
    (page === null || facts.authorizePage(member, page) !== 'none');
  const say = (members: readonly string[]) => live.publishTo(members, { kind: 'notices' });
  const tell = openTell({ newsroom, mayKnow, now, say, logger });

  function refresh() {
    sync.refresh();
    pageSync.refresh();
    live.refresh();
  }

  const http = await buildHttp({
    authenticate,
    logger,
    origins,
    trustProxy: config.trustProxy,
    secure,
    healthy: () => sync.healthy(),
  });
  const { app, route } = http;
  const { allow } = facts;
  peopleRoutes(http, {
    newsroom,
    secure,
    epoch: log.epoch,
    url,
    publicUrl: config.publicUrl,
    now,
    publish,
    refresh,
    passwords: openPasswords(),
    seal: openSeal(files.seal),
    directory: config.directory && openDirectory(config.directory),
    allow,
    mayInvite: (member, article) => facts.may(member, 'invite', article),
    putOnArticle: invite,
    logger,
  });
  articleRoutes(route, {
    newsroom,
    manuscripts,
    allow,
    pagesOf: async () => {
      const placed = await pagesOf(newsroom);
      return new Map(
        [...placed].map(([article, pages]) => [
          article,
          pages.map((page) => ({ ...page, fit: fits.of(article, page.id) })),
        ]),
      );
    },
    now,
    publish,
    refresh,
  });

  const settle = openSettle({ newsroom, now, say, logger });
  const reviewing = {
    newsroom,
    manuscripts,
    now,
    refresh,
    keepVersion: versions.keepVersion,
    tell,
    settle,
    logger,
  };
  reviewRoutes(route, { ...reviewing, allow, publish });
  noticeRoutes(route, { newsroom, mayKnow, now, say });
  const { mail, timeZone } = config;
  const mailing =
    mail === null
      ? null
      : openMailing({
          newsroom,
          mailer: openMailer({ ...mail, home: url() }),
          mayKnow,
          url: url(),
          timeZone,
          now,
          sent: metrics.mailed,
          logger,
        });
  mailRoutes(route, { newsroom, mailing, timeZone, logger });
  recordRoutes(route, { newsroom, manuscripts, allow, timeZone: config.timeZone, now });
  versionRoutes(route, { newsroom, manuscripts, versions, allow, now, publish });
  suggestionRoutes(route, { newsroom, manuscripts, book, allow, now, publish });
  commentRoutes(route, {
    newsroom,
    manuscripts,
    allow,
    now,
    publish,
    tell,
    settle,
    mayKnow,
    timeZone: config.timeZone,
    openSuggestions: (article) => book.open(article, now()),
  });
  const store = await openPictureStore(files.pictures);
  const seen = seenPages({ newsroom, layouts, allow });
  mediaRoutes(route, { newsroom, store, facts, seen, now });
  const pagesChanged = (event: LiveEvent) => {
    publish(event);
    fits.allChanged();
  };
  pageEditingRoutes(route, { newsroom, layouts, seen, publish: pagesChanged, refresh });
  const press = await openPress(newsroom, files.press, config.printProfile, (error) =>
    logger.error({ err: error }, 'the press’s profile cannot be read; pages are made with the default one'),
  );
  pressRoutes(route, press);
  const preflight = openPreflight({ newsroom, manuscripts });
  proofRoutes(route, {
    newsroom,
    manuscripts,
    preflight,
    seen,
    now,
    publish,
    refresh,
    corrections: reviewing,
    tell,
    settle,
  });
  checkRoutes(route, { seen, manuscripts, preflight, now });
  pageRoutes(route, {
    newsroom,
    manuscripts,
    seen,
    allow,
    pictures: pictureReader(newsroom, store),
    profile: press.profile,
    preflight,
    timeZone: config.timeZone,
    now,
  });

  let stopping = false;
  operationsRoutes(app, {
    authenticate,
    logger,
    metrics,
    metricsToken: config.metricsToken,
    figures: async () => ({
      ...together(sync.figures(), pageSync.figures()),
      freeBytes: await freeBytes(config.dataDir).catch(() => Number.NaN),
    }),
    ready: readiness({
      listening: () => app.server.listening,
      stopping: () => stopping,
      healthy: () => sync.healthy(),
      readNewsroom: () => void reader.prepare('select count(*) from settings').get(),
      dataDir: config.dataDir,
      minFree: config.minFree,
    }),
  });
  let backups: AutomaticBackups | null = null;
  let heads: { close(): void } | null = null;

  const shutDoor = serveUpgrades(app.server, {
    authenticate,
    origins,
    sync: ({ request, socket, head, signed, stay }, kind, id) =>
      (kind === 'page' ? pageSync : sync).handleUpgrade(request, socket, head, signed.member, id, stay),
    live: live.handleUpgrade,
  });
  // Sessions also run out by themselves.
  const sweep = setInterval(refresh, sweepEvery).unref();

  let made: Member[] = [];
  if (await isEmpty(newsroom)) {
    const { paper } = config;
    made = config.sample
      ? await makeSample({
          newsroom,
          manuscripts,
          paper,
          now: now(),
          keepPicture: (file) => keepPicture(store, file),
          insertPicture,
          insertPage,
        })
      : await makeEmpty({ newsroom, paper, now: now() });
  }
  const caughtUp = Promise.all([summaries.catchUp(), layouts.catchUp(), versions.catchUp()]);

  return {
    app,
    newsroom,
    manuscripts,
    keepVersion: versions.keepVersion,
    made,
    async listen() {
      await app.listen({ port: config.port, host: config.host });
      ({ port } = app.server.address() as AddressInfo);
      fits.allChanged();
      heads = keepHeads({
        newsroom: reader,
        epoch: log.epoch,
        backups: config.backups.folder,
        logger,
        now,
      });
      backups = keepBackups({ config, logger, metrics, now });
      const { host } = config;
      const own =
        host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host;
      return { url: url(), local: `http://${own}:${port}` };
    },
    link: async (member) => linkAddress(url(), await addLink(newsroom, member.id, now())),
    async close() {
      stopping = true;
      await backups?.close();
      await mailing?.close();
      clearInterval(sweep);
      shutDoor();
      live.close();
      await caughtUp;
      await versions.close();
      await Promise.all([summaries.settle(), layouts.settle(), fits.close(), book.settle()]);
      await Promise.all([sync.close(), pageSync.close()]);
      await app.close();
      await summaries.close();
      heads?.close();
      await log.close();
      reader.close();
      await newsroom.destroy();
    },
  };
}

/** Screen 1, 写稿: the manuscript, and beside it what others say about it and how it prints. */
import { ActionIcon, Tooltip } from '@mantine/core';
import { useElementSize, useHotkeys, useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { IconMessage2 } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams } from 'react-router';
import { z } from 'zod';
import type { Article, Me } from '../../shared/api.ts';
import { must } from '../../shared/base/must.ts';
import type { Page } from '../../shared/pages/page.ts';
import type { StoryAct } from '../../shared/review/stages.ts';
import type { Reading } from '../../shared/suggestions/read.ts';
import { ApiError } from '../api.ts';
import { Editor } from '../article/Editor.tsx';
import { FindBar } from '../article/FindBar.tsx';
import type { EditorHandle } from '../article/handle.ts';
import { StyleBar } from '../article/StyleBar.tsx';
import { StoryExport } from '../checks/StoryExport.tsx';
import { CommentRail } from '../comments/CommentRail.tsx';
import { commentsExtension } from '../comments/extension.ts';
import { askToComment } from '../comments/useKeys.ts';
import { type Colleague, useArticle, useEverybody, usePages, useThreadList } from '../live/answers.ts';
import type { ArticleRoom } from '../live/room.ts';
import { pictureUrl, uploadPicture } from '../media/pictures.ts';
import { useSeenStory } from '../notifications/useSeenStory.ts';
import { PagePreview } from '../pages/PagePreview.tsx';
import { useCosts } from '../pages/useCosts.ts';
import { PeopleDialog } from '../people/PeopleDialog.tsx';
import { ActDialog } from '../review/ActDialog.tsx';
import { CorrectionTool } from '../review/CorrectionTool.tsx';
import { changedExtension } from '../review/extension.ts';
import { ReviewFoot } from '../review/ReviewFoot.tsx';
import { useChangedMarks } from '../review/useSince.ts';
import { suggestionsExtension } from '../suggestions/extension.ts';
import { type EditMode, ModeSwitch } from '../suggestions/ModeSwitch.tsx';
import { StoryReading } from '../suggestions/StoryReading.tsx';
import { SuggestionRail, type SuggestionRailProps } from '../suggestions/SuggestionRail.tsx';
import { SuggestionsProvider } from '../suggestions/SuggestionsProvider.tsx';
import { useMine, useSuggestions } from '../suggestions/useSuggestions.ts';
import { Skeleton } from '../ui/States.tsx';
import { failToast, toast } from '../ui/toast.tsx';
import { clockTime, dayOf, shortTime } from '../ui/when.ts';
import { NameDialog } from '../versions/Dialogs.tsx';
import { VersionRail } from '../versions/VersionRail.tsx';
import { ArticleBar, type Measure } from './ArticleBar.tsx';
import './ArticleDesk.css';
import { ArticleRail, type RailTab, railTabs } from './ArticleRail.tsx';
import { useCommands } from './commands.ts';
import { useModKey } from './modKey.ts';
import { noRail } from './narrow.ts';
import { RailResizer } from './RailResizer.tsx';
import { Refused } from './Refused.tsx';
import { RenameDialog } from './RenameDialog.tsx';
import { useRoom, useStay } from './room.ts';
import { Gone, gone, Standing } from './Standing.tsx';

export function ArticleDesk({ me }: { me: Me }) {
  const id = must(useParams().id, 'the address names an article');
  const article = useArticle(id);
  const everybody = useEverybody();
  if (article.error && !article.data)
    return <Refused error={article.error} onRetry={() => void article.refetch()} />;
  if (!article.data || !everybody.data) return <Skeleton onRetry={() => void article.refetch()} />;
  const isLost = article.error instanceof ApiError && ['notFound', 'notAllowed'].includes(article.error.code);
  return <Open key={id} article={article.data} me={me} people={everybody.data} isLost={isLost} />;
}

/** The room is opened once it is known that the reader may enter. */
function Open(props: Omit<DeskProps, 'room'>) {
  const room = useRoom(props.article.id);
  if (!room) return <Skeleton />;
  return (
    <SuggestionsProvider room={room} me={props.me.id}>
      <Desk {...props} room={room} />
    </SuggestionsProvider>
  );
}

interface DeskProps {
  article: Article;
  me: Me;
  people: Colleague[];
  /** The server no longer tells this reader of the article. */
  isLost: boolean;
  room: ArticleRoom;
}

/** A place in the story that a click on the page leads to. */
const placeAsked = z.object({ paragraph: z.int().min(0), from: z.int().min(0) });

/** Pixels of paper beside which comments stand at their lines. */
const paperWithMargin = 880;
const noPages: readonly Page[] = [];

/** What is left to do when the server takes nothing from this page any more. */
const nothing: Article['may'] = {
  write: false,
  suggest: false,
  answer: false,
  comment: false,
  invite: false,
  rename: false,
  classify: false,
  acts: [],
};

function Desk({ article: told, me, people, isLost, room }: DeskProps) {
  const { t, i18n } = useTranslation('app');
  const { t: review } = useTranslation('review');
  const { t: versions } = useTranslation('versions');
  const stay = useStay(room, isLost);
  const hasEnded = stay.closeCode !== null;
  const article = useMemo(() => (hasEnded ? { ...told, may: nothing } : told), [told, hasEnded]);
  const mod = useModKey();
  const asksFor = placeAsked.safeParse((useLocation().state as { place?: unknown } | null)?.place).data;
  const [handle, setHandle] = useState<EditorHandle | null>(null);
  const [asked, setAsked] = useState<'people' | 'rename' | 'export' | 'version' | null>(null);
  const [act, setAct] = useState<{ action: StoryAct; reason?: string } | null>(null);
  const onAct = (action: StoryAct) => setAct({ action });
  const [seen, setSeen] = useState(false);
  const [railWidth, setRailWidth] = useLocalStorage({
    key: 'tonggao.rail',
    defaultValue: 485,
    getInitialValueInEffect: false,
  });
  const sheet = useMediaQuery(noRail, undefined, { getInitialValueInEffect: false }) ?? false;
  const [measure, setMeasure] = useLocalStorage<Measure>({
    key: 'tonggao.measure',
    defaultValue: 'desk',
    getInitialValueInEffect: false,
  });
  const [kept, setTab] = useLocalStorage<RailTab>({
    key: 'tonggao.railTab',
    defaultValue: 'preview',
    getInitialValueInEffect: false,
  });
  const tab = railTabs.includes(kept) ? kept : 'preview';
  const [isSheetOpen, setSheetOpen] = useState(false);
  const paper = useElementSize();
  const hasThreads = useThreadList(article.id).length > 0;
  const extensions = useMemo(
    () => [commentsExtension(room), suggestionsExtension(room), changedExtension(room)],
    [room],
  );
  useChangedMarks(article.id, handle);
  useSeenStory(article.id);
  const mine = useMine();
  const [mode, setMode] = useState<EditMode>('write');
  const [reading, setReading] = useState<Reading>('marked');
  const when = useCallback((iso: string) => shortTime(iso, i18n.language), [i18n.language]);
  if (stay.ready && !seen) setSeen(true);

  const nameVersion = () => setAsked('version');
  useHotkeys(article.may.suggest ? [['mod+alt+S', nameVersion]] : [], [], true);

  useCommands([
    ...(article.may.suggest
      ? [{ id: 'nameVersion', word: versions('name'), keys: `${mod} Alt S`, run: nameVersion }]
      : []),
    { id: 'find', word: t('desk.find'), keys: `${mod} F`, run: () => handle?.find.open() },
    ...(article.may.comment
      ? [{ id: 'comment', word: t('desk.comment'), keys: `${mod} Alt M`, run: () => askToComment() }]
      : []),
    ...(hasEnded ? [] : [{ id: 'export', word: t('desk.export'), run: () => setAsked('export') }]),
    ...article.may.acts.map((one) => ({ id: one, word: review(`act.${one}`), run: () => onAct(one) })),
    ...(article.may.invite ? [{ id: 'invite', word: t('desk.invite'), run: () => setAsked('people') }] : []),
  ]);

  if ((isLost || gone(stay)) && !stay.holdsWords) return <Gone room={room} />;
  const { may } = article;
  // The server's last word is newer than the answer that this page has.
  const onlySuggests = stay.access === 'suggest' || (!may.write && may.suggest);
  // Once the server was heard, only what it takes may be typed: else the words would be refused one key later.
  const taken = !stay.synced || stay.access === 'write' || stay.access === 'suggest';
  const editable = (may.write || may.suggest) && !hasEnded && taken;
  const hasRoom = !sheet && measure !== 'wide' && paper.width >= paperWithMargin;
  const hasMargin = hasRoom && tab === 'preview';
  const comments = (
    <CommentRail
      handle={handle}
      room={room}
      article={article}
      me={me}
      people={people}
      compact={sheet}
      onOpen={() => {
        if (hasMargin) return;
        setTab('comments');
        setSheetOpen(true);
      }}
    />
  );
  return (
    <main
      className="desk"
      data-sheet={sheet || undefined}
      style={{ '--rail': `${railWidth}px` } as React.CSSProperties}
    >
      <ArticleBar
        {...{ article, me, people, room }}
        ended={hasEnded}
        onPeople={() => setAsked('people')}
        onRename={() => setAsked('rename')}
        onExport={() => setAsked('export')}
        onAct={onAct}
        measure={measure}
        onMeasure={setMeasure}
      />
      <div className="desk-manuscript" data-measure={measure}>
        <div className="desk-styles">
          {editable && handle && reading === 'marked' && <StyleBar handle={handle} />}
          {article.may.comment && handle && <CommentTool />}
          {article.stage === 'signed' && article.may.acts.includes('reopen') && handle && (
            <CorrectionTool
              article={article.id}
              {...{ handle, room, people }}
              onReopen={(reason) => setAct({ action: 'reopen', reason })}
            />
          )}
          {editable && handle && reading === 'marked' && (
            <ModeSwitch mode={mode} onMode={onlySuggests ? null : setMode} />
          )}
        </div>
        <FindBar handle={handle} />
        <section
          className="desk-paper"
          data-margin={hasRoom || undefined}
          ref={paper.ref}
          aria-label={t('desk.textOf')}
          // The manuscript has a caret to scroll with; a reading of it has none.
          {...(reading === 'marked' ? {} : { tabIndex: 0 })}
        >
          {reading !== 'marked' && (
            <StoryReading
              room={room}
              reading={reading}
              pictureUrl={(image) => pictureUrl(article.id, image)}
            />
          )}
          {seen ? (
            <div hidden={reading !== 'marked'}>
              <Editor
                room={room}
                me={me}
                people={people}
                editable={editable}
                suggests={onlySuggests || mode === 'suggest'}
                mine={mine}
                extensions={extensions}
                uploadPicture={(file, onProgress) => uploadPicture(article.id, file, onProgress)}
                pictureUrl={(image) => pictureUrl(article.id, image)}
                onReady={(opened) => {
                  setHandle(opened);
                  if (asksFor) opened.goTo(asksFor);
                  else if (editable && article.characters === 0) opened.focus();
                }}
                onRefused={failToast}
                onSave={() => toast(t('desk.reassure'))}
              />
            </div>
          ) : (
            <Skeleton />
          )}
          {hasMargin && (
            <div className="desk-margin" data-threads={hasThreads || undefined}>
              {comments}
            </div>
          )}
        </section>
        {/* Below the paper: a state that comes or goes moves no line. */}
        <Standing article={article} room={room} />
        <ReviewFoot {...{ article, people, when, onAct }} />
      </div>
      {!sheet && <RailResizer width={railWidth} onWidth={setRailWidth} />}
      <ArticleRail
        article={article.id}
        tab={tab}
        onTab={setTab}
        sheet={sheet}
        open={isSheetOpen}
        onOpen={setSheetOpen}
        comments={hasMargin ? null : comments}
        suggestions={
          <Changes
            article={article}
            room={room}
            me={me.id}
            people={people}
            handle={handle}
            when={when}
            walks={tab === 'suggestions'}
            reading={reading}
            onReading={setReading}
          />
        }
        versions={
          tab === 'versions' && (
            <VersionRail
              {...{ article, people }}
              day={(iso) => dayOf(iso, i18n.language)}
              clock={(iso) => clockTime(iso, i18n.language)}
            />
          )
        }
        preview={<Preview {...{ article, handle, me, people }} />}
      />
      {act && <ActDialog article={article} {...act} onClose={() => setAct(null)} />}
      {asked === 'people' && (
        <PeopleDialog article={article} me={me} people={people} when={when} onClose={() => setAsked(null)} />
      )}
      {asked === 'export' && (
        <StoryExport
          article={article.id}
          name={article.headline || t('desk.untitled')}
          meta={t('characters', { count: article.characters })}
          onClose={() => setAsked(null)}
        />
      )}
      {asked === 'version' && (
        <NameDialog article={article.id} version={null} name="" onClose={() => setAsked(null)} />
      )}
      {asked === 'rename' && <RenameDialog article={article} onClose={() => setAsked(null)} />}
    </main>
  );
}

/** Comments on what is selected; the shortcut is Google Docs'. */
function CommentTool() {
  const { t } = useTranslation('app');
  const mod = useModKey();
  return (
    <Tooltip label={`${t('desk.comment')} ${mod} Alt M`}>
      <ActionIcon
        aria-label={t('desk.comment')}
        // The selection stays where it is.
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => askToComment()}
      >
        <IconMessage2 size={18} stroke={1.5} />
      </ActionIcon>
    </Tooltip>
  );
}

/** The rail 修改 with what each change costs on the page, while it is looked at. */
function Changes(props: Omit<SuggestionRailProps, 'suggestions' | 'costs'>) {
  const suggestions = useSuggestions();
  const pages = usePages().data ?? noPages;
  const costs = useCosts({ room: props.room, changes: suggestions.changes, pages, wanted: props.walks });
  return <SuggestionRail {...props} suggestions={suggestions} costs={costs} />;
}

/** The page this story stands on, live; a click on a printed line puts the caret there. */
function Preview(props: { article: Article; handle: EditorHandle | null; me: Me; people: Colleague[] }) {
  const { article, handle, me, people } = props;
  const { changes, ownerOf } = useSuggestions();
  const colorOf = useMemo(
    () => (client: number) => people.find(({ id }) => id === ownerOf(client))?.color ?? 0,
    [people, ownerOf],
  );
  const pages = usePages();
  const page = pages.data?.find((one) => one.frames.some((frame) => frame.article === article.id));
  if (!pages.data) return pages.error ? null : <Skeleton />;
  return (
    <PagePreview
      article={article.id}
      page={page ?? null}
      me={me}
      onPlace={(place) => handle?.goTo(place)}
      colorOf={changes.length > 0 ? colorOf : null}
    />
  );
}

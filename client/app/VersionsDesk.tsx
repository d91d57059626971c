/** Screen 5, 版本: what was kept of a story, any two of them as one marked text, and bringing one back. */
import { ActionIcon, Button, NativeSelect, SegmentedControl } from '@mantine/core';
import { useHotkeys, useMediaQuery } from '@mantine/hooks';
import { IconArrowDown, IconArrowUp, IconChevronLeft, IconPencil } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import type { Article } from '../../shared/api.ts';
import { must } from '../../shared/base/must.ts';
import type { Version } from '../../shared/versions/calls.ts';
import { type Colleague, useArticle, useEverybody } from '../live/answers.ts';
import { Banner, EmptyState, Skeleton } from '../ui/States.tsx';
import { ComparedText, type View } from '../versions/ComparedText.tsx';
import { NameDialog, RestoreDialog } from '../versions/Dialogs.tsx';
import { actOf, useActLabel, useLabel } from '../versions/labels.ts';
import { isUntouched, shownOf } from '../versions/places.ts';
import { Summary } from '../versions/Summary.tsx';
import { Timeline } from '../versions/Timeline.tsx';
import { useComparison, useFinding, useVersions, type Versions } from '../versions/useVersions.ts';
import '../versions/versions.css';
import { clockTime, dayOf } from '../ui/when.ts';
import { useCommands } from './commands.ts';
import { noRail } from './narrow.ts';
import { Refused } from './Refused.tsx';

export function VersionsDesk() {
  const id = must(useParams().id, 'the address names an article');
  const article = useArticle(id);
  const everybody = useEverybody();
  const versions = useVersions(id);
  const error = article.error ?? versions.error ?? everybody.error;
  const retry = () => void Promise.all([article.refetch(), versions.refetch(), everybody.refetch()]);
  if (!article.data || !versions.data || !everybody.data)
    return error ? <Refused error={error} onRetry={retry} /> : <Skeleton onRetry={retry} />;
  const props = { article: article.data, versions: versions.data, people: everybody.data };
  return <Desk key={id} {...props} isStale={versions.error !== null} />;
}

interface DeskProps {
  article: Article;
  versions: Versions;
  people: Colleague[];
  isStale: boolean;
}

/** The version that the story is compared with at first: the last that somebody decided upon or named. */
const firstOf = ({ versions }: Versions): Version | undefined =>
  versions.find(({ why }) => why !== 'quiet') ?? versions[0];

/** Falls below this share of a version's characters are pointed out. */
const emptied = 0.5;

function Desk({ article, versions, people, isStale }: DeskProps) {
  const { t, i18n } = useTranslation('versions');
  const narrow = useMediaQuery(noRail, undefined, { getInitialValueInEffect: false }) ?? false;
  const [asked, setAsked] = useSearchParams();
  const [naming, setNaming] = useState<{ version: string | null; name: string } | null>(null);
  const [restoring, setRestoring] = useState(false);
  const [view, setView] = useState<View>('marked');
  const [current, setCurrent] = useState<number | null>(null);
  const [only, setOnly] = useState<string | null | undefined>(undefined);
  const scroller = useRef<HTMLElement>(null);
  const label = useLabel(versions.acts);
  const actLabel = useActLabel();

  const list = versions.versions;
  const ids = list.map(({ id }) => id);
  const known = (id: string | null) => (id !== null && ids.includes(id) ? id : null);
  const to = known(asked.get('to')) ?? 'now';
  const from = known(asked.get('from')) ?? firstOf(versions)?.id ?? null;
  /** How many are newer. One that was kept just now is not listed yet, and older than the story as it stands. */
  const newer = (id: string) => (id === 'now' ? -1 : ids.includes(id) ? ids.indexOf(id) : ids.length);
  const authors = view === 'authors';
  const comparison = useComparison(article.id, authors ? null : from, authors ? 'now' : to);
  const { shown, places } = shownOf(comparison.data?.paragraphs ?? []);
  const finding = useFinding(article.id, (version) => choose(version, 'now'));

  function choose(nextFrom: string, nextTo: string) {
    // The older of two is always the first.
    setAsked(
      newer(nextFrom) >= newer(nextTo) ? { from: nextFrom, to: nextTo } : { from: nextTo, to: nextFrom },
      { replace: true },
    );
    setCurrent(null);
    setOnly(undefined);
    if (authors) setView('marked');
  }
  /** From the one that was picked to the later of the two; from one that is as late as that, to the story as it stands. */
  function pick(id: string) {
    if (id === 'now') choose(from ?? id, id);
    else choose(id, newer(id) > newer(to) ? to : 'now');
  }
  function go(step: number) {
    if (places === 0) return;
    const next = current === null ? (step > 0 ? 0 : places - 1) : (current + step + places) % places;
    setCurrent(next);
    const place = scroller.current?.querySelector(`[data-place="${next}"]`);
    place?.scrollIntoView({ block: 'center' });
  }
  const mayName = article.may.suggest;
  const nameNow = () => setNaming({ version: null, name: '' });
  useHotkeys([
    ['j', () => go(1)],
    ['k', () => go(-1)],
    ...(mayName ? [['mod+alt+S', nameNow] as [string, () => void]] : []),
  ]);
  useCommands([
    ...(mayName ? [{ id: 'nameVersion', word: t('name'), keys: 'Ctrl Alt S', run: nameNow }] : []),
    ...(mayName ? [{ id: 'findLost', word: t('find'), run: () => finding.mutate() }] : []),
  ]);

  const chosen = list.find(({ id }) => id === from);
  const fuller = list.find(({ characters }) => versions.now.characters < characters * emptied);
  const headline = article.headline || article.title;
  /** With what was decided upon it, which stands in the timeline where there is room for one. */
  const called = (one: Version) => {
    const own = actOf(one, versions.acts);
    const others = versions.acts.filter((act) => act.version === one.id && act !== own);
    const said = others.toReversed().map(actLabel);
    return [label(one), ...(narrow ? said : [])].join(i18n.language === 'zh' ? '、' : ', ');
  };
  const optionOf = (one: Version) => ({
    value: one.id,
    label: `${called(one)}　${dayOf(one.at, i18n.language).split(' ')[0]} ${clockTime(one.at, i18n.language)}`,
  });
  const options = [{ value: 'now', label: t('now') }, ...list.map(optionOf)];
  const nothing = !authors && comparison.data !== undefined && shown.every(isUntouched);
  return (
    <main className="app-desk versions" data-narrow={narrow || undefined}>
      <header className="app-bar">
        <ActionIcon
          component={Link}
          to={`/articles/${article.id}`}
          aria-label={t('back')}
          size={narrow ? 44 : 32}
        >
          <IconChevronLeft size={20} stroke={1.5} />
        </ActionIcon>
        <div className="app-bar-title">
          <h1 title={headline}>{headline}</h1>
          <p className="app-meta">
            <span>{t('title')}</span>
            <span>{t('count', { count: list.length })}</span>
            <span>{t('characters', { count: versions.now.characters })}</span>
          </p>
        </div>
        <span className="app-bar-gap" />
        {mayName && <Button onClick={nameNow}>{t('name')}</Button>}
      </header>
      {isStale && <Banner>{t('stale')}</Banner>}
      {fuller && chosen?.id !== fuller.id && (
        <Banner grave action={<Button onClick={() => choose(fuller.id, 'now')}>{t('emptiedDo')}</Button>}>
          {t('emptied', {
            now: versions.now.characters,
            name: label(fuller),
            before: fuller.characters,
          })}
        </Banner>
      )}
      {list.length === 0 && !authors ? (
        <EmptyState
          title={t('none')}
          acts={
            <>
              {mayName && (
                <Button variant="filled" onClick={nameNow}>
                  {t('name')}
                </Button>
              )}
              {mayName && (
                <Button loading={finding.isPending} onClick={() => finding.mutate()}>
                  {t('find')}
                </Button>
              )}
              <Button onClick={() => setView('authors')}>{t('views.authors')}</Button>
            </>
          }
        >
          {t(mayName ? 'noneWords' : 'noneRead')}
        </EmptyState>
      ) : (
        <div className="versions-desk">
          {!narrow && (
            <div className="versions-side">
              <Timeline
                {...{ versions, people, from, to }}
                onChoose={pick}
                day={(iso) => dayOf(iso, i18n.language)}
                clock={(iso) => clockTime(iso, i18n.language)}
              />
              {mayName && (
                <Button variant="subtle" loading={finding.isPending} onClick={() => finding.mutate()}>
                  {t('find')}
                </Button>
              )}
            </div>
          )}
          <div className="versions-main">
            <div className="versions-tools">
              {!authors && from !== null && (
                <>
                  <NativeSelect
                    aria-label={t('older')}
                    data={options.slice(1)}
                    value={from}
                    onChange={(event) => choose(event.currentTarget.value, to)}
                  />
                  <span>{t('to')}</span>
                  <NativeSelect
                    aria-label={t('newer')}
                    data={options}
                    value={to}
                    onChange={(event) => choose(from, event.currentTarget.value)}
                  />
                  {mayName && chosen && (
                    <ActionIcon
                      aria-label={t('rename')}
                      title={t('rename')}
                      onClick={() => setNaming({ version: chosen.id, name: chosen.name })}
                    >
                      <IconPencil size={18} stroke={1.5} />
                    </ActionIcon>
                  )}
                </>
              )}
              <SegmentedControl
                aria-label={t('view')}
                value={view}
                onChange={(next) => {
                  setView(next);
                  setCurrent(null);
                  setOnly(undefined);
                }}
                data={(['marked', 'changes', 'authors'] as const).map((value) => ({
                  value,
                  label: t(`views.${value}`),
                }))}
              />
              <span className="app-bar-gap" />
              {!authors && places > 0 && (
                <div className="versions-walk">
                  <ActionIcon aria-label={t('previous')} title={t('previous')} onClick={() => go(-1)}>
                    <IconArrowUp size={18} stroke={1.5} />
                  </ActionIcon>
                  <span aria-live="polite">
                    {t('at', { current: current === null ? 0 : current + 1, count: places })}
                  </span>
                  <ActionIcon aria-label={t('next')} title={t('next')} onClick={() => go(1)}>
                    <IconArrowDown size={18} stroke={1.5} />
                  </ActionIcon>
                </div>
              )}
            </div>
            <section
              className="versions-paper"
              ref={scroller}
              {...{ tabIndex: 0 }}
              aria-label={t('of', { name: headline })}
            >
              {comparison.data ? (
                <>
                  {nothing ? (
                    <EmptyState title={t('nothing')}>{t('nothingWords')}</EmptyState>
                  ) : (
                    <ComparedText {...{ shown, view, people, current, only }} onPlace={setCurrent} />
                  )}
                  <Summary
                    {...{ shown, places, people, authors, only }}
                    work={comparison.data.work}
                    onOnly={setOnly}
                    mayWrite={article.may.write}
                    onRestore={
                      article.may.write && !authors && from !== null && !(nothing && to === 'now')
                        ? () => setRestoring(true)
                        : null
                    }
                  />
                </>
              ) : comparison.error ? (
                <EmptyState
                  title={t('failed')}
                  acts={<Button onClick={() => void comparison.refetch()}>{t('retry')}</Button>}
                />
              ) : (
                <Skeleton onRetry={() => void comparison.refetch()} />
              )}
            </section>
          </div>
        </div>
      )}
      {naming && <NameDialog article={article.id} {...naming} onClose={() => setNaming(null)} />}
      {restoring && chosen && (
        <RestoreDialog
          article={article.id}
          version={chosen.id}
          label={label(chosen)}
          onClose={() => setRestoring(false)}
          onDone={() => choose(chosen.id, 'now')}
        />
      )}
    </main>
  );
}

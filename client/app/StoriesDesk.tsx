/** Screen 3, 稿件: the list people live in. Filters and words searched for stand in the address. */
import { Button, CloseButton, TextInput } from '@mantine/core';
import { useHotkeys, useMediaQuery } from '@mantine/hooks';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { type Article, api, type Me } from '../../shared/api.ts';
import { call } from '../api.ts';
import { useArticleAct, useArticles, useEverybody } from '../live/answers.ts';
import { EmptyState, Skeleton } from '../ui/States.tsx';
import { useCommands } from './commands.ts';
import { narrow } from './narrow.ts';
import { Refused } from './Refused.tsx';
import { RenameDialog } from './RenameDialog.tsx';
import { StoryFilters } from './StoryFilters.tsx';
import { StoryList } from './StoryList.tsx';
import { chosenFilter, holds, matches, useKeptOrder } from './storySearch.ts';
import './StoriesDesk.css';

export function StoriesDesk({ me }: { me: Me }) {
  const { t } = useTranslation('app');
  const articles = useArticles();
  const everybody = useEverybody();
  const [params, setParams] = useSearchParams();
  const search = useRef<HTMLInputElement>(null);
  const [renaming, setRenaming] = useState<Article | null>(null);
  const phone = useMediaQuery(narrow) ?? false;
  const navigate = useNavigate();

  const [words, setWords] = useWordsInAddress(params, setParams);
  const searched = useDeferredValue(words);
  const filter = params.get('f') ?? 'all';
  const setFilter = (value: string) =>
    setParams((before) => changed(before, 'f', value === 'all' ? '' : value));

  const add = useArticleAct(() => call(api.addArticle, { body: {} }));
  const write = () => {
    if (!add.isPending)
      add.mutate(undefined, { onSuccess: (article) => navigate(`/articles/${article.id}`) });
  };
  useHotkeys([
    ['n', write],
    ['/', () => search.current?.focus()],
  ]);
  useCommands([{ id: 'new', word: t('stories.new'), keys: 'N', run: write }]);

  const people = useMemo(() => new Map((everybody.data ?? []).map((one) => [one.id, one])), [everybody.data]);
  const ordered = useKeptOrder(articles.data);
  const shown = useMemo(
    () => ordered.filter((one) => holds(chosenFilter(filter), one, me.id) && matches(searched, one, people)),
    [ordered, filter, searched, people, me.id],
  );

  const body = () => {
    if (articles.error && !articles.data)
      return <Refused error={articles.error} onRetry={() => void articles.refetch()} home={false} inside />;
    if (everybody.error && !everybody.data)
      return <Refused error={everybody.error} onRetry={() => void everybody.refetch()} home={false} inside />;
    if (!articles.data || !everybody.data) return <Skeleton onRetry={() => void articles.refetch()} />;
    if (shown.length > 0) {
      return (
        <StoryList
          articles={shown}
          people={people}
          words={searched}
          phone={phone}
          resetOn={`${filter} ${searched}`}
          onRename={setRenaming}
        />
      );
    }
    if (articles.data.length === 0) {
      return (
        <EmptyState title={t('stories.none')} acts={<Button onClick={write}>{t('stories.new')}</Button>}>
          {t(me.role === 'correspondent' ? 'stories.noneInvited' : 'stories.noneWords')}
        </EmptyState>
      );
    }
    return (
      <Nothing
        words={words}
        filter={filter}
        all={ordered.some((one) => matches(words, one, people))}
        setWords={setWords}
        setFilter={setFilter}
      />
    );
  };

  return (
    <main className="stories">
      <header className="app-bar stories-bar">
        <div className="app-bar-title">
          <h1>{t('nav.stories')}</h1>
          <p className="app-meta">
            <span>{me.newsroom}</span>
            {articles.data && (
              <span>
                {t('stories.count', { count: articles.data.filter((one) => one.stage !== 'spiked').length })}
              </span>
            )}
          </p>
        </div>
        <TextInput
          ref={search}
          className="stories-search"
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Escape' && !event.nativeEvent.isComposing && setWords('')}
          placeholder={t('stories.search')}
          aria-label={t('stories.search')}
          leftSection={<IconSearch size={16} stroke={1.5} aria-hidden="true" />}
          rightSection={
            words ? (
              <CloseButton size="sm" aria-label={t('stories.clear')} onClick={() => setWords('')} />
            ) : phone ? null : (
              <kbd className="ui-kbd">/</kbd>
            )
          }
        />
        <Button
          variant="filled"
          onClick={write}
          loading={add.isPending}
          leftSection={<IconPlus size={16} stroke={1.75} aria-hidden="true" />}
        >
          {t('stories.new')}
        </Button>
      </header>
      <StoryFilters articles={articles.data ?? []} me={me} filter={filter} onFilter={setFilter} />
      <section className="stories-body" aria-label={t('nav.stories')}>
        {body()}
      </section>
      <span className="ui-hidden" role="status">
        {searched && articles.data ? t('stories.found', { count: shown.length }) : ''}
      </span>
      {renaming && <RenameDialog article={renaming} onClose={() => setRenaming(null)} />}
    </main>
  );
}

type SetParams = ReturnType<typeof useSearchParams>[1];

function changed(before: URLSearchParams, name: 'q' | 'f', value: string): URLSearchParams {
  const next = new URLSearchParams(before);
  if (value) next.set(name, value);
  else next.delete(name);
  return next;
}

/** The words searched for: the field's own, since an address that follows a step behind would break a
 * composition; the address takes them over, and gives new ones when it is opened with some. */
function useWordsInAddress(params: URLSearchParams, setParams: SetParams) {
  const inAddress = params.get('q') ?? '';
  const [words, setWords] = useState(inAddress);
  const written = useRef(inAddress);
  useEffect(() => {
    if (inAddress === written.current) return;
    written.current = inAddress;
    setWords(inAddress);
  }, [inAddress]);
  useEffect(() => {
    if (words === written.current) return;
    const timer = setTimeout(() => {
      written.current = words;
      setParams((before) => changed(before, 'q', words), { replace: true });
    }, 300);
    return () => clearTimeout(timer);
  }, [words, setParams]);
  return [words, setWords] as const;
}

/** Says which condition empties the list, and offers to drop it. */
function Nothing(props: {
  words: string;
  filter: string;
  all: boolean;
  setWords: (words: string) => void;
  setFilter: (filter: string) => void;
}) {
  const { words, filter, all, setWords, setFilter } = props;
  const { t } = useTranslation('app');
  if (words === '') {
    return (
      <EmptyState
        title={t(filter === 'spiked' ? 'stories.noneSpiked' : 'stories.noneHere')}
        acts={<Button onClick={() => setFilter('all')}>{t('stories.showAll')}</Button>}
      >
        {t(
          filter === 'mine'
            ? 'stories.noneMineWords'
            : filter === 'spiked'
              ? 'stories.noneSpikedWords'
              : 'stories.noneHereWords',
        )}
      </EmptyState>
    );
  }
  const elsewhere = all && filter !== 'all';
  return (
    <EmptyState
      title={t('stories.noMatch', { words })}
      acts={
        <>
          {elsewhere && <Button onClick={() => setFilter('all')}>{t('stories.searchAll')}</Button>}
          <Button variant={elsewhere ? 'subtle' : 'default'} onClick={() => setWords('')}>
            {t('stories.clear')}
          </Button>
        </>
      }
    >
      {t(elsewhere ? 'stories.noMatchHere' : 'stories.noMatchWords')}
    </EmptyState>
  );
}

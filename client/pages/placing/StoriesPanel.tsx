/** The stories beside the page: on it, free, on others; dragged onto it, or put there by a button. */
import { ActionIcon, CloseButton, TextInput, Tooltip } from '@mantine/core';
import { IconExternalLink, IconLayoutGridAdd, IconSearch } from '@tabler/icons-react';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Article } from '../../../shared/api.ts';
import { articlesOn } from '../../../shared/pages/page.ts';
import type { Person } from '../../../shared/people/person.ts';
import { useInside } from '../../live/events.ts';
import { PeopleStack } from '../../ui/People.tsx';
import { useCopyfit } from '../copyfit.ts';
import type { Laying } from '../laying.ts';
import './placing.css';

interface StoriesPanelProps {
  laying: Laying;
  articles: readonly Article[];
  people: readonly Person[];
  onHold: (story: Article, event: React.PointerEvent) => void;
  onPut: (story: Article) => void;
}

/** As many as anybody looks through; what is further down is found by its words. */
const most = 60;

const groups = ['here', 'free', 'elsewhere'] as const;
type Group = (typeof groups)[number];

export function StoriesPanel({ laying, articles, people, onHold, onPut }: StoriesPanelProps) {
  const { t } = useTranslation('pages');
  const [words, setWords] = useState('');
  const [searching, setSearching] = useState(false);
  const { page } = laying;
  const here = articlesOn(page);
  const groupOf = (article: Article): Group => {
    if (here.includes(article.id)) return 'here';
    return article.pages.some(({ id }) => id !== page.id) ? 'elsewhere' : 'free';
  };
  const meant = words.trim().toLowerCase();
  const found = articles.filter(
    (one) =>
      (one.stage !== 'spiked' || here.includes(one.id)) &&
      (meant === '' || `${one.headline} ${one.section}`.toLowerCase().includes(meant)),
  );
  const inGroup = (group: Group) => {
    const own = found.filter((one) => groupOf(one) === group);
    // On the page in the page's order; elsewhere those of its own section first.
    if (group === 'here') return own.sort((a, b) => here.indexOf(a.id) - here.indexOf(b.id));
    return own.sort((a, b) => Number(b.section === page.section) - Number(a.section === page.section));
  };
  return (
    <aside className="placing" aria-label={t('stories')}>
      <header className="placing-head">
        {searching ? (
          <TextInput
            size="xs"
            autoFocus
            className="placing-search"
            aria-label={t('findStory')}
            placeholder={t('findStory')}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return;
              setWords('');
              setSearching(false);
            }}
            rightSection={
              <CloseButton
                size="sm"
                aria-label={t('clear')}
                onClick={() => {
                  setWords('');
                  setSearching(false);
                }}
              />
            }
          />
        ) : (
          <>
            <h2>
              {t('stories')} <span>{found.length}</span>
            </h2>
            <ActionIcon aria-label={t('findStory')} onClick={() => setSearching(true)}>
              <IconSearch size={18} stroke={1.5} />
            </ActionIcon>
          </>
        )}
      </header>
      <div className="placing-lists">
        {groups.map((group) => {
          const list = inGroup(group);
          if (list.length === 0 && (group === 'elsewhere' || meant !== '')) return null;
          return (
            <section key={group} aria-label={t(`group.${group}`)}>
              <h3>
                {t(`group.${group}`)} <span>{list.length}</span>
              </h3>
              {list.length === 0 && <p className="placing-none">{t(`groupNone.${group}`)}</p>}
              <ul>
                {list.slice(0, most).map((article) => (
                  <StoryRow
                    key={article.id}
                    article={article}
                    group={group}
                    laying={laying}
                    people={people}
                    onHold={onHold}
                    onPut={onPut}
                  />
                ))}
              </ul>
              {list.length > most && (
                <p className="placing-none">{t('moreStories', { count: list.length - most })}</p>
              )}
            </section>
          );
        })}
        {found.length === 0 && meant !== '' && (
          <p className="placing-none">{t('noStory', { words: words.trim() })}</p>
        )}
      </div>
    </aside>
  );
}

interface StoryRowProps {
  article: Article;
  group: Group;
  laying: Laying;
  people: readonly Person[];
  onHold: (story: Article, event: React.PointerEvent) => void;
  onPut: (story: Article) => void;
}

const StoryRow = memo(function StoryRow({ article, group, laying, people, onHold, onPut }: StoryRowProps) {
  const { t } = useTranslation('pages');
  const fit = useCopyfit(article.id);
  const inside = useInside(article.id);
  const here = inside.flatMap((id) => people.find((one) => one.id === id) ?? []);
  const frames = laying.page.frames.filter((frame) => frame.article === article.id);
  const chosen = frames.some(({ id }) => laying.selected.includes(id));
  const name = article.headline || t('app:stories.untitled');
  const { characters: perLine } = laying.page.grid;
  return (
    <li
      className="placing-row"
      data-chosen={chosen || undefined}
      data-editable={laying.editable || undefined}
      onPointerDown={(event) => {
        if (laying.editable && !(event.target as HTMLElement).closest('a, .placing-put'))
          onHold(article, event);
      }}
    >
      {group === 'here' ? (
        <button
          type="button"
          className="placing-name"
          onClick={() => laying.select(frames.map(({ id }) => id))}
        >
          {name}
        </button>
      ) : (
        <span className="placing-name">{name}</span>
      )}
      <p className="placing-meta">
        <span>{t(`review:stage.${article.stage}`)}</span>
        <span>{t('app:characters', { count: article.characters })}</span>
        <PeopleStack people={here} size={16} most={3} label={t('app:stories.inside')} />
        <span className="placing-fit" data-over={(group === 'here' && fit && fit.lines > 0) || undefined}>
          {group === 'here'
            ? fit &&
              (fit.lines > 0
                ? t('ui:over', { count: fit.lines })
                : fit.lines < 0
                  ? t('ui:under', { count: -fit.lines })
                  : t('ui:fits'))
            : group === 'free'
              ? t('aboutLines', { count: Math.ceil(article.characters / perLine) })
              : article.pages.map(({ number }) => number).join(t('ui:listComma'))}
        </span>
      </p>
      <span className="placing-acts">
        {laying.editable && group !== 'here' && (
          <Tooltip label={t('put')}>
            <ActionIcon
              className="placing-put"
              size={28}
              aria-label={t('putStory', { name })}
              onClick={() => onPut(article)}
            >
              <IconLayoutGridAdd size={18} stroke={1.5} />
            </ActionIcon>
          </Tooltip>
        )}
        <Tooltip label={t('openStory')}>
          <ActionIcon
            component={Link}
            to={`/articles/${article.id}`}
            size={28}
            aria-label={t('openNamed', { name })}
          >
            <IconExternalLink size={18} stroke={1.5} />
          </ActionIcon>
        </Tooltip>
      </span>
    </li>
  );
});

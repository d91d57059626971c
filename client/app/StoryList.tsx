/** The rows of the stories list: only those in view are drawn, arrows walk them, Enter opens one. */
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconPencil } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Article } from '../../shared/api.ts';
import type { Person } from '../../shared/people/person.ts';
import type { StoryAct } from '../../shared/review/stages.ts';
import { useEverybodyInside } from '../live/events.ts';
import { useCopyfit } from '../pages/copyfit.ts';
import { ActDialog } from '../review/ActDialog.tsx';
import { CopyfitBar } from '../ui/Copyfit.tsx';
import { Avatar, PeopleStack } from '../ui/People.tsx';
import { dueTime, fullTime, shortTime } from '../ui/when.ts';
import { Marked } from './Marked.tsx';

type People = ReadonlyMap<string, Person>;

interface StoryListProps {
  articles: readonly Article[];
  people: People;
  /** Searched for: marked in the headlines. */
  words: string;
  phone: boolean;
  /** The list goes back to its top when this changes. */
  resetOn: string;
  onRename: (article: Article) => void;
}

/** Pixels; it stays on top while the rows scroll. */
const headHeight = 32;
const columns = ['headline', 'people', 'stage', 'page', 'characters', 'due', 'changed'] as const;

export function StoryList({ articles, people, words, phone, resetOn, onRename }: StoryListProps) {
  const { t } = useTranslation('app');
  const scroll = useRef<HTMLDivElement>(null);
  const inside = useEverybodyInside();
  const head = phone ? 0 : headHeight;
  const rows = useVirtualizer({
    count: articles.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => (phone ? 72 : 44),
    overscan: 12,
    scrollMargin: head,
    scrollPaddingStart: head,
    getItemKey: (index) => articles[index]?.id ?? index,
  });
  useEffect(() => {
    if (phone !== undefined) rows.measure();
  }, [phone, rows]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter or search starts at the top
  useEffect(() => {
    scroll.current?.scrollTo({ top: 0 });
  }, [resetOn]);

  const walk = (event: React.KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity, PageDown: 10, PageUp: -10 }[
      event.key
    ];
    const target = event.target as HTMLElement;
    if (step === undefined || target.closest('.stories-act')) return;
    const at = Number(target.closest('[data-index]')?.getAttribute('data-index') ?? -1);
    const next = Math.max(0, Math.min(articles.length - 1, at + step));
    event.preventDefault();
    rows.scrollToIndex(next);
    const focus = () => {
      const link = scroll.current?.querySelector<HTMLElement>(`[data-index="${next}"] a`);
      link?.focus({ preventScroll: true });
      return link;
    };
    // A row far away is drawn in the next frame.
    if (!focus()) requestAnimationFrame(focus);
  };

  return (
    <div className="stories-scroll" ref={scroll}>
      <div className="stories-head" aria-hidden="true">
        {columns.map((name) => (
          <span key={name} className={`stories-${name}`}>
            {t(`stories.column.${name}`)}
          </span>
        ))}
      </div>
      <ul aria-label={t('nav.stories')} style={{ height: rows.getTotalSize() }} onKeyDown={walk}>
        {rows.getVirtualItems().map((row) => {
          const article = articles[row.index];
          if (!article) return null;
          return (
            <StoryRow
              key={article.id}
              index={row.index}
              count={articles.length}
              top={row.start - head}
              article={article}
              people={people}
              inside={inside[article.id]}
              words={words}
              onRename={onRename}
            />
          );
        })}
      </ul>
    </div>
  );
}

interface StoryRowProps {
  index: number;
  count: number;
  top: number;
  article: Article;
  people: People;
  inside: readonly string[] | undefined;
  words: string;
  onRename: (article: Article) => void;
}

const StoryRow = memo(function StoryRow({
  index,
  count,
  top,
  article,
  people,
  inside = [],
  words,
  onRename,
}: StoryRowProps) {
  const { t, i18n } = useTranslation('app');
  const { t: review } = useTranslation('review');
  const known = (ids: readonly string[]) => ids.flatMap((id) => people.get(id) ?? []);
  const authors = known(article.people.map((one) => one.member));
  const here = known(inside);
  // What this browser composes itself is newer than what the server tells.
  const own = useCopyfit(article.id);
  const told = article.pages.find((page) => page.fit !== null)?.fit ?? null;
  const fit = own ? { ...own, room: own.capacity } : told;
  return (
    <li
      className="stories-row"
      aria-posinset={index + 1}
      aria-setsize={count}
      data-index={index}
      data-spiked={article.stage === 'spiked' || undefined}
      style={{ transform: `translateY(${top}px)` }}
    >
      <span className="stories-headline">
        <Link to={`/articles/${article.id}`}>
          {article.headline ? (
            <Marked text={article.headline} words={words} />
          ) : (
            <em>{t('stories.untitled')}</em>
          )}
        </Link>
      </span>
      <span className="stories-people">
        {authors.slice(0, 3).map((one) => (
          <Avatar key={one.id} person={one} size={20} quiet />
        ))}
        <span>
          <Marked text={authors.map((one) => one.name).join(t('ui:listComma')) || '—'} words={words} />
        </span>
      </span>
      <span className="stories-stage" data-stage={article.stage}>
        {review(`stage.${article.stage}`)}
      </span>
      <span className="stories-page" data-placed={article.pages.length > 0 || undefined}>
        {article.pages.map((page) => page.number).join(t('ui:listComma')) || '—'}
        {fit && <CopyfitBar figure={{ ...fit, capacity: fit.room }} bar={false} characters={false} />}
      </span>
      <span className="stories-characters">
        {article.characters}
        <span className="ui-hidden">{t('charactersUnit')}</span>
      </span>
      <span className="stories-due">
        {article.due !== null && article.stage !== 'signed' && (
          <time
            dateTime={article.due}
            title={fullTime(article.due, i18n.language)}
            data-late={Date.parse(article.due) < Date.now() || undefined}
          >
            {dueTime(article.due, i18n.language)}
          </time>
        )}
      </span>
      <span className="stories-changed" data-testid="changed">
        {here.length > 0 ? (
          <PeopleStack people={here} size={20} most={3} label={t('stories.inside')} />
        ) : (
          <time dateTime={article.updatedAt} title={fullTime(article.updatedAt, i18n.language)}>
            {shortTime(article.updatedAt, i18n.language)}
          </time>
        )}
      </span>
      <span className="stories-act">
        <StoryActs article={article} onRename={onRename} />
      </span>
    </li>
  );
});

function StoryActs({ article, onRename }: { article: Article; onRename: (article: Article) => void }) {
  const { t } = useTranslation('app');
  const { t: review } = useTranslation('review');
  const [asked, setAsked] = useState<StoryAct | null>(null);
  const { may } = article;
  if (!may.rename && !may.classify && may.acts.length === 0) return null;
  const name = article.headline || t('stories.untitled');
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon size={28} aria-label={t('stories.actsFor', { name })}>
            <IconDots size={18} stroke={1.5} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {(may.rename || may.classify) && (
            <Menu.Item leftSection={<IconPencil size={16} stroke={1.5} />} onClick={() => onRename(article)}>
              {t('desk.rename')}
            </Menu.Item>
          )}
          {may.acts.map((act) => (
            <Menu.Item
              key={act}
              leftSection={<svg width={16} height={16} aria-hidden="true" />}
              onClick={() => setAsked(act)}
            >
              {review(`act.${act}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {asked && <ActDialog article={article} action={asked} onClose={() => setAsked(null)} />}
    </>
  );
}

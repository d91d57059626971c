/** The rail beside the manuscript: 批注 and 版样; on a phone, a sheet from below that covers at most half. */
import { UnstyledButton } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Article, api, type Me } from '../../shared/api.ts';
import type { Person } from '../../shared/people/person.ts';
import { call, keys } from '../api.ts';
import type { EditorHandle } from '../article/handle.ts';
import { CommentRail } from '../comments/CommentRail.tsx';
import { usePages } from '../live/answers.ts';
import type { ArticleRoom } from '../live/room.ts';
import { PagePreview } from '../pages/PagePreview.tsx';
import { EmptyState } from '../ui/States.tsx';

const tabs = ['comments', 'preview'] as const;
type Tab = (typeof tabs)[number];

interface ArticleRailProps {
  article: Article;
  room: ArticleRoom;
  handle: EditorHandle | null;
  me: Me;
  people: Person[];
  sheet: boolean;
}

export function ArticleRail({ article, room, handle, me, people, sheet }: ArticleRailProps) {
  const { t } = useTranslation('app');
  const ids = useId();
  const [kept, setTab] = useLocalStorage<Tab>({
    key: 'tonggao.railTab',
    defaultValue: 'preview',
    getInitialValueInEffect: false,
  });
  const [open, setOpen] = useState(false);
  const tab = tabs.includes(kept) ? kept : 'preview';
  const threads = useQuery({
    queryKey: keys.comments(article.id),
    queryFn: ({ signal }) => call(api.comments, { params: { id: article.id }, signal }),
  });
  const count = threads.data?.filter((thread) => !thread.resolvedAt).length ?? 0;
  const unread = threads.data?.some((thread) => thread.unread && !thread.resolvedAt) ?? false;

  const choose = (next: Tab) => {
    setTab(next);
    if (sheet) setOpen(!(open && next === tab));
  };
  const walk = (event: React.KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length] ?? tab;
    setTab(next);
    document.getElementById(`${ids}${next}`)?.focus();
  };
  const shown = !sheet || open;
  return (
    <aside className="desk-rail" data-open={shown || undefined} aria-label={t('desk.rail')}>
      <div className="desk-tabs">
        <div role="tablist" aria-label={t('desk.rail')} onKeyDown={walk}>
          {tabs.map((one) => (
            <UnstyledButton
              key={one}
              id={ids + one}
              role="tab"
              className="desk-tab"
              aria-selected={shown && tab === one}
              aria-controls={`${ids}panel`}
              tabIndex={tab === one ? 0 : -1}
              onClick={() => choose(one)}
            >
              {t(`desk.${one}`)}
              {one === 'comments' && count > 0 && <span data-unread={unread || undefined}>{count}</span>}
            </UnstyledButton>
          ))}
        </div>
        {sheet && (
          <UnstyledButton
            className="desk-sheet-button"
            aria-expanded={open}
            aria-controls={`${ids}panel`}
            onClick={() => setOpen(!open)}
          >
            {open ? (
              <IconChevronDown size={20} stroke={1.5} aria-hidden="true" />
            ) : (
              <IconChevronUp size={20} stroke={1.5} aria-hidden="true" />
            )}
            <span className="ui-hidden">{t(open ? 'desk.sheet.close' : 'desk.sheet.open')}</span>
          </UnstyledButton>
        )}
      </div>
      <div
        id={`${ids}panel`}
        className="desk-panel"
        role="tabpanel"
        aria-labelledby={ids + tab}
        hidden={!shown}
      >
        {shown && tab === 'comments' && (
          <CommentRail handle={handle} room={room} article={article} me={me} people={people} />
        )}
        <div className="desk-preview" hidden={tab !== 'preview'}>
          <Preview article={article} handle={handle} me={me} />
        </div>
      </div>
    </aside>
  );
}

/** Stays mounted behind the other tab: the copyfit figure answers every keystroke. */
function Preview({ article, handle, me }: { article: Article; handle: EditorHandle | null; me: Me }) {
  const { t } = useTranslation('app');
  const pages = usePages();
  const page = pages.data?.find((one) => one.frames.some((frame) => frame.article === article.id));
  if (!pages.data) return null;
  if (!page) return <EmptyState title={t('desk.notPlaced')}>{t('desk.notPlacedWords')}</EmptyState>;
  return <PagePreview article={article.id} page={page} me={me} onPlace={(place) => handle?.goTo(place)} />;
}

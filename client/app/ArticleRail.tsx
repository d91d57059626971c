/** The rail beside the manuscript: 批注, 修改 and 版样; on a phone, a sheet from below that covers at most half. */
import { UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useThreadList } from '../live/answers.ts';
import { useSuggestions } from '../suggestions/useSuggestions.ts';

export const railTabs = ['comments', 'suggestions', 'versions', 'preview'] as const;
export type RailTab = (typeof railTabs)[number];

interface ArticleRailProps {
  article: string;
  tab: RailTab;
  onTab: (tab: RailTab) => void;
  /** On a phone the rail is a sheet, folded away or open; elsewhere it always stands. */
  sheet: boolean;
  open: boolean;
  onOpen: (open: boolean) => void;
  comments: ReactNode;
  suggestions: ReactNode;
  versions: ReactNode;
  /** Stays mounted behind the other tab: the copyfit figure answers every keystroke. */
  preview: ReactNode;
}

export function ArticleRail(props: ArticleRailProps) {
  const { article, tab, onTab, sheet, open, onOpen, comments, suggestions, versions, preview } = props;
  const { t } = useTranslation('app');
  const ids = useId();
  const shown = !sheet || open;
  const choose = (next: RailTab) => {
    if (sheet) onOpen(!(open && next === tab));
    onTab(next);
  };
  const walk = (event: React.KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = railTabs[(railTabs.indexOf(tab) + step + railTabs.length) % railTabs.length] ?? tab;
    onTab(next);
    document.getElementById(ids + next)?.focus();
  };
  const panes = { comments, suggestions, versions, preview };
  return (
    <aside className="desk-rail" data-open={shown || undefined} aria-label={t('desk.rail')}>
      <div className="desk-tabs">
        <div role="tablist" aria-label={t('desk.rail')} onKeyDown={walk}>
          {railTabs.map((one) => (
            <UnstyledButton
              key={one}
              id={ids + one}
              role="tab"
              className="desk-tab"
              aria-selected={shown && tab === one}
              aria-controls={`${ids}pane-${one}`}
              tabIndex={tab === one ? 0 : -1}
              onClick={() => choose(one)}
            >
              {t(`desk.${one}`)}
              {one === 'comments' && <OpenThreads article={article} />}
              {one === 'suggestions' && <OpenChanges />}
            </UnstyledButton>
          ))}
        </div>
        {sheet && (
          <UnstyledButton className="desk-sheet-button" aria-expanded={open} onClick={() => onOpen(!open)}>
            {open ? (
              <IconChevronDown size={20} stroke={1.5} aria-hidden="true" />
            ) : (
              <IconChevronUp size={20} stroke={1.5} aria-hidden="true" />
            )}
            <span className="ui-hidden">{t(open ? 'desk.sheet.close' : 'desk.sheet.open')}</span>
          </UnstyledButton>
        )}
      </div>
      {railTabs.map((one) => (
        <div
          key={one}
          id={`${ids}pane-${one}`}
          className="desk-pane"
          role="tabpanel"
          aria-labelledby={ids + one}
          hidden={!shown || tab !== one}
        >
          {panes[one]}
        </div>
      ))}
    </aside>
  );
}

function OpenChanges() {
  const { changes } = useSuggestions();
  return changes.length > 0 && <span>{changes.length}</span>;
}

/** How many threads are open; bold when something in them is unread. */
function OpenThreads({ article }: { article: string }) {
  const threads = useThreadList(article);
  const open = threads.filter((thread) => !thread.resolvedAt);
  if (open.length === 0) return null;
  return <span data-unread={open.some((thread) => thread.unread) || undefined}>{open.length}</span>;
}

/** The page as it will print, live while its stories are typed: whole, one story, or that story's galley. */
import { ActionIcon, SegmentedControl, UnstyledButton } from '@mantine/core';
import { useElementSize, useLocalStorage } from '@mantine/hooks';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '../../shared/api.ts';
import type { Drawing } from '../../shared/layout/drawing.ts';
import type { Page } from '../../shared/pages/page.ts';
import type { Reading } from '../../shared/suggestions/read.ts';
import { Broken } from './Broken.tsx';
import { type PageCaret, useCarets } from './carets.ts';
import './fonts.ts';
import type { LivePage } from './livePage.ts';
import './pages.css';
import { type Place, Sheet } from './Sheet.tsx';
import { useDrawing } from './useDrawing.ts';
import { storyPlace, type View, views, wholePage } from './views.ts';

interface PagePreviewProps {
  /** Null when the story stands on no page: its galley is shown instead. */
  page: Page | null;
  /** The story being written; null when the page itself is looked at. */
  article: string | null;
  me: Me;
  onPlace?: (place: Place) => void;
  /** The colour of a Yjs client's person, where something in the story is suggested; null where nothing is. */
  colorOf?: ((client: number) => number) | null;
  /** The paper's other pages, where lines that lead to them must match. */
  pages?: readonly Page[];
  /** What preflight found, below the page. */
  findings?: (live: LivePage) => ReactNode;
}

const steps = [0.25, 0.33, 0.42, 0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3];
const padding = 20;
const readings: readonly Reading[] = ['original', 'marked', 'accepted'];
const noCarets: readonly PageCaret[] = [];
const nothing: never[] = [];
/** One's own story is for reading: nine-point type is not made smaller than this to fit. */
const readable = 0.85;

/** Words and figure of how the story fits. */
function Fit({ drawing, article }: { drawing: Drawing; article: string }) {
  const { t } = useTranslation(['pages', 'ui']);
  const fit = drawing.copyfit.find((one) => one.article === article);
  if (!fit) return null;
  const word = fit.lines > 0 ? 'over' : fit.lines < 0 ? 'under' : 'fits';
  return (
    <p className="pages-fit" data-fit={word} role="status">
      <strong>
        {word === 'fits' ? t('ui:fits') : t(`ui:${word}`, { count: Math.abs(fit.lines) })}
        {word !== 'fits' && ` ${t('ui:characters', { count: Math.abs(fit.characters) })}`}
      </strong>
      {fit.lines > 0 && <span>{t('overWords')}</span>}
    </p>
  );
}

export function PagePreview(props: PagePreviewProps) {
  const { page, article, onPlace, colorOf = null, pages, findings } = props;
  const { t } = useTranslation('pages');
  const [kept, setView] = useLocalStorage<View>({
    key: 'tonggao.pageView',
    defaultValue: 'story',
    getInitialValueInEffect: false,
  });
  const choices: readonly View[] = article === null ? ['page'] : page === null ? ['galley'] : views;
  const view = choices.includes(kept) ? kept : (choices[0] ?? 'page');
  const [zoom, setZoom] = useState<number | null>(null);
  const { ref, width, height } = useElementSize();
  const [asked, setReading] = useState<Reading>('original');
  const reading = colorOf ? asked : 'original';
  const seenAs = useMemo(
    () => (colorOf && reading !== 'original' ? { reading, colorOf } : null),
    [colorOf, reading],
  );
  const { composed, broken, rooms, retry } = useDrawing(page, article, view === 'galley', pages, seenAs);
  const everybody = useCarets(rooms);
  // Places are those of the printed story.
  const carets = seenAs ? noCarets : everybody;
  const drawing = view === 'galley' ? composed?.galley : composed?.page;

  const shown =
    drawing && (view === 'story' && article !== null ? storyPlace(drawing, article) : wholePage(drawing));
  const across = shown ? ((width - 2 * padding) * 0.75) / shown.width : 1;
  const down =
    shown && article === null ? ((height - 2 * padding) * 0.75) / shown.height : Number.POSITIVE_INFINITY;
  const fitting = Math.max(
    0.1,
    Math.min(
      view === 'page' ? Math.min(across, Math.max(down, across * 0.5)) : Math.max(across, readable),
      2,
    ),
  );
  const scale = zoom ?? fitting;
  const step = (direction: 1 | -1) =>
    setZoom(
      direction > 0
        ? (steps.find((s) => s > scale + 0.01) ?? scale)
        : (steps.findLast((s) => s < scale - 0.01) ?? scale),
    );
  const keys = (event: React.KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '+' || event.key === '=') step(1);
    else if (event.key === '-') step(-1);
    else if (event.key === '0') setZoom(null);
    else return;
    event.preventDefault();
  };

  return (
    <section className="pages" aria-label={t('preview')}>
      <div className="pages-bar">
        {choices.length > 1 && (
          <SegmentedControl
            size="xs"
            aria-label={t('view')}
            value={view}
            onChange={(value) => {
              setView(value as View);
              setZoom(null);
            }}
            data={choices.map((value) => ({ value, label: t(value) }))}
          />
        )}
        {colorOf && (
          <SegmentedControl
            size="xs"
            aria-label={t('reading.label')}
            value={reading}
            onChange={(value) => setReading(value as Reading)}
            data={readings.map((value) => ({ value, label: t(`reading.${value}`) }))}
          />
        )}
        <span className="pages-name">
          {page ? `${page.number} ${page.section} ${t(page.format)}` : t('notPlaced')}
        </span>
        <fieldset className="pages-zoom" aria-label={t('zoom')}>
          <ActionIcon variant="subtle" size={28} aria-label={t('zoomOut')} onClick={() => step(-1)}>
            <IconMinus size={16} stroke={1.5} />
          </ActionIcon>
          <UnstyledButton
            className="pages-percent"
            onClick={() => setZoom(null)}
            aria-label={t('fit')}
            title={t('fit')}
          >
            {t('percent', { value: Math.round(scale * 100) })}
          </UnstyledButton>
          <ActionIcon variant="subtle" size={28} aria-label={t('zoomIn')} onClick={() => step(1)}>
            <IconPlus size={16} stroke={1.5} />
          </ActionIcon>
        </fieldset>
      </div>
      {page === null && <p className="pages-note">{t('notPlacedWords')}</p>}
      {broken && <Broken onRetry={retry} />}
      <section
        className="pages-desk"
        ref={ref}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={t('placeHint')}
        onKeyDown={keys}
      >
        {drawing && shown && width > 0 ? (
          <Sheet
            drawing={drawing}
            view={shown}
            zoom={scale}
            article={view === 'galley' ? null : article}
            carets={carets}
            label={
              view === 'galley' || !page
                ? t('galleySheet')
                : t('sheet', { number: page.number, section: page.section })
            }
            onPlace={seenAs ? undefined : onPlace}
          />
        ) : (
          !broken && <p className="pages-loading">{t('loading')}</p>
        )}
      </section>
      {drawing && article !== null && view !== 'galley' && <Fit drawing={drawing} article={article} />}
      {page &&
        findings?.({
          page,
          drawing: composed?.page ?? null,
          rooms,
          pages: pages ?? nothing,
          select: () => undefined,
        })}
    </section>
  );
}

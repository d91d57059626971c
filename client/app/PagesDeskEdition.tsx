/** One edition of the list: its pages in order, which are dragged, or moved by their menu, into another. */
import { ActionIcon, Button, Menu } from '@mantine/core';
import {
  IconArrowLeft,
  IconArrowRight,
  IconCopy,
  IconDots,
  IconFileExport,
  IconPencil,
  IconPlus,
  IconTrash,
} from '@tabler/icons-react';
import { type PointerEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../shared/api.ts';
import type { Edition } from '../../shared/pages/calls.ts';
import type { Page } from '../../shared/pages/page.ts';
import { call } from '../api.ts';
import { EditionExport } from '../checks/EditionExport.tsx';
import { dueTime, fullTime, longDay } from '../ui/when.ts';
import { EditionDialog, PageDialog, RemoveDialog } from './PagesDeskDialogs.tsx';
import { usePageAct } from './pageActs.ts';

interface EditionPagesProps {
  edition: Edition;
  pages: readonly Page[];
  /** Of every edition: what a new page may begin with. */
  all: readonly Page[];
  headlines: ReadonlyMap<string, string>;
  mayLay: boolean;
}

type Asked =
  | { kind: 'edition' | 'export' | 'removeEdition' }
  | { kind: 'add'; from: Page | null }
  | { kind: 'page' | 'remove'; page: Page };

/** Pixels that a pointer may tremble before it drags. */
const tremble = 6;

export function EditionPages({ edition, pages, all, headlines, mayLay }: EditionPagesProps) {
  const { t, i18n } = useTranslation('app');
  const [asked, setAsked] = useState<Asked | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const [held, setHeld] = useState<{ id: string; at: number } | null>(null);
  const move = usePageAct(({ page, position }: { page: Page; position: number }) =>
    call(api.changePage, { params: { id: page.id }, body: { position } }),
  );
  const day = longDay(edition.date, i18n.language);
  const name = [day, edition.name, edition.issue].filter((part) => part !== '').join(' ');

  /** The place among the others that a point of the screen means. */
  const placeOf = (id: string, x: number, y: number): number => {
    const cards = [...(list.current?.querySelectorAll<HTMLElement>('[data-page]') ?? [])].filter(
      (card) => card.dataset.page !== id,
    );
    const before = cards.filter((card) => {
      const box = card.getBoundingClientRect();
      return y > box.bottom || (y >= box.top && x > box.left + box.width / 2);
    });
    return before.length;
  };
  function hold(page: Page, event: PointerEvent<HTMLElement>) {
    if (!mayLay || event.button !== 0 || event.pointerType === 'touch') return;
    const from = { x: event.clientX, y: event.clientY };
    let at: number | null = null;
    const end = () => {
      removeEventListener('pointermove', go);
      removeEventListener('pointerup', drop);
      removeEventListener('pointercancel', end);
      setHeld(null);
    };
    const go = ({ clientX: x, clientY: y }: globalThis.PointerEvent) => {
      if (at === null && Math.hypot(x - from.x, y - from.y) < tremble) return;
      at = placeOf(page.id, x, y);
      setHeld({ id: page.id, at });
    };
    const drop = () => {
      end();
      if (at === null) return;
      const swallow = (click: Event) => {
        click.preventDefault();
        click.stopPropagation();
      };
      addEventListener('click', swallow, { capture: true, once: true });
      setTimeout(() => removeEventListener('click', swallow, { capture: true }), 0);
      if (at !== pages.indexOf(page)) move.mutate({ page, position: at });
    };
    addEventListener('pointermove', go);
    addEventListener('pointerup', drop);
    addEventListener('pointercancel', end);
  }
  const shown = inOrder(pages, held);
  return (
    <section className="pagelist" aria-label={name}>
      <header>
        <h2>{day}</h2>
        <p className="app-meta">
          {edition.name && <span>{edition.name}</span>}
          {edition.issue && <span>{edition.issue}</span>}
          <span>{t('pages.count', { count: pages.length })}</span>
          {edition.pressAt && (
            <time
              dateTime={edition.pressAt}
              data-late={Date.parse(edition.pressAt) < Date.now() || undefined}
              title={fullTime(edition.pressAt, i18n.language)}
            >
              {t('pages.pressBy', { when: dueTime(edition.pressAt, i18n.language) })}
            </time>
          )}
        </p>
        <span className="app-bar-gap" />
        {mayLay && (
          <>
            <Button
              size="xs"
              leftSection={<IconPlus size={16} stroke={1.5} aria-hidden="true" />}
              onClick={() => setAsked({ kind: 'add', from: null })}
            >
              {t('pages.newPage')}
            </Button>
            <Menu position="bottom-end">
              <Menu.Target>
                <ActionIcon aria-label={t('pages.actsForEdition', { name })}>
                  <IconDots size={18} stroke={1.5} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item
                  disabled={pages.length === 0}
                  leftSection={<IconFileExport size={16} stroke={1.5} />}
                  onClick={() => setAsked({ kind: 'export' })}
                >
                  {t('pages.exportEdition')}
                </Menu.Item>
                <Menu.Item
                  leftSection={<IconPencil size={16} stroke={1.5} />}
                  onClick={() => setAsked({ kind: 'edition' })}
                >
                  {t('pages.changeEdition')}
                </Menu.Item>
                <Menu.Item
                  disabled={pages.length > 0}
                  leftSection={<IconTrash size={16} stroke={1.5} />}
                  onClick={() => setAsked({ kind: 'removeEdition' })}
                >
                  {t('pages.removeEdition')}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </>
        )}
      </header>
      {pages.length === 0 && <p className="pagelist-none">{t('pages.editionEmpty')}</p>}
      <ul className="pagelist-list" ref={list}>
        {shown.map((page, at) => (
          <li
            key={page.id}
            data-page={page.id}
            data-held={held?.id === page.id || undefined}
            onPointerDown={(event) => {
              if (!(event.target as HTMLElement).closest('button')) hold(page, event);
            }}
          >
            <PageCard page={page} headlines={headlines} />
            {mayLay && (
              <PageMenu
                page={page}
                first={at === 0}
                last={at === shown.length - 1}
                onMove={(by) => move.mutate({ page, position: pages.indexOf(page) + by })}
                onAsk={setAsked}
              />
            )}
          </li>
        ))}
      </ul>
      {asked?.kind === 'edition' && <EditionDialog edition={edition} onClose={() => setAsked(null)} />}
      {asked?.kind === 'add' && (
        <PageDialog
          edition={edition}
          page={null}
          from={asked.from}
          all={all}
          onClose={() => setAsked(null)}
        />
      )}
      {asked?.kind === 'page' && (
        <PageDialog
          edition={edition}
          page={asked.page}
          from={null}
          all={all}
          onClose={() => setAsked(null)}
        />
      )}
      {asked?.kind === 'remove' && (
        <RemoveDialog page={asked.page} edition={null} onClose={() => setAsked(null)} />
      )}
      {asked?.kind === 'export' && (
        <EditionExport edition={edition} pages={pages} name={name} onClose={() => setAsked(null)} />
      )}
      {asked?.kind === 'removeEdition' && (
        <RemoveDialog page={null} edition={edition} onClose={() => setAsked(null)} />
      )}
    </section>
  );
}

function inOrder(pages: readonly Page[], held: { id: string; at: number } | null): readonly Page[] {
  const page = held && pages.find(({ id }) => id === held.id);
  return page && held ? pages.filter((one) => one !== page).toSpliced(held.at, 0, page) : pages;
}

interface PageMenuProps {
  page: Page;
  first: boolean;
  last: boolean;
  onMove: (by: 1 | -1) => void;
  onAsk: (asked: Asked) => void;
}

function PageMenu({ page, first, last, onMove, onAsk }: PageMenuProps) {
  const { t } = useTranslation('app');
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon
          className="pagelist-act"
          size={28}
          aria-label={t('pages.actsFor', { number: page.number })}
        >
          <IconDots size={18} stroke={1.5} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconPencil size={16} stroke={1.5} />}
          onClick={() => onAsk({ kind: 'page', page })}
        >
          {t('pages.rename')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconCopy size={16} stroke={1.5} />}
          onClick={() => onAsk({ kind: 'add', from: page })}
        >
          {t('pages.duplicate')}
        </Menu.Item>
        <Menu.Item
          disabled={first}
          leftSection={<IconArrowLeft size={16} stroke={1.5} />}
          onClick={() => onMove(-1)}
        >
          {t('pages.earlier')}
        </Menu.Item>
        <Menu.Item
          disabled={last}
          leftSection={<IconArrowRight size={16} stroke={1.5} />}
          onClick={() => onMove(1)}
        >
          {t('pages.later')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconTrash size={16} stroke={1.5} />}
          onClick={() => onAsk({ kind: 'remove', page })}
        >
          {t('pages.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function PageCard({ page, headlines }: { page: Page; headlines: ReadonlyMap<string, string> }) {
  const { t } = useTranslation('app');
  const { columns, lines } = page.grid;
  const stories = new Set(page.frames.flatMap(({ article }) => article ?? [])).size;
  return (
    <Link to={`/pages/${page.id}`} className="pagelist-card" draggable={false}>
      <span
        className="pagelist-sheet"
        style={{
          aspectRatio: `${page.width} / ${page.height}`,
          gridTemplate: `repeat(${lines}, minmax(0, 1fr)) / repeat(${columns}, minmax(0, 1fr))`,
        }}
      >
        {page.frames.map((frame) => {
          const { place } = frame;
          return (
            <span
              key={frame.id}
              className="pagelist-frame"
              data-kind={frame.kind}
              data-empty={(frame.kind === 'story' && frame.article === null) || undefined}
              style={
                {
                  '--columns': place.columns,
                  gridArea: `${place.line + 1} / ${place.column + 1} / span ${place.lines} / span ${place.columns}`,
                } as React.CSSProperties
              }
            >
              <b>{frame.part === 0 ? (frame.article && headlines.get(frame.article)) || frame.text : ''}</b>
            </span>
          );
        })}
      </span>
      <strong>
        {page.number} {page.section}
      </strong>
      <span className="app-meta">
        <span>{t(`pages.${page.format}`)}</span>
        <span>{t('pages.stories', { count: stories })}</span>
      </span>
    </Link>
  );
}

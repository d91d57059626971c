/** A story's frames in the order of its text, and where it may run on to. */
import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { newFrame } from '../canvas/tools.ts';
import { frameToContinue } from '../placing/continueOn.ts';
import { partsOf } from '../placing/place.ts';
import type { Editing } from './edit.ts';
import { Part } from './fields.tsx';

export function PartsPart({
  laying,
  frame,
  pages,
  onContinue,
}: Editing & { onContinue: (page: string) => void }) {
  const { t } = useTranslation('pages');
  const { article } = frame;
  if (article === null) return null;
  const { page } = laying;
  const others = pages.filter((one) => one.edition === page.edition && one.id !== page.id);
  const parts = partsOf(article, [page, ...others]);
  const number = Math.min(15, Math.max(-1, ...parts.map((one) => one.frame.part)) + 1);
  const continueHere = () => {
    const lacking = Math.max(0, laying.fits.get(frame.id)?.characters ?? 0);
    const next = frameToContinue(page, { article, part: number, lacking }) ?? {
      ...newFrame('story', { ...frame.place, line: Math.max(0, page.grid.lines - frame.place.lines) }),
      article,
      part: number,
    };
    laying.acts.replace({ add: [next] });
    laying.select([next.id]);
  };
  /** Two frames of this page change their turn; those on other pages keep theirs. */
  const swap = (a: (typeof parts)[number], b: (typeof parts)[number]) =>
    laying.acts.change([
      { id: a.frame.id, change: { part: b.frame.part } },
      { id: b.frame.id, change: { part: a.frame.part } },
    ]);
  return (
    <Part title={t('parts.title')}>
      <ol className="inspector-parts">
        {parts.map((one, i) => {
          const here = one.page.id === page.id;
          const before = parts[i - 1];
          const after = parts[i + 1];
          const words = t('parts.name', {
            number: i + 1,
            columns: one.frame.place.columns,
            lines: one.frame.place.lines,
          });
          return (
            <li key={`${one.page.id} ${one.frame.id}`} data-own={one.frame.id === frame.id || undefined}>
              {here ? (
                <button type="button" onClick={() => laying.select([one.frame.id])}>
                  {words}
                </button>
              ) : (
                <Link to={`/pages/${one.page.id}`}>
                  {t('parts.onPage', { number: one.page.number })} {words}
                </Link>
              )}
              {here && laying.editable && parts.length > 1 && (
                <span>
                  <ActionIcon
                    size={24}
                    disabled={before?.page.id !== page.id}
                    aria-label={t('parts.earlier', { number: i + 1 })}
                    onClick={() => before && swap(one, before)}
                  >
                    <IconChevronUp size={16} stroke={1.5} />
                  </ActionIcon>
                  <ActionIcon
                    size={24}
                    disabled={after?.page.id !== page.id}
                    aria-label={t('parts.later', { number: i + 1 })}
                    onClick={() => after && swap(one, after)}
                  >
                    <IconChevronDown size={16} stroke={1.5} />
                  </ActionIcon>
                </span>
              )}
            </li>
          );
        })}
      </ol>
      {laying.editable && (
        <Menu position="bottom-start">
          <Menu.Target>
            <Button size="xs" rightSection={<IconChevronDown size={14} stroke={1.5} aria-hidden="true" />}>
              {t('parts.continue')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={continueHere}>{t('parts.here')}</Menu.Item>
            {others.map((one) => (
              <Menu.Item key={one.id} onClick={() => onContinue(one.id)}>
                {one.number} {one.section}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </Part>
  );
}

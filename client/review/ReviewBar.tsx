/** In the article's bar: at which stage the story is, and what else can be done with it than a review's own acts. */
import { ActionIcon, Button, Menu, Popover } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Article } from '../../shared/api.ts';
import type { Person } from '../../shared/people/person.ts';
import type { StoryAct } from '../../shared/review/stages.ts';
import { ReviewHistory } from './ReviewHistory.tsx';
import { useReview } from './useReview.ts';
import './review.css';

/** In the order in which one of them is the next step; the others go into the menu. */
export const steps: readonly StoryAct[] = ['submit', 'sign', 'pass', 'resume', 'restore'];
const others: readonly StoryAct[] = ['return', 'hold', 'reopen', 'spike'];

/** Whether these are a reviewer's, whose acts stand below the text (ReviewFoot.tsx). */
export const reviews = (acts: readonly StoryAct[]): boolean => acts.includes('return');

interface ReviewBarProps {
  article: Article;
  people: readonly Person[];
  phone: boolean;
  when: (iso: string) => string;
  /** Asks before it is done. */
  onAct: (act: StoryAct) => void;
}

export function ReviewBar({ article, people, phone, when, onAct }: ReviewBarProps) {
  const { t } = useTranslation('review');
  const { acts } = article.may;
  const judges = reviews(acts);
  const first = steps.find((one) => acts.includes(one));
  const next = judges ? undefined : first;
  const more = [...steps, ...others].filter(
    (one) => acts.includes(one) && one !== first && !(judges && one === 'return'),
  );
  return (
    <>
      <StageChip {...{ article, people, when }} />
      {next && (
        <Button variant="filled" size={phone ? 'compact-md' : 'sm'} onClick={() => onAct(next)}>
          {t(`act.${next}`)}
        </Button>
      )}
      {more.length > 0 && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon size={phone ? 44 : 36} variant="default" aria-label={t('more')}>
              <IconChevronDown size={18} stroke={1.5} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {more.map((one) => (
              <Menu.Item key={one} onClick={() => onAct(one)} {...(one === 'spike' ? { color: 'red' } : {})}>
                {t(`act.${one}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </>
  );
}

/** The stage; opens what was decided so far. */
function StageChip({ article, people, when }: Omit<ReviewBarProps, 'phone' | 'onAct'>) {
  const { t } = useTranslation('review');
  const [opened, setOpened] = useState(false);
  const review = useReview(article.id, opened);
  const stage = t(`stage.${article.stage}`);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={360} trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className="review-stage"
          data-stage={article.stage}
          aria-label={t('historyOf', { stage })}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          {stage}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('history')}>
        {review.data ? (
          <ReviewHistory article={article} review={review.data} people={people} when={when} />
        ) : review.error ? (
          <p role="alert">
            {t('failed')}{' '}
            <button type="button" className="ui-link" onClick={() => void review.refetch()}>
              {t('retry')}
            </button>
          </p>
        ) : (
          <p role="status">{t('loading')}</p>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

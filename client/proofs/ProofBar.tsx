/** In the desk's bar: where the page stands on its way to the press, its marks, and the one next act. */
import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconRubberStamp } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Page } from '../../shared/pages/page.ts';
import type { Person } from '../../shared/people/person.ts';
import { isLeft } from '../../shared/proofs/mark.ts';
import { type PageAction, pageStages } from '../../shared/review/stages.ts';
import { Banner } from '../ui/States.tsx';
import { MarkDialog, type MarkedPlace } from './MarkDialog.tsx';
import { MarksDrawer } from './MarksDrawer.tsx';
import { ProofActDialog } from './ProofActDialog.tsx';
import { usePageReview } from './useProofs.ts';
import './proofs.css';

interface ProofBarProps {
  page: Page;
  people: readonly Person[];
  when: (iso: string) => string;
  /** A line of the page that was clicked to be marked. */
  marking: MarkedPlace | null;
  onMarking: (place: MarkedPlace | null) => void;
  /** The list of marks is open: at this one, or at its head. */
  listed: { mark: string | null } | null;
  onListed: (listed: { mark: string | null } | null) => void;
  onArticle: (article: string) => void;
  /** Who is here. */
  here: ReactNode;
  /** What is done beside the next step; primary where there is none. */
  aside: (isPrimary: boolean) => ReactNode;
  /** The marks stand beside the page, and are put there. */
  beside: boolean;
}

const first: readonly PageAction[] = ['ready', 'proofed', 'read', 'sign'];

export function ProofBar(props: ProofBarProps) {
  const { page, people, when, marking, onMarking, listed, onListed, onArticle, here, aside, beside } = props;
  const { t } = useTranslation('proofs');
  const review = usePageReview(page.id);
  const [asked, setAsked] = useState<PageAction | null>(null);
  const { data } = review;
  if (!data)
    return (
      <section className="proof-bar" aria-label={t('label')}>
        {review.error && (
          <>
            <span>{t('failed')}</span>
            <Button size="compact-sm" onClick={() => void review.refetch()}>
              {t('retry')}
            </Button>
          </>
        )}
        <span className="app-bar-gap" />
        {here}
        {aside(false)}
      </section>
    );
  const { stage, acts, marks, mayMark } = data;
  // What the stories read like by now says what became of the marks.
  const list = () => {
    onListed({ mark: null });
    void review.refetch();
  };
  const next = acts.find(({ action, refused }) => first.includes(action) && refused === null);
  const more = acts.filter((one) => one !== next);
  const open = marks.filter(isLeft).length;
  const hasMarks = !beside && (stage !== 'layout' || marks.length > 0);
  return (
    <section
      className="proof-bar"
      aria-label={t('label')}
      data-full={hasMarks || (mayMark && !beside) || undefined}
    >
      <ol aria-label={t('steps')}>
        {pageStages.map((one, i) => {
          const state = one === stage ? 'here' : i < pageStages.indexOf(stage) ? 'past' : 'ahead';
          return (
            <li
              key={one}
              data-state={state}
              title={t(`stage.${one}`)}
              {...(state === 'here' ? { 'aria-current': 'step' as const } : {})}
            >
              <span>{t(`stage.${one}`)}</span>
            </li>
          );
        })}
      </ol>
      {here}
      {hasMarks && (
        <Button variant={open > 0 ? 'default' : 'subtle'} onClick={list}>
          {t('marksCount', { count: marks.length })}
        </Button>
      )}
      {mayMark && !beside && <Button onClick={() => onMarking({ article: null })}>{t('whole')}</Button>}
      {aside(next === undefined)}
      {next && (
        <Button
          variant="filled"
          leftSection={
            next.action === 'sign' && <IconRubberStamp size={16} stroke={1.5} aria-hidden="true" />
          }
          onClick={() => setAsked(next.action)}
        >
          {t(`act.${next.action}`)}
        </Button>
      )}
      {more.length > 0 && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={t('label')}>
              <IconDots size={20} stroke={1.5} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {more.map(({ action }) => (
              <Menu.Item key={action} onClick={() => setAsked(action)}>
                {t(`act.${action}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {asked && <ProofActDialog page={page} review={data} action={asked} onClose={() => setAsked(null)} />}
      {marking && mayMark && <MarkDialog page={page} place={marking} onClose={() => onMarking(null)} />}
      {!beside && (
        <MarksDrawer
          {...{ people, when, onArticle }}
          page={page.id}
          review={data}
          listed={listed}
          onClose={() => onListed(null)}
        />
      )}
    </section>
  );
}

/** Says that what was signed is no longer what stands there. */
export function ProofChanged({ page }: { page: string }) {
  const { t } = useTranslation('proofs');
  const { data } = usePageReview(page);
  return data?.signed?.holds === false ? <Banner grave>{t('changed')}</Banner> : null;
}

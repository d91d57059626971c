/** Over the page: where it stands on its way to the press, the next step, and its marks. */
import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconRubberStamp } from '@tabler/icons-react';
import { useState } from 'react';
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
  /** The marks stand beside the page, and are put there. */
  beside: boolean;
}

const first: readonly PageAction[] = ['ready', 'proofed', 'read', 'sign'];

export function ProofBar(props: ProofBarProps) {
  const { page, people, when, marking, onMarking, listed, onListed, onArticle, beside } = props;
  const { t } = useTranslation('proofs');
  const review = usePageReview(page.id);
  const [asked, setAsked] = useState<PageAction | null>(null);
  const { data } = review;
  if (!data)
    return review.error ? (
      <div className="proof-bar">
        <span>{t('failed')}</span>
        <Button size="compact-sm" onClick={() => void review.refetch()}>
          {t('retry')}
        </Button>
      </div>
    ) : null;
  const { stage, acts, marks, mayMark, signed } = data;
  // What the stories read like by now says what became of the marks.
  const list = () => {
    onListed({ mark: null });
    void review.refetch();
  };
  const next = acts.find(({ action, refused }) => first.includes(action) && refused === null);
  const more = acts.filter((one) => one !== next);
  const open = marks.filter(isLeft).length;
  return (
    <>
      {signed?.holds === false && <Banner grave>{t('changed')}</Banner>}
      <section className="proof-bar" aria-label={t('label')}>
        <ol aria-label={t('steps')}>
          {pageStages.map((one, i) => {
            const state = one === stage ? 'here' : i < pageStages.indexOf(stage) ? 'past' : 'ahead';
            return (
              <li
                key={one}
                data-state={state}
                {...(state === 'here' ? { 'aria-current': 'step' as const } : {})}
              >
                {t(`stage.${one}`)}
              </li>
            );
          })}
        </ol>
        <span className="app-bar-gap" />
        {!beside && (stage !== 'layout' || marks.length > 0) && (
          <Button size="compact-sm" variant={open > 0 ? 'default' : 'subtle'} onClick={list}>
            {t('marksCount', { count: marks.length })}
          </Button>
        )}
        {mayMark && !beside && (
          <Button size="compact-sm" onClick={() => onMarking({ article: null })}>
            {t('whole')}
          </Button>
        )}
        {next && (
          <Button
            size="compact-md"
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
              <Button
                size="compact-sm"
                aria-label={t('label')}
                rightSection={<IconChevronDown size={14} stroke={1.5} aria-hidden="true" />}
              >
                <span className="proof-bar-word">{t('label')}</span>
              </Button>
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
        {asked && (
          <ProofActDialog page={page.id} review={data} action={asked} onClose={() => setAsked(null)} />
        )}
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
    </>
  );
}

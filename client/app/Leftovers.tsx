/** Words written offline that could not be merged: said on every desk until their writer has dealt with them. */
import { Button, Modal } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api, type Me } from '../../shared/api.ts';
import type { StoryParagraph } from '../../shared/manuscript/story.ts';
import { call } from '../api.ts';
import { useArticleAct } from '../live/answers.ts';
import type { Leftover } from '../live/device.ts';
import { removeLeftover, storyOf, useLeftovers } from '../live/leftovers.ts';
import { Banner } from '../ui/States.tsx';
import { failToast, toast } from '../ui/toast.tsx';
import './Leftovers.css';
import { shortTime } from '../ui/when.ts';

export function Leftovers({ me }: { me: Me }) {
  const { t } = useTranslation('app');
  const leftovers = useLeftovers(me.id);
  const [open, setOpen] = useState(false);
  if (leftovers.length === 0) return null;
  return (
    <>
      <Banner grave action={<Button onClick={() => setOpen(true)}>{t('leftovers.see')}</Button>}>
        {t('leftovers.some', { count: leftovers.length })}
      </Banner>
      <Modal opened={open} onClose={() => setOpen(false)} title={t('leftovers.title')} size="lg">
        <p className="leftovers-words">{t('leftovers.words')}</p>
        {leftovers.map((leftover) => (
          <One key={leftover.key} leftover={leftover} onGone={() => setOpen(leftovers.length > 1)} />
        ))}
      </Modal>
    </>
  );
}

/** Without its picture, which belongs to the story it was given to. */
const given = ({ style, text, marks, gap, credit, alt }: StoryParagraph) => ({
  style,
  text,
  marks,
  gap,
  credit,
  alt,
});

function One({ leftover, onGone }: { leftover: Leftover; onGone: () => void }) {
  const { t, i18n } = useTranslation('app');
  const navigate = useNavigate();
  const [sure, setSure] = useState(false);
  const story = useMemo(() => storyOf(leftover), [leftover]);
  const words = story.paragraphs.map(({ text }) => text).join('\n');
  const headline = leftover.headline || t('desk.untitled');

  async function remove() {
    await removeLeftover(leftover.key);
    onGone();
  }
  const add = useArticleAct(() =>
    call(api.addArticle, {
      body: {
        title: t('leftovers.copyOf', { name: headline }).slice(0, 120),
        paragraphs: story.paragraphs.map(given),
      },
    }),
  );
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(words);
      toast(t('leftovers.copied'));
    } catch {
      failToast(t('leftovers.copyByHand'));
    }
  };
  return (
    <section className="leftovers-one" aria-label={headline}>
      <h3>{headline}</h3>
      <p className="app-meta">
        <span>{shortTime(new Date(leftover.at).toISOString(), i18n.language)}</span>
        <span>{t(`leftovers.because.${leftover.reason}`)}</span>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long words are scrolled by keyboard, too */}
      <div className="leftovers-text" lang="zh-CN" tabIndex={0}>
        {story.paragraphs.map(({ text, style }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: nothing here moves
          <p key={i} data-style={style}>
            {text}
          </p>
        ))}
      </div>
      <div className="leftovers-acts">
        <Button
          variant="filled"
          loading={add.isPending}
          onClick={() =>
            add.mutate(undefined, {
              onSuccess: async (article) => {
                await remove();
                navigate(`/articles/${article.id}`);
              },
            })
          }
        >
          {t('leftovers.asNew')}
        </Button>
        <Button onClick={() => void copy()}>{t('leftovers.copy')}</Button>
        <Button
          variant="subtle"
          color={sure ? 'red' : 'gray'}
          onClick={() => (sure ? void remove() : setSure(true))}
          onBlur={() => setSure(false)}
        >
          {t(sure ? 'leftovers.sure' : 'leftovers.remove')}
        </Button>
      </div>
    </section>
  );
}

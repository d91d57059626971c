/** The top bar of the article desk: what it is and whether it is saved, who is here, and what can be done. */
import { ActionIcon, Button, Menu } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import {
  IconCheck,
  IconChevronLeft,
  IconDots,
  IconFileDescription,
  IconFileExport,
  IconHistory,
  IconMessages,
  IconPencil,
  IconUsers,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Article, api, type Me } from '../../shared/api.ts';
import { canOnArticle } from '../../shared/people/can.ts';
import type { Person } from '../../shared/people/person.ts';
import type { StoryAct } from '../../shared/review/stages.ts';
import { address } from '../api.ts';
import type { ArticleRoom } from '../live/room.ts';
import { useCopyfit } from '../pages/copyfit.ts';
import { ReviewBar } from '../review/ReviewBar.tsx';
import { CopyfitBar } from '../ui/Copyfit.tsx';
import { PeopleStack } from '../ui/People.tsx';
import { SavedState } from '../ui/SavedState.tsx';
import { shortTime } from '../ui/when.ts';
import { narrow } from './narrow.ts';
import { useFigures, useHere, useRoomStatus } from './room.ts';
import { savedShown } from './savedShown.ts';

interface ArticleBarProps {
  article: Article;
  me: Me;
  people: readonly Person[];
  room: ArticleRoom;
  /** The server takes nothing from here any more. */
  ended: boolean;
  onPeople: () => void;
  onRename: () => void;
  onExport: () => void;
  onAct: (act: StoryAct) => void;
  measure: Measure;
  onMeasure: (measure: Measure) => void;
}

const measures = ['print', 'desk', 'wide'] as const;
/** How wide the manuscript is set: as it will print, as on a galley, or wide. */
export type Measure = (typeof measures)[number];

export function ArticleBar({
  article,
  me,
  people,
  room,
  ended,
  onPeople,
  onRename,
  onExport,
  onAct,
  measure,
  onMeasure,
}: ArticleBarProps) {
  const { t, i18n } = useTranslation('app');
  const phone = useMediaQuery(narrow, undefined, { getInitialValueInEffect: false }) ?? false;
  return (
    <header className="app-bar desk-bar">
      <ActionIcon component={Link} to="/" aria-label={t('desk.back')} size={phone ? 44 : 32}>
        <IconChevronLeft size={20} stroke={1.5} />
      </ActionIcon>
      <Title {...{ article, room, phone, ended }} />
      <span className="app-bar-gap" />
      {!phone && <Fit article={article.id} />}
      {!ended && <Here {...{ me, people, room, phone }} />}
      {!phone && (
        <Button
          disabled={ended}
          onClick={onPeople}
          leftSection={<IconUsers size={16} stroke={1.5} aria-hidden="true" />}
        >
          {t(article.may.invite ? 'desk.invite' : 'desk.people')}
        </Button>
      )}
      <ReviewBar {...{ article, people, phone, onAct }} when={(iso) => shortTime(iso, i18n.language)} />
      <More {...{ article, me, ended, onPeople, onRename, onExport, phone, measure, onMeasure }} />
    </header>
  );
}

type Shown<K extends keyof ArticleBarProps> = Pick<ArticleBarProps, K> & { phone: boolean };

function Title({ article, room, phone, ended }: Shown<'article' | 'room' | 'ended'>) {
  const { t } = useTranslation('app');
  const figures = useFigures(room);
  const headline = figures?.headline || article.title || article.headline || t('desk.untitled');
  return (
    <div className="app-bar-title">
      <h1 title={headline}>{headline}</h1>
      <p className="app-meta">
        <Saved {...{ article, room }} short={phone && !ended} />
        {phone && <Fit article={article.id} short />}
        <span>{t('characters', { count: figures?.characters ?? article.characters })}</span>
        {!phone &&
          article.pages.map((page) => (
            <Link key={page.id} to={`/pages/${page.id}`} className="desk-page">
              {page.number} {page.section}
            </Link>
          ))}
      </p>
    </div>
  );
}

/** Follows every key; apart from the rest of the bar, which does not. */
function Saved({ article, room, short }: Pick<ArticleBarProps, 'article' | 'room'> & { short: boolean }) {
  return <SavedState saved={savedShown(useRoomStatus(room), article.may)} short={short} />;
}

function Fit({ article, short = false }: { article: string; short?: boolean }) {
  const copyfit = useCopyfit(article);
  return <CopyfitBar figure={copyfit} {...(short ? { bar: false, characters: false } : {})} />;
}

/** Who has the story open. */
function Here({ me, people, room, phone }: Shown<'me' | 'people' | 'room'>) {
  const { t } = useTranslation('app');
  const here = useHere(room, me.id);
  const inside = here.flatMap((id) => people.find((one) => one.id === id) ?? []);
  return <PeopleStack people={inside} size={phone ? 24 : 28} most={phone ? 3 : 5} label={t('desk.here')} />;
}

interface MoreProps {
  article: Article;
  me: Me;
  ended: boolean;
  phone: boolean;
  measure: Measure;
  onMeasure: (measure: Measure) => void;
  onPeople: () => void;
  onRename: () => void;
  onExport: () => void;
}

function More({ article, me, ended, phone, measure, onMeasure, onPeople, onRename, onExport }: MoreProps) {
  const { t } = useTranslation('app');
  const { t: versions, i18n } = useTranslation('versions');
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          aria-label={t('desk.more')}
          size={phone ? 44 : 36}
          variant={phone ? 'subtle' : 'default'}
          color="gray"
        >
          <IconDots size={20} stroke={1.5} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconFileExport size={16} stroke={1.5} />}
          disabled={ended}
          onClick={onExport}
        >
          {t('desk.export')}
        </Menu.Item>
        <Menu.Item
          component={Link}
          to={`/articles/${article.id}/versions`}
          disabled={ended}
          leftSection={<IconHistory size={16} stroke={1.5} />}
        >
          {versions('title')}
        </Menu.Item>
        <Menu.Item
          component="a"
          disabled={ended}
          href={address(api.talkFile, {
            params: { id: article.id },
            query: { language: i18n.language === 'en' ? 'en' : 'zh' },
          })}
          target="_blank"
          rel="noreferrer"
          leftSection={<IconMessages size={16} stroke={1.5} />}
        >
          {t('desk.talkFile')}
        </Menu.Item>
        {canOnArticle(me, 'file', { ...article, people: article.people.map(({ member }) => member) }) && (
          <Menu.Item
            component="a"
            disabled={ended}
            href={address(api.articleFile, {
              params: { id: article.id },
              query: { language: i18n.language === 'en' ? 'en' : 'zh' },
            })}
            target="_blank"
            rel="noreferrer"
            leftSection={<IconFileDescription size={16} stroke={1.5} />}
          >
            {versions('file')}
          </Menu.Item>
        )}
        {phone && (
          <Menu.Item leftSection={<IconUsers size={16} stroke={1.5} />} disabled={ended} onClick={onPeople}>
            {t(article.may.invite ? 'desk.invite' : 'desk.people')}
          </Menu.Item>
        )}
        {(article.may.rename || article.may.classify) && (
          <Menu.Item leftSection={<IconPencil size={16} stroke={1.5} />} onClick={onRename}>
            {t('desk.rename')}
          </Menu.Item>
        )}
        {!phone && (
          <>
            <Menu.Divider />
            <Menu.Label>{t('desk.measure')}</Menu.Label>
            {measures.map((one) => (
              <Menu.Item
                key={one}
                role="menuitemradio"
                aria-checked={one === measure}
                leftSection={
                  one === measure ? (
                    <IconCheck size={16} stroke={1.5} />
                  ) : (
                    <svg width={16} height={16} aria-hidden="true" />
                  )
                }
                onClick={() => onMeasure(one)}
              >
                {t(`desk.measures.${one}`)}
              </Menu.Item>
            ))}
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

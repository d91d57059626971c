/** The versions beside the manuscript: what was kept, whose it is, and the way to compare them. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { Article } from '../../shared/api.ts';
import type { Person } from '../../shared/people/person.ts';
import { EmptyState, Skeleton } from '../ui/States.tsx';
import { NameDialog } from './Dialogs.tsx';
import { Timeline } from './Timeline.tsx';
import { useVersions } from './useVersions.ts';
import './versions.css';

interface VersionRailProps {
  article: Article;
  people: readonly Person[];
  day: (iso: string) => string;
  clock: (iso: string) => string;
}

export function VersionRail({ article, people, day, clock }: VersionRailProps) {
  const { t } = useTranslation('versions');
  const navigate = useNavigate();
  const versions = useVersions(article.id);
  const [naming, setNaming] = useState(false);
  const screen = `/articles/${article.id}/versions`;
  const retry = () => void versions.refetch();
  if (!versions.data)
    return versions.error ? (
      <EmptyState title={t('failed')} acts={<Button onClick={retry}>{t('retry')}</Button>} />
    ) : (
      <Skeleton onRetry={retry} />
    );
  return (
    <div className="versions-rail">
      <div className="versions-tools">
        <Button component={Link} to={screen}>
          {t('compare')}
        </Button>
        {article.may.suggest && <Button onClick={() => setNaming(true)}>{t('name')}</Button>}
      </div>
      {versions.data.versions.length + versions.data.acts.length === 0 ? (
        <EmptyState title={t('none')}>{t(article.may.suggest ? 'noneWords' : 'noneRead')}</EmptyState>
      ) : (
        <Timeline
          versions={versions.data}
          {...{ people, day, clock }}
          from={null}
          to=""
          onChoose={(id) => navigate(id === 'now' ? screen : `${screen}?from=${id}`)}
        />
      )}
      {naming && <NameDialog article={article.id} version={null} name="" onClose={() => setNaming(false)} />}
    </div>
  );
}

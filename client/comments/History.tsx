/** What a comment said before it was changed. */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../shared/api.ts';
import { call, keys } from '../api.ts';
import { dueTime, fullTime } from '../ui/when.ts';

interface HistoryProps {
  article: string;
  thread: string;
  comment: string;
  /** When it was changed last. */
  editedAt: string;
}

export function History({ article, thread, comment, editedAt }: HistoryProps) {
  const { t, i18n } = useTranslation('comments');
  const query = useQuery({
    queryKey: keys.commentHistory(article, comment, editedAt),
    queryFn: ({ signal }) => call(api.commentHistory, { params: { id: article, thread, comment }, signal }),
  });
  if (!query.data)
    return <p className="comments-count">{t(query.error ? 'history.failed' : 'history.loading')}</p>;
  return (
    <ol className="comments-history" aria-label={t('history.title')}>
      {query.data.toReversed().map(({ text, at }) => (
        <li key={at + text}>
          <time dateTime={at} title={fullTime(at, i18n.language)}>
            {dueTime(at, i18n.language)}
          </time>
          {text}
        </li>
      ))}
    </ol>
  );
}

/** Fetches the paper's review settings and keeps what is changed in them. */
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../shared/api.ts';
import type { ReviewSettings } from '../../shared/review/calls.ts';
import { call, keys } from '../api.ts';
import { useComplaint } from '../live/answers.ts';
import { failToast } from '../ui/toast.tsx';
import './review.css';

interface ReviewSettingsFormProps {
  children: (settings: ReviewSettings, change: (to: ReviewSettings) => void, busy: boolean) => ReactNode;
}

export function ReviewSettingsForm({ children }: ReviewSettingsFormProps) {
  const { t } = useTranslation('review');
  const queries = useQueryClient();
  const complain = useComplaint();
  const settings = useQuery({
    queryKey: keys.reviewSettings,
    queryFn: ({ signal }) => call(api.reviewSettings, { signal }),
  });
  const change = useMutation({
    mutationFn: (body: ReviewSettings) => call(api.changeReviewSettings, { body }),
    onSuccess: (kept) => queries.setQueryData(keys.reviewSettings, kept),
    onError: (error) => failToast(complain(error)),
  });
  if (settings.data) return children(settings.data, change.mutate, change.isPending);
  return settings.error ? (
    <p role="alert">
      {complain(settings.error)} <Button onClick={() => void settings.refetch()}>{t('retry')}</Button>
    </p>
  ) : (
    <p role="status">{t('loading')}</p>
  );
}

/** In the settings: which reviews and proofs the paper takes. The third of each is always taken. */
import { Button, Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../shared/api.ts';
import type { ReviewSettings } from '../../shared/review/calls.ts';
import type { ReviewSteps } from '../../shared/review/decide.ts';
import { call, keys } from '../api.ts';
import { useComplaint } from '../live/answers.ts';
import { failToast } from '../ui/toast.tsx';
import './review.css';

const steps = ['first', 'second', 'proof1', 'proof2'] as const satisfies readonly (keyof ReviewSteps)[];

export function StepsSetting() {
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
  const { data } = settings;
  if (!data)
    return settings.error ? (
      <p role="alert">
        {complain(settings.error)} <Button onClick={() => void settings.refetch()}>{t('retry')}</Button>
      </p>
    ) : (
      <p role="status">{t('loading')}</p>
    );
  return (
    <div className="review-steps">
      {steps.map((step) => (
        <Switch
          key={step}
          label={t(`steps.${step}`)}
          checked={data.steps[step]}
          disabled={change.isPending}
          onChange={({ currentTarget: { checked } }) =>
            change.mutate({ ...data, steps: { ...data.steps, [step]: checked } })
          }
        />
      ))}
    </div>
  );
}

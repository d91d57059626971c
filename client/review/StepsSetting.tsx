/** In the settings: which reviews and proofs the paper takes. The third of each is always taken. */
import { Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ReviewSteps } from '../../shared/review/decide.ts';
import { ReviewSettingsForm } from './ReviewSettingsForm.tsx';

const steps = ['first', 'second', 'proof1', 'proof2'] as const satisfies readonly (keyof ReviewSteps)[];

export function StepsSetting() {
  const { t } = useTranslation('review');
  return (
    <ReviewSettingsForm>
      {(settings, change, busy) => (
        <div className="review-steps">
          {steps.map((step) => (
            <Switch
              key={step}
              label={t(`steps.${step}`)}
              checked={settings.steps[step]}
              disabled={busy}
              onChange={({ currentTarget: { checked } }) =>
                change({ ...settings, steps: { ...settings.steps, [step]: checked } })
              }
            />
          ))}
        </div>
      )}
    </ReviewSettingsForm>
  );
}

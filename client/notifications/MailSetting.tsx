/** How one's notices come by e-mail: when, not when, and a trial. */
import { Button, SegmentedControl, Switch, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { api } from '../../shared/api.ts';
import { type MailPace, type MailWishes, mailPaces } from '../../shared/notifications/mail.ts';
import { call, keys } from '../api.ts';
import { useComplaint } from '../live/answers.ts';
import { Skeleton } from '../ui/States.tsx';
import { failToast, toast } from '../ui/toast.tsx';
import './notifications.css';

/** What quiet hours begin as. */
const nights = { from: '23:00', to: '07:00' };

export function MailSetting() {
  const { t, i18n } = useTranslation(['notifications', 'ui']);
  const complain = useComplaint();
  const queries = useQueryClient();
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const { data, error, refetch } = useQuery({
    queryKey: keys.mail,
    queryFn: ({ signal }) => call(api.mail, { signal }),
  });
  const change = useMutation({
    mutationFn: (wishes: MailWishes) => call(api.changeMail, { body: wishes }),
    onSuccess: (wishes) =>
      queries.setQueryData<typeof data>(keys.mail, (before) => before && { ...before, wishes }),
    onError: (problem) => {
      void refetch();
      failToast(complain(problem));
    },
  });
  const trial = useMutation({
    mutationFn: () => call(api.tryMail, { body: { language } }),
    onSuccess: () => toast(t('mail.tried')),
    onError: () => failToast(t('mail.notTried')),
  });
  // A mail's foot leads here.
  const here = useRef<HTMLDivElement>(null);
  const { hash } = useLocation();
  const isThere = data !== undefined;
  useEffect(() => {
    if (hash === '#mail' && isThere) here.current?.scrollIntoView({ block: 'center' });
  }, [hash, isThere]);

  if (!data && error)
    return (
      <p className="mail-state">
        {complain(error)}{' '}
        <button type="button" className="ui-link" onClick={() => void refetch()}>
          {t('ui:retry')}
        </button>
      </p>
    );
  if (!data) return <Skeleton onRetry={() => void refetch()} />;
  const { sends, address, timeZone } = data;
  const wishes = change.isPending ? change.variables : data.wishes;
  const save = (more: Partial<MailWishes>) => change.mutate({ ...wishes, ...more, language });
  if (!sends || address === null)
    return (
      <p className="mail-state" ref={here}>
        {t(sends ? 'mail.noAddress' : 'mail.none')}
      </p>
    );
  return (
    <div className="mail" ref={here}>
      <p className="mail-state">
        {t('mail.to', { address })}
        <Button size="compact-sm" loading={trial.isPending} onClick={() => trial.mutate()}>
          {t('mail.try')}
        </Button>
      </p>
      <SegmentedControl
        aria-label={t('mail.pace')}
        value={wishes.pace}
        onChange={(value) => save({ pace: value as MailPace })}
        data={mailPaces.map((value) => ({ value, label: t(`mail.paces.${value}`) }))}
      />
      {wishes.pace === 'daily' && (
        <Clock
          label={t('mail.dailyAt', { timeZone })}
          value={wishes.dailyAt}
          onValue={(dailyAt) => save({ dailyAt })}
        />
      )}
      {wishes.pace === 'soon' && (
        <>
          <Switch
            label={t('mail.quiet')}
            checked={wishes.quiet !== null}
            onChange={(event) => save({ quiet: event.currentTarget.checked ? nights : null })}
          />
          {wishes.quiet && (
            <div className="mail-quiet">
              <Clock
                label={t('mail.from')}
                value={wishes.quiet.from}
                onValue={(from) => save({ quiet: { ...(wishes.quiet ?? nights), from } })}
              />
              <Clock
                label={t('mail.until', { timeZone })}
                value={wishes.quiet.to}
                onValue={(to) => save({ quiet: { ...(wishes.quiet ?? nights), to } })}
              />
            </div>
          )}
        </>
      )}
    </div>
  );
}

/** A time of day, kept once it is whole and left. */
function Clock({
  label,
  value,
  onValue,
}: {
  label: string;
  value: string;
  onValue: (value: string) => void;
}) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  return (
    <TextInput
      size="xs"
      type="time"
      label={label}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={() => {
        if (typed === '') setTyped(value);
        else if (typed !== value) onValue(typed.slice(0, 5));
      }}
    />
  );
}

/** 印刷特性文件: by which profile colours become inks, another sent in its place, and the usual one again. */
import { Button, FileButton, Modal } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../shared/api.ts';
import { ApiError, call, keys } from '../../api.ts';
import { useComplaint } from '../../live/answers.ts';
import { Skeleton } from '../../ui/States.tsx';
import { failToast, toast } from '../../ui/toast.tsx';
import './press.css';
import { sendProfile } from './sendProfile.ts';

export function PressSetting() {
  const { t } = useTranslation(['pages', 'app']);
  const queries = useQueryClient();
  const complain = useComplaint();
  const [asking, setAsking] = useState(false);
  const emptyInput = useRef<() => void>(null);
  const press = useQuery({ queryKey: keys.press, queryFn: ({ signal }) => call(api.press, { signal }) });
  const send = useMutation({
    mutationFn: sendProfile,
    onSuccess: (now) => {
      queries.setQueryData(keys.press, now);
      toast(t('press.changed'));
    },
    onError: (error) =>
      failToast(
        error instanceof ApiError && (error.code === 'wrongKind' || error.code === 'tooLarge')
          ? t(`press.${error.code}`)
          : complain(error),
      ),
    onSettled: () => emptyInput.current?.(),
  });
  const forget = useMutation({
    mutationFn: () => call(api.removePress, {}),
    onSuccess: (now) => {
      queries.setQueryData(keys.press, now);
      setAsking(false);
      toast(t('press.forgotten'));
    },
    onError: (error) => failToast(complain(error)),
  });

  if (!press.data)
    return press.error ? (
      <div className="press" role="alert">
        <p>{complain(press.error)}</p>
        <Button onClick={() => void press.refetch()}>{t('app:retry')}</Button>
      </div>
    ) : (
      <Skeleton onRetry={() => void press.refetch()} />
    );
  const { name, sent } = press.data;
  return (
    <div className="press">
      <p className="press-now">
        <strong>{name}</strong>
        <span>{t(sent ? 'press.own' : 'press.usual')}</span>
      </p>
      <FileButton
        resetRef={emptyInput}
        accept=".icc,.icm,application/vnd.iccprofile"
        onChange={(file) => file && send.mutate(file)}
        inputProps={{ 'aria-label': t('press.send') }}
      >
        {(props) => (
          <Button {...props} loading={send.isPending}>
            {t('press.send')}
          </Button>
        )}
      </FileButton>
      {sent && (
        <Button variant="subtle" onClick={() => setAsking(true)}>
          {t('press.forget')}
        </Button>
      )}
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('press.forget')}
        closeButtonProps={{ 'aria-label': t('app:close') }}
      >
        <p>{t('press.forgetWords', { name })}</p>
        <div className="press-acts">
          <Button onClick={() => setAsking(false)}>{t('app:cancel')}</Button>
          <Button variant="filled" loading={forget.isPending} onClick={() => forget.mutate()}>
            {t('press.forget')}
          </Button>
        </div>
      </Modal>
    </div>
  );
}

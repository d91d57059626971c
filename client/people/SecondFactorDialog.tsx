/** Turning on the second factor: a QR code for the authenticator, its first code, then the recovery codes. */
import { Button, Modal, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../shared/api.ts';
import { ApiError, call, keys } from '../api.ts';
import { useComplaint } from '../live/answers.ts';
import { Skeleton } from '../ui/States.tsx';
import { useProven } from './ProofGate.tsx';
import { QrCode } from './QrCode.tsx';
import { RecoveryCodes } from './RecoveryCodes.tsx';

/** Four characters at a time, to be copied by hand. */
const inGroups = (secret: string) => secret.match(/.{1,4}/g)?.join(' ') ?? secret;

export function SecondFactorDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('people');
  const queries = useQueryClient();
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const close = () => {
    if (codes) void queries.invalidateQueries({ queryKey: keys.account });
    onClose();
  };
  // Once the recovery codes are shown, only the button that says that they are kept closes it.
  return (
    <Modal
      stackId="act"
      opened
      onClose={() => codes || close()}
      title={t(codes ? 'account.second.codesTitle' : 'account.second.addTitle')}
      closeOnClickOutside={false}
      withCloseButton={!codes}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {codes ? (
        <RecoveryCodes words={t('account.second.codesWords')} codes={codes} onKept={close} />
      ) : (
        <Offer onClose={close} onCodes={setCodes} />
      )}
    </Modal>
  );
}

function Offer(props: { onClose: () => void; onCodes: (codes: readonly string[]) => void }) {
  const { onClose, onCodes } = props;
  const { t } = useTranslation(['people', 'ui']);
  const complain = useComplaint();
  const proven = useProven();
  const field = useRef<HTMLInputElement>(null);
  const [code, setCode] = useState('');
  const [said, setSaid] = useState<string | null>(null);
  const offer = useQuery({
    queryKey: ['secondFactorOffer'],
    queryFn: ({ signal }) => proven(() => call(api.offerSecondFactor, { signal })),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const confirm = useMutation({
    mutationFn: () => call(api.confirmSecondFactor, { body: { code: code.replaceAll(/\s/g, '') } }),
    onSuccess: ({ recoveryCodes }) => onCodes(recoveryCodes),
    onError: (error) => {
      const why = error instanceof ApiError ? error.code : 'broken';
      if (why === 'wrong' || why === 'badInput') setSaid(t('account.second.wrong'));
      else if (why === 'conflict') setSaid(t('account.second.already'));
      else if (why === 'spent') {
        setSaid(t('account.second.ranOut'));
        void offer.refetch();
      } else setSaid(complain(error));
      field.current?.select();
    },
  });

  if (offer.error && !offer.data) {
    const conflict = offer.error instanceof ApiError && offer.error.code === 'conflict';
    return (
      <div className="people-refused">
        <p>{conflict ? t('account.second.already') : complain(offer.error)}</p>
        <Button onClick={() => void offer.refetch()}>{t('ui:retry')}</Button>
      </div>
    );
  }
  if (!offer.data) return <Skeleton onRetry={() => void offer.refetch()} />;
  const { secret, address } = offer.data;
  return (
    <form
      className="people-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setSaid(null);
        if (code.trim()) confirm.mutate();
        else setSaid(t('second.none'));
      }}
    >
      <p className="people-words">{t('account.second.scan')}</p>
      <div className="people-offer">
        <QrCode text={address} label={t('account.second.picture')} />
        <div>
          <h3>{t('account.second.secret')}</h3>
          <code>{inGroups(secret)}</code>
          <a className="ui-link" href={address}>
            {t('account.second.here')}
          </a>
        </div>
      </div>
      <TextInput
        ref={field}
        autoFocus
        label={t('account.second.code')}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={12}
        value={code}
        error={said && <span role="alert">{said}</span>}
        onChange={(event) => setCode(event.currentTarget.value)}
        styles={{ input: { fontFamily: 'var(--mono)', letterSpacing: 4 } }}
      />
      <div className="ui-acts">
        <Button variant="subtle" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button variant="filled" type="submit" loading={confirm.isPending}>
          {t('account.second.confirm')}
        </Button>
      </div>
    </form>
  );
}

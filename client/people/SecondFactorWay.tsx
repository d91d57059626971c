/** One's second factor: turned on with an authenticator, its recovery codes renewed and it turned off with a code. */
import { Button, Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../shared/api.ts';
import { call, keys } from '../api.ts';
import { toast } from '../ui/toast.tsx';
import { CodeForm } from './CodeForm.tsx';
import { RecoveryCodes } from './RecoveryCodes.tsx';
import { SecondFactorDialog } from './SecondFactorDialog.tsx';
import type { Account } from './useAccount.ts';
import { Way } from './Way.tsx';

interface Props {
  factor: Account['secondFactor'];
  when: (iso: string) => string;
}

export function SecondFactorWay({ factor, when }: Props) {
  const { t } = useTranslation('people');
  const [asked, setAsked] = useState<'add' | 'renew' | 'remove' | null>(null);
  const close = () => setAsked(null);
  return (
    <Way
      title={t('account.second.title')}
      state={
        factor
          ? t('account.second.on', { when: when(factor.since), left: factor.recoveryCodes })
          : t('account.second.none')
      }
      acts={
        factor ? (
          <>
            <Button onClick={() => setAsked('renew')}>{t('account.second.renew')}</Button>
            <Button
              variant="subtle"
              aria-label={t('account.second.removeWay')}
              onClick={() => setAsked('remove')}
            >
              {t('account.second.remove')}
            </Button>
          </>
        ) : (
          <Button aria-label={t('account.second.addWay')} onClick={() => setAsked('add')}>
            {t('account.second.add')}
          </Button>
        )
      }
    >
      {asked === 'add' && <SecondFactorDialog onClose={close} />}
      {asked === 'renew' && <RenewDialog onClose={close} />}
      {asked === 'remove' && <RemoveDialog onClose={close} />}
    </Way>
  );
}

/** Once the codes are shown, only the button that says that they are kept closes it. */
function RenewDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('people');
  const queries = useQueryClient();
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(codes ? 'account.second.codesTitle' : 'account.second.renewTitle')}
      closeOnClickOutside={!codes}
      closeOnEscape={!codes}
      withCloseButton={!codes}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {codes ? (
        <RecoveryCodes words={t('account.second.renewedWords')} codes={codes} onKept={onClose} />
      ) : (
        <CodeForm
          words={t('account.second.renewWords')}
          act={t('account.second.renewAct')}
          send={(code) => call(api.renewRecoveryCodes, { body: { code } })}
          onDone={({ recoveryCodes }) => {
            void queries.invalidateQueries({ queryKey: keys.account });
            setCodes(recoveryCodes);
          }}
          onClose={onClose}
        />
      )}
    </Modal>
  );
}

function RemoveDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('people');
  const queries = useQueryClient();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('account.second.removeTitle')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <CodeForm
        words={t('account.second.removeWords')}
        act={t('account.second.remove')}
        send={(code) => call(api.removeSecondFactor, { body: { code } })}
        onDone={() => {
          void queries.invalidateQueries({ queryKey: keys.account });
          toast(t('account.second.removed'));
          onClose();
        }}
        onClose={onClose}
      />
    </Modal>
  );
}

/** Before a sign-out by which words would be lost: which, and whether to stay. */
import { Button, Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Me } from '../../shared/api.ts';
import type { Page } from '../../shared/pages/page.ts';
import { keys } from '../api.ts';
import type { OnlyHere } from '../live/tabs.ts';
import { useLate } from '../ui/States.tsx';
import './SignOutDialog.css';
import { stay, useLeave, useSigningOut } from './signOut.ts';

export function SignOutDialog({ me }: { me: Me }) {
  const signingOut = useSigningOut();
  const leave = useLeave();
  if (!signingOut) return null;
  if (signingOut.step === 'settling') return <Settling />;
  // Nothing would be lost, and nothing was asked.
  if (signingOut.words.length === 0) return null;
  return (
    <Losses words={signingOut.words} leaving={signingOut.step === 'leaving'} onLeave={() => void leave(me)} />
  );
}

/** Mostly it is done before anybody sees this. */
function Settling() {
  const { t } = useTranslation('app');
  const late = useLate(600);
  return (
    <Modal opened={late} onClose={stay} title={t('signOut')} closeButtonProps={{ 'aria-label': t('close') }}>
      <p className="sign-out-words" role="status">
        {t('signingOut.settling')}
      </p>
      <div className="ui-acts">
        <Button onClick={stay}>{t('signingOut.stay')}</Button>
      </div>
    </Modal>
  );
}

function Losses(props: { words: readonly OnlyHere[]; leaving: boolean; onLeave: () => void }) {
  const { words, leaving, onLeave } = props;
  const { t } = useTranslation('app');
  const pages = useQueryClient().getQueryData<Page[]>(keys.pages);
  const name = ({ kind, id, headline }: OnlyHere) => {
    if (kind !== 'page') return t('signingOut.story', { name: headline || t('desk.untitled') });
    const page = pages?.find((one) => one.id === id);
    return t('signingOut.page', { name: page ? `${page.number} ${page.section}` : '' }).trim();
  };
  return (
    <Modal
      opened
      onClose={stay}
      title={t('signingOut.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <p className="sign-out-words">{t('signingOut.words')}</p>
      <ul className="sign-out-losses">
        {words.map((one) => (
          <li key={`${one.kind} ${one.id}`}>
            <strong>{name(one)}</strong>
            <span>{t(`signingOut.loses.${one.kind}`)}</span>
          </li>
        ))}
      </ul>
      <div className="ui-acts">
        <Button variant="subtle" color="red" loading={leaving} onClick={onLeave}>
          {t('signingOut.anyway')}
        </Button>
        <Button variant="filled" data-autofocus onClick={stay}>
          {t('signingOut.stay')}
        </Button>
      </div>
    </Modal>
  );
}

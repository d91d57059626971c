/** A link for somebody, shown once. */
import { Button, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ShownOnce } from './ShownOnce.tsx';

/** A click beside it does not close it: the link would be lost. */
export function LinkDialog(props: {
  kind: 'signIn' | 'invitation';
  name: string;
  link: string;
  onClose: () => void;
}) {
  const { kind, name, link, onClose } = props;
  const { t } = useTranslation('people');
  const of = kind === 'signIn' ? 'members' : 'invite';
  const title = t(`${of}.linkTitle`, { name });
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <p className="people-words">{t(`${of}.linkWords`)}</p>
      <ShownOnce secret={link} label={title} />
      <div className="ui-acts">
        <Button variant="filled" onClick={onClose}>
          {t('done')}
        </Button>
      </div>
    </Modal>
  );
}

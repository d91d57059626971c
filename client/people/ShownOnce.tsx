/** A secret that is shown once: a link or a token, to be copied now. */
import { Button, TextInput } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCopy } from '../ui/useCopy.ts';

export function ShownOnce({ secret, label }: { secret: string; label: string }) {
  const { t } = useTranslation('people');
  const field = useRef<HTMLInputElement>(null);
  const { copied, copy } = useCopy();
  return (
    <div className="people-once">
      <TextInput
        ref={field}
        readOnly
        value={secret}
        aria-label={label}
        onFocus={(event) => event.currentTarget.select()}
        description={copied === 'refused' ? t('copyByHand') : undefined}
        inputWrapperOrder={['input', 'description']}
        styles={{ input: { fontFamily: 'var(--mono)', fontSize: 13 } }}
      />
      <Button
        data-autofocus
        autoFocus
        onClick={() => void copy(secret, () => field.current?.select())}
        leftSection={
          copied === 'yes' ? <IconCheck size={16} stroke={1.5} /> : <IconCopy size={16} stroke={1.5} />
        }
      >
        {t(copied === 'yes' ? 'copied' : 'copy')}
      </Button>
      <span className="ui-hidden" role="status">
        {copied === 'yes' ? t('copied') : ''}
      </span>
    </div>
  );
}

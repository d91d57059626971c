/** A secret that is shown once: a sign-in link or a token, to be copied now. */
import { Button, TextInput } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

export function ShownOnce({ secret, label }: { secret: string; label: string }) {
  const { t } = useTranslation('people');
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState<'no' | 'yes' | 'refused'>('no');
  const copy = async () => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(secret);
      setCopied('yes');
    } catch {
      // Plain http has no clipboard; the older command works from a click.
      setCopied(document.execCommand('copy') ? 'yes' : 'refused');
    }
  };
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
        onClick={copy}
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

/** Recovery codes, shown once: to be copied or downloaded now. */
import { Button } from '@mantine/core';
import { IconCheck, IconCopy, IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCopy } from '../ui/useCopy.ts';

export function RecoveryCodes(props: { words: string; codes: readonly string[]; onKept: () => void }) {
  const { words, codes, onKept } = props;
  const { t } = useTranslation('people');
  const { copied, copy } = useCopy();
  const text = `${codes.join('\n')}\n`;
  const download = () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
    link.download = `${t('account.second.file')}.txt`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };
  return (
    <>
      <p className="people-words">{words}</p>
      <ul className="people-codes" aria-label={t('account.second.codes')}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      {copied === 'refused' && <p className="people-hint">{t('copyByHand')}</p>}
      <span className="ui-hidden" role="status">
        {copied === 'yes' ? t('copied') : ''}
      </span>
      <div className="ui-acts people-codes-acts">
        <Button
          autoFocus
          onClick={() => void copy(text)}
          leftSection={
            copied === 'yes' ? <IconCheck size={16} stroke={1.5} /> : <IconCopy size={16} stroke={1.5} />
          }
        >
          {t(copied === 'yes' ? 'copied' : 'copy')}
        </Button>
        <Button onClick={download} leftSection={<IconDownload size={16} stroke={1.5} />}>
          {t('account.second.download')}
        </Button>
        <Button variant="filled" onClick={onKept}>
          {t('account.second.kept')}
        </Button>
      </div>
    </>
  );
}

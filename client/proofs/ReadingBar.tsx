/** Over a page that is read: its keys, and how near it is looked at. */
import { ActionIcon, Button, UnstyledButton } from '@mantine/core';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Nearness } from './useNearness.ts';

export function ReadingBar({ nearness, mayMark }: { nearness: Nearness; mayMark: boolean }) {
  const { t } = useTranslation(['proofs', 'pages']);
  const { zoom, isFitted, zoomTo, step } = nearness;
  return (
    <div className="pages-bar">
      <span className="reading-keys" aria-hidden="true">
        {t(mayMark ? 'keysMark' : 'keysRead')}
      </span>
      <span className="pages-name" />
      <fieldset className="pages-zoom" aria-label={t('pages:zoom')}>
        <Button size="compact-sm" variant="subtle" aria-pressed={isFitted} onClick={() => zoomTo(null)}>
          {t('fitWidth')}
        </Button>
        <ActionIcon variant="subtle" size={28} aria-label={t('pages:zoomOut')} onClick={() => step(-1)}>
          <IconMinus size={16} stroke={1.5} />
        </ActionIcon>
        <UnstyledButton
          className="pages-percent"
          onClick={() => zoomTo(1)}
          aria-label={t('actual')}
          title={t('actual')}
        >
          {t('pages:percent', { value: Math.round((zoom ?? 1) * 100) })}
        </UnstyledButton>
        <ActionIcon variant="subtle" size={28} aria-label={t('pages:zoomIn')} onClick={() => step(1)}>
          <IconPlus size={16} stroke={1.5} />
        </ActionIcon>
      </fieldset>
    </div>
  );
}

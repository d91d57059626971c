/** For several frames at once: bring them level, to one size, apart, copy or remove them. */
import { ActionIcon, Tooltip } from '@mantine/core';
import {
  IconArrowAutofitHeight,
  IconArrowAutofitWidth,
  IconCopy,
  IconLayoutAlignBottom,
  IconLayoutAlignLeft,
  IconLayoutAlignRight,
  IconLayoutAlignTop,
  IconLayoutDistributeHorizontal,
  IconLayoutDistributeVertical,
  IconTrash,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Laying, selectedFrames } from '../laying.ts';
import { type Arrangement, arranged, arrangements } from './arrange.ts';

const icons: Record<Arrangement, typeof IconCopy> = {
  left: IconLayoutAlignLeft,
  right: IconLayoutAlignRight,
  top: IconLayoutAlignTop,
  bottom: IconLayoutAlignBottom,
  sameWidth: IconArrowAutofitWidth,
  sameHeight: IconArrowAutofitHeight,
  spreadAcross: IconLayoutDistributeVertical,
  spreadDown: IconLayoutDistributeHorizontal,
};

interface ArrangeBarProps {
  laying: Laying;
  onDuplicate: () => void;
  onRemove: () => void;
}

export function ArrangeBar({ laying, onDuplicate, onRemove }: ArrangeBarProps) {
  const { t } = useTranslation('pages');
  const frames = selectedFrames(laying);
  const arrange = (how: Arrangement) => {
    const places = arranged(
      frames.map((frame) => frame.place),
      how,
      laying.page.grid,
    );
    laying.acts.change(
      frames.flatMap(({ id }, i) => {
        const place = places[i];
        return place ? [{ id, change: { place } }] : [];
      }),
    );
    laying.say(t(`arrange.${how}`));
  };
  return (
    <div className="canvas-arrange" role="toolbar" aria-label={t('arrange.bar', { count: frames.length })}>
      <span>{t('arrange.count', { count: frames.length })}</span>
      {arrangements.map((how) => {
        const Icon = icons[how];
        return (
          <Tooltip key={how} label={t(`arrange.${how}`)}>
            <ActionIcon aria-label={t(`arrange.${how}`)} onClick={() => arrange(how)}>
              <Icon size={18} stroke={1.5} />
            </ActionIcon>
          </Tooltip>
        );
      })}
      <i className="canvas-bar-line" />
      <Tooltip label={`${t('duplicate')} Ctrl D`}>
        <ActionIcon aria-label={t('duplicate')} onClick={onDuplicate}>
          <IconCopy size={18} stroke={1.5} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={`${t('remove')} Delete`}>
        <ActionIcon aria-label={t('remove')} onClick={onRemove}>
          <IconTrash size={18} stroke={1.5} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

/** A story's headline in its frame, and how its text is set there. */
import { useTranslation } from 'react-i18next';
import type { Frame } from '../../../shared/pages/frame.ts';
import type { Editing } from './edit.ts';
import { NumberField, Part, Row, SwitchField, ToggleField } from './fields.tsx';

export function HeadlinePart({ laying, frame, change }: Editing) {
  const { t } = useTranslation('pages');
  const { headline, place } = frame;
  const set = (next: Partial<Frame['headline']>, gesture = '') =>
    change({ headline: { ...headline, ...next } }, gesture && `${gesture} ${frame.id}`);
  const upright = headline.direction === 'vertical';
  const narrow = headline.columns > 0 && headline.columns < place.columns;
  return (
    <Part title={t('headline.title')}>
      <Row label={t('headline.size')}>
        <NumberField
          label={t('headline.size')}
          unit={t('unit.point')}
          value={headline.size}
          least={9}
          most={144}
          step={0.5}
          onCommit={(size) => set({ size }, 'size')}
        />
      </Row>
      <Row label={t('headline.direction')}>
        <ToggleField
          label={t('headline.direction')}
          value={headline.direction}
          choices={[
            { value: 'horizontal', label: t('headline.horizontal') },
            { value: 'vertical', label: t('headline.vertical') },
          ]}
          onCommit={(direction) => set({ direction })}
        />
      </Row>
      <Row label={t('headline.room')}>
        <NumberField
          label={t('headline.columns')}
          unit={t('unit.column')}
          value={headline.columns}
          least={0}
          most={place.columns}
          zero={t('headline.auto')}
          onCommit={(columns) => set({ columns }, 'headline columns')}
        />
        <NumberField
          label={t('headline.lines')}
          unit={t('unit.line')}
          value={headline.lines}
          least={0}
          most={Math.min(laying.page.grid.lines, 400)}
          zero={t('headline.auto')}
          onCommit={(lines) => set({ lines }, 'headline lines')}
        />
      </Row>
      {(upright || narrow) && (
        <Row label={t('headline.side')}>
          <ToggleField
            label={t('headline.side')}
            value={headline.side}
            choices={[
              { value: 'left', label: t('headline.left') },
              { value: 'right', label: t('headline.right') },
            ]}
            onCommit={(side) => set({ side })}
          />
        </Row>
      )}
      <Row label={t('headline.align')}>
        <ToggleField
          label={t('headline.align')}
          value={headline.align}
          choices={[
            { value: 'center', label: t('headline.center') },
            { value: 'left', label: t(upright ? 'headline.top' : 'headline.left') },
          ]}
          onCommit={(align) => set({ align })}
        />
      </Row>
    </Part>
  );
}

export function SettingPart({ laying, frame, change }: Editing) {
  const { t } = useTranslation('pages');
  const { setting, place } = frame;
  const set = (next: Partial<Frame['setting']>, gesture = '') =>
    change({ setting: { ...setting, ...next } }, gesture && `${gesture} ${frame.id}`);
  return (
    <Part title={t('setting.title')}>
      <Row label={t('setting.mode')}>
        <ToggleField
          label={t('setting.mode')}
          value={setting.mode}
          choices={[
            { value: 'whole', label: t('setting.whole') },
            { value: 'greedy', label: t('setting.greedy') },
          ]}
          onCommit={(mode) => set({ mode })}
        />
      </Row>
      <Row label={t('setting.tracking')}>
        <NumberField
          label={t('setting.tracking')}
          unit="‰"
          value={setting.tracking}
          least={-30}
          most={30}
          onCommit={(tracking) => set({ tracking }, 'tracking')}
        />
      </Row>
      <Row label={t('setting.pitch')}>
        <NumberField
          label={t('setting.pitch')}
          unit={t('unit.point')}
          value={setting.pitch}
          least={0}
          most={18}
          step={0.75}
          zero={t('setting.asPage', { value: laying.page.grid.pitch })}
          onCommit={(pitch) => set({ pitch }, 'pitch')}
        />
      </Row>
      <Row label={t('setting.columns')}>
        <NumberField
          label={t('setting.columns')}
          unit={t('unit.column')}
          value={setting.columns}
          least={0}
          most={16}
          zero={t('setting.asPage', { value: place.columns })}
          onCommit={(columns) => set({ columns }, 'text columns')}
        />
      </Row>
      <SwitchField
        label={t('setting.balance')}
        value={setting.balance}
        onCommit={(balance) => set({ balance })}
      />
    </Part>
  );
}

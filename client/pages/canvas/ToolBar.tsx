/** The bar over the canvas: tools, what is shown, the page's measures, undo, zoom. */
import { ActionIcon, Menu, Tooltip, UnstyledButton } from '@mantine/core';
import {
  IconAd2,
  IconAlignBoxLeftTop,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconBaseline,
  IconCheck,
  IconColumns3,
  IconEye,
  IconLetterT,
  IconNews,
  IconNotes,
  IconPhoto,
  IconPointer,
  IconTypography,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Laying } from '../laying.ts';
import { nearFrom } from './baselines.ts';
import { type Tool, toolKeys, tools } from './tools.ts';
import type { Looking } from './useViewport.ts';
import { zooms } from './viewport.ts';

const icons: Record<Tool, typeof IconPointer> = {
  select: IconPointer,
  story: IconAlignBoxLeftTop,
  text: IconLetterT,
  picture: IconPhoto,
  box: IconNotes,
  advertisement: IconAd2,
  nameplate: IconNews,
};

interface ToolBarProps {
  laying: Laying;
  looking: Looking;
  tool: Tool;
  onTool: (tool: Tool) => void;
  /** A frame of this kind in the first free place: the keyboard's way to draw one. */
  onSet: (tool: Exclude<Tool, 'select'>) => void;
  grid: boolean;
  onGrid: (grid: boolean) => void;
  baselines: boolean;
  onBaselines: (baselines: boolean) => void;
  preview: boolean;
  onPreview: (preview: boolean) => void;
  canUndo: boolean;
  canRedo: boolean;
  /** Opens the paper's styles; null for whoever may not change them. */
  onStyles: (() => void) | null;
}

export function ToolBar(props: ToolBarProps) {
  const { laying, looking, tool, onTool, onSet, grid, onGrid, preview, onPreview } = props;
  const { t } = useTranslation('pages');
  const { page, editable, acts } = laying;
  const { columns, characters, lines, pitch } = page.grid;
  const measures = [
    t('gridOf', { columns, characters }),
    t('linesOf', { count: lines }),
    t('pitchOf', { pitch }),
  ];
  const from = nearFrom(laying.g);
  const isFar = (looking.view?.zoom ?? 1) < from;
  return (
    <div className="canvas-bar" role="toolbar" aria-label={t('tools')}>
      {editable && (
        <>
          {tools.map((one) => {
            const Icon = icons[one];
            return (
              <Tooltip key={one} label={`${t(`tool.${one}`)} ${toolKeys[one].toUpperCase()}`}>
                <ActionIcon
                  aria-label={t(`tool.${one}`)}
                  aria-pressed={tool === one}
                  data-on={tool === one || undefined}
                  onClick={(event) => {
                    // A click without a pointer: there is nobody to draw it.
                    if (event.detail === 0 && one !== 'select') onSet(one);
                    else onTool(tool === one ? 'select' : one);
                  }}
                >
                  <Icon size={20} stroke={1.5} />
                </ActionIcon>
              </Tooltip>
            );
          })}
          <i className="canvas-bar-line" />
        </>
      )}
      <Toggle
        on={grid}
        onChange={onGrid}
        label={t('grid')}
        more={t('gridMeasures', { measures: measures.join(t('comma')) })}
        Icon={IconColumns3}
      />
      <Toggle
        on={props.baselines}
        onChange={props.onBaselines}
        label={t('baselines')}
        {...(isFar ? { more: t('baselinesFrom', { value: Math.ceil(from * 100) }) } : {})}
        Icon={IconBaseline}
      />
      <Toggle on={preview} onChange={onPreview} label={t('previewMode')} Icon={IconEye} />
      {props.onStyles && (
        <Tooltip label={t('styles.title')}>
          <ActionIcon aria-label={t('styles.title')} onClick={props.onStyles}>
            <IconTypography size={20} stroke={1.5} />
          </ActionIcon>
        </Tooltip>
      )}
      <i className="canvas-bar-line" />
      <span className="canvas-measures">
        {measures.map((one) => (
          <span key={one}>{one}</span>
        ))}
      </span>
      <span className="app-bar-gap" />
      {editable && (
        <>
          <Act
            label={t('undo')}
            keys="Ctrl Z"
            disabled={!props.canUndo}
            onClick={acts.undo}
            Icon={IconArrowBackUp}
          />
          <Act
            label={t('redo')}
            keys="Ctrl ⇧ Z"
            disabled={!props.canRedo}
            onClick={acts.redo}
            Icon={IconArrowForwardUp}
          />
          <i className="canvas-bar-line" />
        </>
      )}
      <ZoomMenu looking={looking} />
    </div>
  );
}

function Toggle(props: {
  on: boolean;
  onChange: (on: boolean) => void;
  label: string;
  /** What else the tooltip says. */
  more?: string;
  Icon: typeof IconPointer;
}) {
  const { on, onChange, label, more = '', Icon } = props;
  return (
    <Tooltip label={label + more} events={{ hover: true, focus: true, touch: true }}>
      <ActionIcon
        aria-label={label}
        aria-pressed={on}
        data-on={on || undefined}
        onClick={() => onChange(!on)}
      >
        <Icon size={20} stroke={1.5} />
      </ActionIcon>
    </Tooltip>
  );
}

function Act(props: {
  label: string;
  keys: string;
  disabled: boolean;
  onClick: () => void;
  Icon: typeof IconPointer;
}) {
  const { label, keys, disabled, onClick, Icon } = props;
  return (
    <Tooltip label={`${label} ${keys}`}>
      <ActionIcon
        aria-label={label}
        // What is disabled for a moment keeps the focus.
        aria-disabled={disabled}
        data-disabled={disabled || undefined}
        onClick={() => disabled || onClick()}
      >
        <Icon size={20} stroke={1.5} />
      </ActionIcon>
    </Tooltip>
  );
}

function ZoomMenu({ looking }: { looking: Looking }) {
  const { t } = useTranslation('pages');
  const { view, window } = looking;
  const zoom = view?.zoom ?? 1;
  const middle = { x: window.width / 2, y: window.height / 2 };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <UnstyledButton
          className="canvas-percent"
          aria-label={t('zoomIs', { value: Math.round(zoom * 100) })}
        >
          {t('percent', { value: Math.round(zoom * 100) })}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item rightSection={<kbd>Ctrl 0</kbd>} onClick={() => looking.fit('page')}>
          {t('fitPage')}
        </Menu.Item>
        <Menu.Item onClick={() => looking.fit('width')}>{t('fitWidth')}</Menu.Item>
        <Menu.Item rightSection={<kbd>Ctrl 1</kbd>} onClick={looking.actual}>
          {t('actual')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item rightSection={<kbd>+</kbd>} onClick={() => looking.step(1)}>
          {t('zoomIn')}
        </Menu.Item>
        <Menu.Item rightSection={<kbd>-</kbd>} onClick={() => looking.step(-1)}>
          {t('zoomOut')}
        </Menu.Item>
        <Menu.Divider />
        {zooms
          .filter((one) => one >= 0.25 && one <= 3)
          .map((one) => (
            <Menu.Item
              key={one}
              leftSection={
                Math.abs(one - zoom) < 0.005 ? (
                  <IconCheck size={16} stroke={1.5} />
                ) : (
                  <svg width={16} height={16} aria-hidden="true" />
                )
              }
              onClick={() => looking.zoomTo(middle, one)}
            >
              {t('percent', { value: Math.round(one * 100) })}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The tools over the manuscript: paragraph styles by their names on the desk, bold, italic, link, undo, find. */
import { ActionIcon, Button, Menu, Popover, TextInput, Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconBold,
  IconChevronDown,
  IconItalic,
  IconLink,
  IconSearch,
} from '@tabler/icons-react';
import { type ReactNode, type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isLinkHref } from '../../shared/manuscript/marks.ts';
import { type ParagraphStyle, paragraphStyles, textStyles } from '../../shared/manuscript/styles.ts';
import type { EditorHandle } from './handle.ts';
import { useHandle } from './useHandle.ts';

const mac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);
const mod = mac ? '⌘' : 'Ctrl+';

interface ToolProps {
  label: string;
  keys?: string;
  active?: boolean;
  disabled?: boolean;
  onClick: () => void;
  children: ReactNode;
  ref?: Ref<HTMLButtonElement>;
}

/** What a popover adds to its button goes on to the button. */
function Tool({ label, keys, active, disabled, onClick, children, ...added }: ToolProps) {
  return (
    <Tooltip label={keys ? `${label} ${keys}` : label}>
      <ActionIcon
        {...added}
        className="article-tool"
        variant="subtle"
        size={32}
        aria-label={label}
        {...(active === undefined ? {} : { 'aria-pressed': active })}
        disabled={disabled ?? false}
        // The manuscript keeps its selection and its composition's end.
        onMouseDown={(event) => event.preventDefault()}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

function LinkTool({ handle, disabled }: { handle: EditorHandle | null; disabled: boolean }) {
  const { t } = useTranslation('article');
  const [open, setOpen] = useState(false);
  const [href, setHref] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const active = useHandle(handle, (one) => one.isActive('link'), false);
  const close = () => {
    setOpen(false);
    handle?.focus();
  };
  const begin = () => {
    setHref(handle?.currentLink() ?? '');
    setWrong(null);
    setOpen(true);
  };
  const put = () => {
    const typed = href.trim();
    const address = /^[\w-]+(\.[\w-]+)+(\/\S*)?$/.test(typed) ? `https://${typed}` : typed;
    if (!isLinkHref(address)) setWrong(t('link.wrong'));
    else if (!handle?.setLink(address)) setWrong(t('link.nothing'));
    else setOpen(false);
  };
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      trapFocus
      returnFocus={false}
      position="bottom-start"
      width={320}
    >
      <Popover.Target>
        <Tool label={t('tool.link')} active={active} disabled={disabled} onClick={begin}>
          <IconLink size={18} stroke={1.5} />
        </Tool>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          className="article-link"
          onSubmit={(event) => {
            event.preventDefault();
            put();
          }}
        >
          <TextInput
            label={t('link.address')}
            value={href}
            error={wrong}
            placeholder="https://"
            data-autofocus
            onChange={(event) => setHref(event.currentTarget.value)}
            onKeyDown={(event) => event.key === 'Escape' && close()}
          />
          <div className="article-link-acts">
            <Button
              variant="subtle"
              size="xs"
              disabled={!active}
              onClick={() => {
                handle?.setLink(null);
                setOpen(false);
              }}
            >
              {t('link.remove')}
            </Button>
            <Button type="submit" size="xs">
              {t('link.put')}
            </Button>
          </div>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}

export function StyleBar({ handle, children }: { handle: EditorHandle | null; children?: ReactNode }) {
  const { t } = useTranslation('article');
  const style = useHandle<ParagraphStyle | null>(handle, (one) => one.currentStyle(), null);
  const editable = useHandle(handle, (one) => one.editable(), false);
  const bold = useHandle(handle, (one) => one.isActive('bold'), false);
  const italic = useHandle(handle, (one) => one.isActive('italic'), false);
  const canUndo = useHandle(handle, (one) => one.canUndo(), false);
  const canRedo = useHandle(handle, (one) => one.canRedo(), false);
  const finding = useHandle(handle, (one) => one.find.isOpen(), false);
  const keysOf = (one: ParagraphStyle) =>
    one === 'figure'
      ? ''
      : mac
        ? `⌃⌥${textStyles.indexOf(one) + 1}`
        : `Ctrl+Alt+${textStyles.indexOf(one) + 1}`;
  const off = !editable;
  return (
    <div className="article-bar" role="toolbar" aria-label={t('tool.bar')}>
      <fieldset className="article-styles" aria-label={t('tool.styles')}>
        {paragraphStyles.map((one) => (
          <button
            key={one}
            type="button"
            className="article-style"
            aria-pressed={style === one}
            disabled={off || (style === 'figure' && one !== 'figure')}
            title={keysOf(one)}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => handle?.setStyle(one)}
          >
            {t(`style.${one}`)}
          </button>
        ))}
      </fieldset>
      <Menu position="bottom-start">
        <Menu.Target>
          <button type="button" className="article-style article-styles-menu" disabled={off}>
            {style ? t(`style.${style}`) : t('tool.styles')}
            <IconChevronDown size={14} stroke={1.5} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {paragraphStyles.map((one) => (
            <Menu.Item
              key={one}
              disabled={style === 'figure' && one !== 'figure'}
              rightSection={<kbd className="article-keys">{keysOf(one)}</kbd>}
              onClick={() => handle?.setStyle(one)}
            >
              {t(`style.${one}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <span className="article-bar-rule" />
      <Tool
        label={t('tool.bold')}
        keys={`${mod}B`}
        active={bold}
        disabled={off}
        onClick={() => handle?.toggle('bold')}
      >
        <IconBold size={18} stroke={1.5} />
      </Tool>
      <Tool
        label={t('tool.italic')}
        keys={`${mod}I`}
        active={italic}
        disabled={off}
        onClick={() => handle?.toggle('italic')}
      >
        <IconItalic size={18} stroke={1.5} />
      </Tool>
      <LinkTool handle={handle} disabled={off} />
      {children}
      <span className="article-bar-rule" />
      <Tool label={t('tool.undo')} keys={`${mod}Z`} disabled={off || !canUndo} onClick={() => handle?.undo()}>
        <IconArrowBackUp size={18} stroke={1.5} />
      </Tool>
      <Tool
        label={t('tool.redo')}
        keys={mac ? '⇧⌘Z' : 'Ctrl+Y'}
        disabled={off || !canRedo}
        onClick={() => handle?.redo()}
      >
        <IconArrowForwardUp size={18} stroke={1.5} />
      </Tool>
      <Tool
        label={t('tool.find')}
        keys={`${mod}F`}
        active={finding}
        disabled={!handle}
        onClick={() => (finding ? handle?.find.close() : handle?.find.open())}
      >
        <IconSearch size={18} stroke={1.5} />
      </Tool>
    </div>
  );
}

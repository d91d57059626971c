/** The dialog in which something is exported: what it looks like, in which formats, for what, and how far it is. */
import { Button, Checkbox, Modal, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconAlertCircle, IconCheck, IconLoader2, IconLock, IconMinus } from '@tabler/icons-react';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useComplaint } from '../live/answers.ts';
import './checks.css';
import type { Made, Progress } from './useMaking.ts';
import { useMaking } from './useMaking.ts';

export interface FileKind {
  /** Its words are those of `export.<kind>`. */
  kind: 'pdf' | 'html' | 'galleyPdf' | 'galleyHtml' | 'galleyMarked' | 'screen';
  ending: 'pdf' | 'html';
  /** Goes on its name, after the one that is given. */
  suffix: string;
}

export interface Purpose {
  purpose: 'press' | 'proof' | 'marked' | 'make';
  /** Whether something keeps it from being made. */
  locked?: boolean;
  /** Goes on the file's name. */
  suffix?: string;
}

interface ExportDialogProps {
  title: string;
  meta: ReactNode;
  /** What is exported, small. */
  picture: ReactNode;
  /** What was found on it. */
  findings?: ReactNode;
  kinds: readonly FileKind[];
  /** What the file is called unless somebody says otherwise. */
  name: string;
  purposes: readonly Purpose[];
  /** Why something is locked, or what can be done. */
  says: string;
  addressOf: (kind: FileKind['kind'], purpose: Purpose['purpose']) => string;
  /** The server refused or made something: what it knows may be new. */
  onSettled?: () => void;
  onClose: () => void;
}

/** Megabytes with one place, or kilobytes. */
const sizeOf = (bytes: number) =>
  bytes >= 1_000_000 ? `${(bytes / 1_000_000).toFixed(1)} MB` : `${Math.ceil(bytes / 1_000)} kB`;

export function ExportDialog(props: ExportDialogProps) {
  const { title, meta, picture, findings, kinds, purposes, says, addressOf, onSettled, onClose } = props;
  const { t } = useTranslation('checks');
  const phone = useMediaQuery('(max-width: 720px)', undefined, { getInitialValueInEffect: false }) ?? false;
  const [chosen, setChosen] = useState<readonly FileKind['kind'][]>(kinds[0] ? [kinds[0].kind] : []);
  const [name, setName] = useState(props.name);
  const making = useMaking();
  const reason = useId();
  const progress = useRef<HTMLElement>(null);
  const begun = making.files !== null;
  useEffect(() => {
    if (begun) progress.current?.focus();
  }, [begun]);
  const wasBusy = useRef(false);
  useEffect(() => {
    if (wasBusy.current && !making.busy) onSettled?.();
    wasBusy.current = making.busy;
  }, [making.busy, onSettled]);

  const begin = ({ purpose, suffix = '' }: Purpose) =>
    making.start(
      kinds
        .filter(({ kind }) => chosen.includes(kind))
        .map(({ kind, ending, suffix: own }) => ({
          kind,
          address: addressOf(kind, purpose),
          name: `${[name.trim() || props.name, own, suffix].filter((part) => part !== '').join('-')}.${ending}`,
        })),
    );
  return (
    <Modal.Root
      opened
      onClose={onClose}
      size={1040}
      fullScreen={phone}
      centered
      closeOnClickOutside={!making.busy}
    >
      <Modal.Overlay color="var(--scrim)" backgroundOpacity={1} />
      <Modal.Content radius={phone ? 0 : 'xl'}>
        <div className="checks-export">
          <div className="checks-export-picture">{picture}</div>
          <div className="checks-export-form">
            <Modal.Header className="checks-export-head">
              <div>
                <Modal.Title>{title}</Modal.Title>
                <p className="checks-meta">{meta}</p>
              </div>
              <Modal.CloseButton aria-label={t('export.close')} />
            </Modal.Header>
            <Modal.Body className="checks-export-body">
              {making.files ? (
                <Files files={making.files} busy={making.busy} focus={progress} />
              ) : (
                <>
                  {findings}
                  <fieldset className="checks-formats">
                    <legend>{t('export.formats')}</legend>
                    {kinds.map(({ kind }) => (
                      <Checkbox
                        key={kind}
                        classNames={{ body: 'checks-format', labelWrapper: 'checks-format-words' }}
                        label={t(`export.${kind}`)}
                        description={t(`export.${kind}Hint`)}
                        checked={chosen.includes(kind)}
                        onChange={(event) =>
                          setChosen(
                            event.currentTarget.checked
                              ? [...chosen, kind]
                              : chosen.filter((one) => one !== kind),
                          )
                        }
                      />
                    ))}
                  </fieldset>
                  <TextInput
                    label={t('export.saveAs')}
                    value={name}
                    maxLength={100}
                    onChange={(event) => setName(event.currentTarget.value)}
                    rightSectionWidth="auto"
                    rightSectionPointerEvents="none"
                    rightSection={
                      <span className="checks-endings" aria-hidden="true">
                        {[
                          ...new Set(
                            kinds
                              .filter(({ kind }) => chosen.includes(kind))
                              .map(({ ending }) => `.${ending}`),
                          ),
                        ].join(' ')}
                      </span>
                    }
                  />
                </>
              )}
            </Modal.Body>
            <footer className="checks-export-foot">
              <p className="checks-says" id={reason} role="status">
                {making.files ? '' : chosen.length === 0 ? t('export.choose') : says}
              </p>
              {making.files === null &&
                purposes.map((one, n) => (
                  <Button
                    className="checks-act"
                    key={one.purpose}
                    variant={n === purposes.length - 1 && !one.locked ? 'filled' : 'default'}
                    disabled={one.locked || chosen.length === 0}
                    aria-describedby={reason}
                    onClick={() => begin(one)}
                    leftSection={one.locked && <IconLock size={16} stroke={1.5} aria-hidden="true" />}
                  >
                    {t(`export.${one.purpose}`)}
                  </Button>
                ))}
              {making.busy && (
                <Button className="checks-act" onClick={making.cancel}>
                  {t('export.cancel')}
                </Button>
              )}
              {making.files && !making.busy && (
                <>
                  {making.files.some(({ progress: { at } }) => at !== 'done') && (
                    <Button className="checks-act" onClick={making.reset}>
                      {t('export.again')}
                    </Button>
                  )}
                  <Button className="checks-act" variant="filled" onClick={onClose}>
                    {t('export.finish')}
                  </Button>
                </>
              )}
            </footer>
          </div>
        </div>
      </Modal.Content>
    </Modal.Root>
  );
}

const signOf: Record<Progress['at'], typeof IconCheck> = {
  waiting: IconMinus,
  making: IconLoader2,
  fetching: IconLoader2,
  done: IconCheck,
  cancelled: IconMinus,
  failed: IconAlertCircle,
};

function Files(props: { files: readonly Made[]; busy: boolean; focus: React.Ref<HTMLElement> }) {
  const { files, busy } = props;
  const { t } = useTranslation('checks');
  const complain = useComplaint();
  const say = (progress: Progress) => {
    if (progress.at === 'failed') return complain(progress.error);
    return 'bytes' in progress
      ? t(`export.${progress.at}`, { size: sizeOf(progress.bytes) })
      : t(`export.${progress.at}`);
  };
  const title = busy
    ? 'progress'
    : files.every(({ progress }) => progress.at === 'done')
      ? 'finished'
      : 'notFinished';
  return (
    <section
      className="checks-files"
      ref={props.focus}
      tabIndex={-1}
      aria-busy={busy}
      aria-label={t(`export.${title}`)}
    >
      <h3>{t(`export.${title}`)}</h3>
      <ul role="status">
        {files.map(({ kind, name, progress }) => {
          const Sign = signOf[progress.at];
          return (
            <li key={kind} data-at={progress.at}>
              <Sign
                className={Sign === IconLoader2 ? 'checks-sign checks-turning' : 'checks-sign'}
                size={18}
                stroke={1.5}
                aria-hidden="true"
              />
              <span>
                <strong>{name}</strong>
                {say(progress)}
              </span>
            </li>
          );
        })}
      </ul>
      {busy && <progress aria-label={t('export.progress')} />}
    </section>
  );
}

/** A frame's own picture: sent from the machine, replaced, taken out, and what is said about it. */
import { Button, FileButton } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { artworkOf, artworkWords, noArtwork } from '../../../shared/pages/frame.ts';
import { figuresFor } from '../figures.ts';
import { pictureUrl } from '../pictureUrl.ts';
import { Cut } from './Cut.tsx';
import type { Editing } from './edit.ts';
import { Row, WordsField } from './fields.tsx';

const taken = 'image/jpeg,image/png,image/webp';

function FileChoice({ label, onFile }: { label: string; onFile: (file: File) => void }) {
  const emptyInput = useRef<() => void>(null);
  return (
    <FileButton
      resetRef={emptyInput}
      accept={taken}
      inputProps={{ 'aria-label': label }}
      onChange={(file) => {
        // The same file may be chosen again, after it was put right.
        emptyInput.current?.();
        if (file) onFile(file);
      }}
    >
      {(props) => (
        <Button size="xs" {...props}>
          {label}
        </Button>
      )}
    </FileButton>
  );
}

/** How far it has gone, and the way back. */
function OnItsWay({ fraction, onCancel }: { fraction: number; onCancel: () => void }) {
  const { t } = useTranslation('pages');
  return (
    <div className="inspector-sending">
      <progress aria-label={t('artwork.uploading')} max={1} {...(fraction < 1 ? { value: fraction } : {})} />
      <span>
        {fraction < 1 ? t('artwork.soFar', { percent: Math.floor(fraction * 100) }) : t('artwork.beingKept')}
      </span>
      <Button size="xs" onClick={onCancel}>
        {t('artwork.cancel')}
      </Button>
    </div>
  );
}

/** The way in, while the frame has no picture of its own. */
export function SendPicture({ frame, uploads }: Editing) {
  const { t } = useTranslation('pages');
  return (
    <div className="inspector-send">
      <FileChoice label={t('artwork.upload')} onFile={(file) => uploads.send(frame.id, file)} />
      <p className="inspector-hint">{t('artwork.hint')}</p>
    </div>
  );
}

/** What the frame has, and what is on its way into it. */
export function OwnPicture(props: Editing) {
  const { laying, frame, change, uploads } = props;
  const { t } = useTranslation('pages');
  const artwork = artworkOf(frame);
  const [figure] = figuresFor(frame, laying.figuresOf);
  const fraction = uploads.sending.get(frame.id);
  return (
    <>
      {artwork && (
        <div className="inspector-picture">
          <img src={pictureUrl({ page: laying.page.id }, artwork.image)} alt="" />
          <p className="inspector-pixels">
            {t('artwork.pixels', { width: artwork.width, height: artwork.height })}
          </p>
        </div>
      )}
      {fraction === undefined ? (
        <div className="inspector-own">
          <FileChoice label={t('artwork.replace')} onFile={(file) => uploads.send(frame.id, file)} />
          <Button size="xs" onClick={() => change({ ...noArtwork, pictures: [] })}>
            {t('artwork.remove')}
          </Button>
        </div>
      ) : (
        <OnItsWay fraction={fraction} onCancel={() => uploads.cancel(frame.id)} />
      )}
      {artwork && figure && (
        <>
          <Words {...props} />
          <Cut {...props} figure={figure} />
        </>
      )}
    </>
  );
}

/** An advertisement prints neither caption nor credit. */
function Words({ frame, change }: Editing) {
  const { t } = useTranslation('pages');
  const keys = frame.kind === 'picture' ? (['caption', 'credit', 'alt'] as const) : (['alt'] as const);
  return keys.map((key) => (
    <Row key={key} label={t(`artwork.${key}`)}>
      <WordsField
        label={t(`artwork.${key}`)}
        placeholder={t(`artwork.${key}Hint`)}
        value={frame[key]}
        most={artworkWords[key]}
        onCommit={(words) => change({ [key]: words }, `${key} ${frame.id}`)}
      />
    </Row>
  ));
}

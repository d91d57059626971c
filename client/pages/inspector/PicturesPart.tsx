/** Where a story's pictures stand in its frame, how large they are, and how they are cut. */
import { useTranslation } from 'react-i18next';
import { artworkOf, type FramePicture, noArtwork, wholeCrop } from '../../../shared/pages/frame.ts';
import type { Figure } from '../figures.ts';
import { pictureUrl } from '../pictureUrl.ts';
import { Cut } from './Cut.tsx';
import type { Editing } from './edit.ts';
import { ChoiceField, NumberField, Part, Row, ToggleField } from './fields.tsx';
import { OwnPicture, SendPicture } from './OwnPicture.tsx';

export function PicturesPart(props: Editing) {
  const { laying, frame } = props;
  const { t } = useTranslation('pages');
  if (frame.article === null) return null;
  const figures = laying.figuresOf(frame.article);
  if (figures.length === 0) return null;
  return (
    <Part title={t('pictures.title')}>
      {figures.map((figure) => (
        <PictureOf key={figure.number} {...props} article={frame.article ?? ''} figure={figure} />
      ))}
    </Part>
  );
}

function Thumbnail({ article, figure }: { article: string; figure: Figure }) {
  const { t } = useTranslation('pages');
  return (
    <div className="inspector-picture">
      {figure.image ? (
        <img src={pictureUrl({ article }, figure.image)} alt="" />
      ) : (
        <span>{t('pictures.awaited')}</span>
      )}
      <p>{figure.caption || t('pictures.noCaption')}</p>
    </div>
  );
}

function PictureOf(props: Editing & { article: string; figure: Figure }) {
  const { frame, change, article, figure } = props;
  const { t } = useTranslation('pages');
  const own = frame.pictures.find((one) => one.figure === figure.number);
  const others = frame.pictures.filter((one) => one.figure !== figure.number);
  const write = (picture: FramePicture | null, gesture = '') =>
    change(
      { pictures: [...others, ...(picture ? [picture] : [])].sort((a, b) => a.figure - b.figure) },
      gesture && `${gesture} ${frame.id} ${figure.number}`,
    );
  const set = (next: Partial<FramePicture>) => own && write({ ...own, ...next }, 'picture');
  const { columns } = frame.place;
  return (
    <div className="inspector-figure">
      <Thumbnail article={article} figure={figure} />
      <Row label={t('pictures.where')}>
        <ToggleField
          label={t('pictures.where')}
          value={own ? 'placed' : 'inText'}
          choices={[
            { value: 'placed', label: t('pictures.placed') },
            { value: 'inText', label: t('pictures.inText') },
          ]}
          onCommit={(where) =>
            write(
              where === 'inText'
                ? null
                : {
                    figure: figure.number,
                    column: Math.max(0, Math.floor((columns - Math.min(2, columns)) / 2)),
                    line: 0,
                    columns: Math.min(2, columns),
                    lines: 10,
                    ...wholeCrop,
                  },
            )
          }
        />
      </Row>
      {own && (
        <>
          <Row label={t('pictures.from')}>
            <NumberField
              label={t('pictures.column')}
              unit={t('unit.column')}
              value={own.column + 1}
              least={1}
              most={Math.max(1, columns - own.columns + 1)}
              onCommit={(value) => set({ column: value - 1 })}
            />
            <NumberField
              label={t('pictures.line')}
              unit={t('unit.line')}
              value={own.line + 1}
              least={1}
              most={frame.place.lines}
              onCommit={(value) => set({ line: value - 1 })}
            />
          </Row>
          <Row label={t('pictures.size')}>
            <NumberField
              label={t('pictures.columns')}
              unit={t('unit.column')}
              value={own.columns}
              least={1}
              most={columns}
              onCommit={(value) => set({ columns: value })}
            />
            <NumberField
              label={t('pictures.lines')}
              unit={t('unit.line')}
              value={own.lines}
              least={1}
              most={frame.place.lines}
              onCommit={(value) => set({ lines: value })}
            />
          </Row>
        </>
      )}
      <Cut {...props} />
    </div>
  );
}

/** A frame that shows one picture: its own, or which of a story's. */
export function OnePicturePart(props: Editing & { stories: readonly { id: string; headline: string }[] }) {
  const { laying, frame, change, stories, uploads } = props;
  const { t } = useTranslation('pages');
  const { article } = frame;
  const number = frame.pictures[0]?.figure ?? 0;
  const figures = article === null ? [] : laying.figuresOf(article);
  const figure = figures.find((one) => one.number === number);
  const { columns, lines } = frame.place;
  if (artworkOf(frame) || uploads.sending.has(frame.id))
    return (
      <Part title={t('pictures.title')}>
        <OwnPicture {...props} />
      </Part>
    );
  return (
    <Part title={t('pictures.title')}>
      <SendPicture {...props} />
      <Row label={t('pictures.story')}>
        <ChoiceField
          label={t('pictures.story')}
          value={article ?? ''}
          choices={[
            { value: '', label: t('pictures.none') },
            ...stories.map(({ id, headline }) => ({
              value: id,
              label: headline || t('app:stories.untitled'),
            })),
          ]}
          onCommit={(id) => change({ article: id === '' ? null : id, pictures: [], ...noArtwork })}
        />
      </Row>
      {figures.length > 1 && (
        <Row label={t('pictures.which')}>
          <ChoiceField
            label={t('pictures.which')}
            value={String(number)}
            choices={figures.map((one) => ({
              value: String(one.number),
              label: t('pictures.numbered', { number: one.number + 1, caption: one.caption.slice(0, 12) }),
            }))}
            onCommit={(value) =>
              change({
                pictures: [{ figure: Number(value), column: 0, line: 0, columns, lines, ...wholeCrop }],
              })
            }
          />
        </Row>
      )}
      {article !== null && figure && (
        <>
          <Thumbnail article={article} figure={figure} />
          <Cut {...props} figure={figure} />
        </>
      )}
      {article !== null && figures.length === 0 && <p className="inspector-hint">{t('pictures.noFigure')}</p>}
    </Part>
  );
}

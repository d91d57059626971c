/** The page's own words in a frame: a line of type, a box, an advertisement's name, the masthead; and their type. */
import { Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { faces } from '../../../shared/layout/drawing.ts';
import type { Frame } from '../../../shared/pages/frame.ts';
import type { Editing } from './edit.ts';
import { ChoiceField, NumberField, Part, Row, SwitchField, ToggleField, WordsField } from './fields.tsx';

const most = 1_200;

export function WordsPart({ frame, change }: Editing) {
  const { t } = useTranslation('pages');
  const { kind } = frame;
  const gesture = `words ${frame.id}`;
  return (
    <Part title={t(`kind.${kind}`)}>
      {kind === 'box' ? (
        <BoxWords label={t('words.box')} value={frame.text} onCommit={(text) => change({ text }, gesture)} />
      ) : (
        <Row label={t(`words.${kind}`)}>
          <WordsField
            label={t(`words.${kind}`)}
            value={frame.text}
            most={most}
            placeholder={t(`words.${kind}Hint`)}
            onCommit={(text) => change({ text }, gesture)}
          />
        </Row>
      )}
      {kind === 'advertisement' && (
        <SwitchField
          label={t('words.labelled')}
          value={frame.labelled}
          onCommit={(labelled) => change({ labelled })}
        />
      )}
      <TypeRows frame={frame} change={change} />
    </Part>
  );
}

/** Words of several paragraphs are shown on the page while they are typed. */
function BoxWords(props: { label: string; value: string; onCommit: (value: string) => void }) {
  const { label, value, onCommit } = props;
  const [words, setWords] = useState(value);
  useEffect(() => setWords(value), [value]);
  return (
    <Textarea
      className="inspector-words"
      aria-label={label}
      autosize
      minRows={4}
      maxRows={14}
      maxLength={most}
      value={words}
      onChange={(event) => {
        setWords(event.currentTarget.value);
        onCommit(event.currentTarget.value);
      }}
    />
  );
}

function TypeRows({ frame, change }: Pick<Editing, 'frame' | 'change'>) {
  const { t } = useTranslation('pages');
  const set = (next: Partial<Frame['type']>, gesture = '') =>
    change({ type: { ...frame.type, ...next } }, gesture && `${gesture} ${frame.id}`);
  return (
    <>
      <Row label={t('type.face')}>
        <ChoiceField
          label={t('type.face')}
          value={frame.type.face}
          choices={faces.map((face) => ({ value: face, label: t(`face.${face}`) }))}
          onCommit={(face) => set({ face })}
        />
        <NumberField
          label={t('type.size')}
          unit={t('unit.point')}
          value={frame.type.size}
          least={5}
          most={144}
          step={0.5}
          onCommit={(size) => set({ size }, 'type size')}
        />
      </Row>
      <Row label={t('type.align')}>
        <ToggleField
          label={t('type.align')}
          value={frame.type.align}
          choices={(['left', 'center', 'right'] as const).map((value) => ({
            value,
            label: t(`type.${value}`),
          }))}
          onCommit={(align) => set({ align })}
        />
      </Row>
    </>
  );
}

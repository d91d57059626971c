/** 版式样式: how each part of a story is set on every page of the paper, with a sample of each. */
import { Button, ColorInput, Modal, Table } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../shared/api.ts';
import { faces } from '../../../shared/layout/drawing.ts';
import { plainStyles, type Style, type Styles, styleNames } from '../../../shared/pages/styles.ts';
import { call, keys } from '../../api.ts';
import { useComplaint } from '../../live/answers.ts';
import { failToast, toast } from '../../ui/toast.tsx';
import { ChoiceField, NumberField } from '../inspector/fields.tsx';
import './styles.css';

interface StylesDialogProps {
  styles: Styles;
  onClose: () => void;
}

const columns = ['name', 'face', 'bold', 'size', 'leading', 'indent', 'before', 'align', 'color'] as const;
const aligns = ['justify', 'center', 'left', 'right'] as const;
const inks = ['#000000', '#c2321b', '#1f4e8c', '#1b7352', '#5b5b5b'];

export function StylesDialog({ styles, onClose }: StylesDialogProps) {
  const { t } = useTranslation(['pages', 'app', 'article']);
  const [draft, setDraft] = useState(styles);
  const queries = useQueryClient();
  const complain = useComplaint();
  const save = useMutation({
    mutationFn: () => call(api.changeStyles, { body: draft }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: keys.pages });
      void queries.invalidateQueries({ queryKey: ['page'] });
      toast(t('pages:styles.saved'));
      onClose();
    },
    onError: (error) => failToast(complain(error)),
  });
  const isSame = JSON.stringify(draft) === JSON.stringify(styles);
  const isPlain = JSON.stringify(draft) === JSON.stringify(plainStyles);
  return (
    <Modal
      opened
      onClose={onClose}
      size={1180}
      title={t('pages:styles.title')}
      closeButtonProps={{ 'aria-label': t('app:close') }}
    >
      <p className="styles-hint">{t('pages:styles.words')}</p>
      <div className="styles-scroll">
        <Table className="styles-table" verticalSpacing={6} horizontalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              {columns.map((column) => (
                <Table.Th key={column} scope="col">
                  {t(`pages:styles.${column}`)}
                </Table.Th>
              ))}
              <Table.Th scope="col">{t('pages:styles.sample')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {styleNames.map((name) => (
              <StyleRow
                key={name}
                name={name}
                style={draft[name]}
                onChange={(change) => setDraft({ ...draft, [name]: { ...draft[name], ...change } })}
              />
            ))}
          </Table.Tbody>
        </Table>
      </div>
      <div className="ui-acts">
        <Button variant="subtle" disabled={isPlain} onClick={() => setDraft(plainStyles)}>
          {t('pages:styles.plain')}
        </Button>
        <span className="app-bar-gap" />
        <Button variant="subtle" onClick={onClose}>
          {t('app:cancel')}
        </Button>
        <Button
          variant="filled"
          loading={save.isPending}
          onClick={() => (isSame ? onClose() : save.mutate())}
        >
          {t('pages:styles.save')}
        </Button>
      </div>
    </Modal>
  );
}

interface StyleRowProps {
  name: (typeof styleNames)[number];
  style: Style;
  onChange: (change: Partial<Style>) => void;
}

function StyleRow({ name, style, onChange }: StyleRowProps) {
  const { t } = useTranslation('pages');
  const word = t(`styleName.${name}`);
  const label = (field: string) => t('styles.fieldOf', { style: word, field: t(`styles.${field}`) });
  const faceChoices = faces.map((value) => ({ value, label: t(`face.${value}`) }));
  return (
    <Table.Tr>
      <Table.Th scope="row">{word}</Table.Th>
      <Table.Td>
        <ChoiceField
          label={label('face')}
          value={style.face}
          choices={faceChoices}
          onCommit={(face) => onChange({ face })}
        />
      </Table.Td>
      <Table.Td>
        <ChoiceField
          label={label('bold')}
          value={style.bold}
          choices={faceChoices}
          onCommit={(bold) => onChange({ bold })}
        />
      </Table.Td>
      <Table.Td>
        <NumberField
          label={label('size')}
          value={style.size}
          least={0}
          most={144}
          step={0.125}
          zero={t('styles.auto')}
          onCommit={(size) => onChange({ size })}
        />
      </Table.Td>
      <Table.Td>
        <NumberField
          label={label('leading')}
          unit="%"
          value={style.leading}
          least={0}
          most={300}
          zero={t('styles.grid')}
          onCommit={(leading) => onChange({ leading })}
        />
      </Table.Td>
      <Table.Td>
        <ChoiceField
          label={label('indent')}
          value={String(style.indent)}
          choices={[-1, 0, 1, 2, 3, 4].map((value) => ({
            value: String(value),
            label: value < 0 ? t('styles.auto') : t('styles.characters', { count: value }),
          }))}
          onCommit={(value) => onChange({ indent: Number(value) })}
        />
      </Table.Td>
      <Table.Td>
        <NumberField
          label={label('before')}
          value={style.before}
          least={0}
          most={4}
          onCommit={(before) => onChange({ before })}
        />
      </Table.Td>
      <Table.Td>
        <ChoiceField
          label={label('align')}
          value={style.align}
          choices={aligns.map((value) => ({ value, label: t(`styles.${value}`) }))}
          onCommit={(align) => onChange({ align })}
        />
      </Table.Td>
      <Table.Td>
        <ColorInput
          aria-label={label('color')}
          size="sm"
          format="hex"
          swatches={inks}
          withEyeDropper={false}
          value={style.color}
          onChangeEnd={(color) => {
            if (/^#[0-9a-f]{6}$/i.test(color)) onChange({ color: color.toLowerCase() });
          }}
        />
      </Table.Td>
      <Table.Td className="styles-sample">
        <span
          className={`pages-${style.face}`}
          lang="zh-Hans"
          style={{
            color: style.color,
            fontSize: Math.min(30, ((style.size || sampleSizes[name] || 9) * 4) / 3),
            textAlign: style.align === 'justify' ? 'left' : style.align,
            textIndent: style.indent > 0 ? `${style.indent}em` : undefined,
          }}
        >
          {t(`styleSample.${name}`)}
        </span>
      </Table.Td>
    </Table.Tr>
  );
}

/** Points, of what takes its size from its frame. */
const sampleSizes: Partial<Record<(typeof styleNames)[number], number>> = {
  headline: 18,
  deck: 12,
  kicker: 12,
};

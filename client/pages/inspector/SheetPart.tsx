/** The page itself: what its folio line says, who answers for it, its size and grid. */
import { useTranslation } from 'react-i18next';
import { formats, type Page, type SheetSettings } from '../../../shared/pages/page.ts';
import { withFormat } from '../../../shared/pages/sheets.ts';
import { ChoiceField, NumberField, Part, Row, ToggleField, WordsField } from './fields.tsx';

interface SheetPartProps {
  page: Page;
  editable: boolean;
  onChange: (change: Partial<SheetSettings>) => void;
}

const gridFields = [
  { key: 'columns', least: 1, most: 16, step: 1, unit: 'column' },
  { key: 'characters', least: 5, most: 60, step: 1, unit: 'character' },
  { key: 'lines', least: 1, most: 400, step: 1, unit: 'line' },
  { key: 'size', least: 5, most: 24, step: 0.125, unit: 'point' },
  { key: 'pitch', least: 6, most: 36, step: 0.75, unit: 'point' },
  { key: 'gap', least: 0, most: 72, step: 0.5, unit: 'point' },
] as const;

const credits = ['editor', 'designer', 'proofreader'] as const;

export function SheetPart({ page, editable, onChange }: SheetPartProps) {
  const { t } = useTranslation('pages');
  const { grid } = page;
  return (
    <fieldset className="inspector-sheet" disabled={!editable} aria-label={t('sheetOf.title')}>
      <Part title={t('sheetOf.folio')}>
        <Row label={t('sheetOf.number')}>
          <WordsField
            label={t('sheetOf.number')}
            value={page.number}
            most={8}
            onCommit={(number) => number.trim() && onChange({ number: number.trim() })}
          />
          <WordsField
            label={t('sheetOf.section')}
            value={page.section}
            most={20}
            placeholder={t('sheetOf.section')}
            onCommit={(section) => onChange({ section: section.trim() })}
          />
        </Row>
        {credits.map((who) => (
          <Row key={who} label={t(`sheetOf.${who}`)}>
            <WordsField
              label={t(`sheetOf.${who}`)}
              value={page.credits[who]}
              most={40}
              onCommit={(name) => onChange({ credits: { ...page.credits, [who]: name.trim() } })}
            />
          </Row>
        ))}
        <Row label={t('sheetOf.head')}>
          <ToggleField
            label={t('sheetOf.head')}
            value={page.head}
            choices={[
              { value: 'folio', label: t('sheetOf.folioLine') },
              { value: 'none', label: t('sheetOf.noHead') },
            ]}
            onCommit={(head) => onChange({ head })}
          />
        </Row>
      </Part>
      <Part title={t('sheetOf.size')}>
        <Row label={t('sheetOf.format')}>
          <ChoiceField
            label={t('sheetOf.format')}
            value={page.format}
            choices={formats.map((value) => ({ value, label: t(value) }))}
            onCommit={(format) => onChange(withFormat({ format }))}
          />
        </Row>
        <Row label={t('sheetOf.trim')}>
          <NumberField
            label={t('sheetOf.width')}
            unit="mm"
            value={page.width}
            least={100}
            most={450}
            onCommit={(width) => onChange({ width, format: 'custom' })}
          />
          <NumberField
            label={t('sheetOf.height')}
            unit="mm"
            value={page.height}
            least={100}
            most={620}
            onCommit={(height) => onChange({ height, format: 'custom' })}
          />
        </Row>
      </Part>
      <Part title={t('sheetOf.grid')}>
        {gridFields.map(({ key, least, most, step, unit }) => (
          <Row key={key} label={t(`gridField.${key}`)}>
            <NumberField
              label={t(`gridField.${key}`)}
              unit={t(`unit.${unit}`)}
              value={grid[key]}
              {...{ least, most, step }}
              onCommit={(value) => onChange({ grid: { ...grid, [key]: value } })}
            />
          </Row>
        ))}
      </Part>
    </fieldset>
  );
}

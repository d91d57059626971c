/** The head of the comments: which are shown, and a button that begins one. */
import { Button, NativeSelect, SegmentedControl } from '@mantine/core';
import { IconMessage2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Filter } from './filter.ts';

interface RailHeadProps {
  filter: Filter;
  onFilter: (filter: Filter) => void;
  counts: { open: number; resolved: number };
  /** Who wrote in what is shown: id and name. */
  writers: readonly { id: string; name: string }[];
  /** Whether something was given to this reader. */
  hasGiven: boolean;
  /** Null where nobody may comment. */
  onBegin: (() => void) | null;
}

export function RailHead({ filter, onFilter, counts, writers, hasGiven, onBegin }: RailHeadProps) {
  const { t } = useTranslation('comments');
  return (
    <div className="comments-head">
      <SegmentedControl
        aria-label={t('filter')}
        value={filter.state}
        onChange={(value) => onFilter({ state: value === 'resolved' ? 'resolved' : 'open', whose: null })}
        data={[
          { value: 'open', label: t('open', { count: counts.open }) },
          { value: 'resolved', label: t('resolved', { count: counts.resolved }) },
        ]}
      />
      {(writers.length > 1 || hasGiven) && (
        <NativeSelect
          size="xs"
          aria-label={t('whose')}
          value={filter.whose ?? ''}
          onChange={({ currentTarget: { value } }) => onFilter({ ...filter, whose: value || null })}
          data={[
            { value: '', label: t('everybody') },
            ...(hasGiven ? [{ value: 'given', label: t('given') }] : []),
            ...writers.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      )}
      {onBegin && (
        <Button
          className="comments-add"
          size="compact-md"
          variant="subtle"
          title={t('addHint')}
          leftSection={<IconMessage2 size={16} stroke={1.5} aria-hidden="true" />}
          // The selection stays where it is.
          onMouseDown={(event) => event.preventDefault()}
          onClick={onBegin}
        >
          {t('add')}
        </Button>
      )}
    </div>
  );
}

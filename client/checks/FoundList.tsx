/** What was found, to be read before a decision: the first lines of it, and how many more there are. */
import { IconAlertCircle, IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Found } from './useFound.ts';
import './checks.css';

const signs = { error: IconAlertCircle, warning: IconAlertTriangle, note: IconInfoCircle } as const;

/** Lines shown at once. */
const most = 8;

export function FoundList({ found, label }: { found: readonly Found[]; label: string }) {
  const { t } = useTranslation('checks');
  return (
    <ul className="checks-told" aria-label={label}>
      {found.slice(0, most).map(({ key, grade, what, where }) => {
        const Sign = signs[grade];
        return (
          <li key={key} data-grade={grade}>
            <Sign className="checks-go-sign" size={16} stroke={1.5} aria-hidden="true" />
            <span className="checks-what">
              <span className="ui-hidden">{t(`grade.${grade}`)} </span>
              {what}
            </span>
            <span className="checks-where">{where}</span>
          </li>
        );
      })}
      {found.length > most && <li>{t('more', { count: found.length - most })}</li>}
    </ul>
  );
}

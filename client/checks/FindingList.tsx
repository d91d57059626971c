/** What was found, one line each, with its grade, its place and the way there. */
import { IconAlertCircle, IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Finding, Grade } from '../../shared/checks/finding.ts';
import { findingWords, type Naming, placeWords, wayOf } from './findingWords.ts';

const signs = { error: IconAlertCircle, warning: IconAlertTriangle, note: IconInfoCircle } satisfies Record<
  Grade,
  unknown
>;

const keyOf = ({ rule, place, figures }: Finding) => JSON.stringify([rule, place, figures]);

interface FindingListProps {
  findings: readonly Finding[];
  naming: Omit<Naming, 't'>;
  /** Whether each has its number, as on the picture of the page. */
  numbered?: boolean;
  onGo: (finding: Finding) => void;
}

export function FindingList({ findings, naming, numbered = false, onGo }: FindingListProps) {
  const { t } = useTranslation(['checks', 'pages']);
  return (
    <ul className="checks-list" aria-label={t('title')} data-numbered={numbered || undefined}>
      {findings.map((one, n) => {
        const Sign = signs[one.grade];
        const what = findingWords(one, { ...naming, t });
        return (
          <li key={keyOf(one)} data-grade={one.grade}>
            <button
              type="button"
              className="checks-go"
              onClick={() => onGo(one)}
              aria-label={t('goTo', {
                go: t(`go.${wayOf(one)}`),
                what: `${t(`grade.${one.grade}`)} ${what}`,
              })}
            >
              {numbered ? (
                <b className="checks-number">{n + 1}</b>
              ) : (
                <Sign className="checks-go-sign" size={16} stroke={1.5} aria-hidden="true" />
              )}
              <span className="checks-what">{what}</span>
              <span className="checks-where">
                {numbered ? t(`go.${wayOf(one)}`) : placeWords(one, { ...naming, t })}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

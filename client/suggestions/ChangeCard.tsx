/** The card of one change in the rail 修改: its words, its person, what it costs, and what may be done with it. */
import { Button, Tooltip } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person } from '../../shared/people/person.ts';
import { Avatar } from '../ui/People.tsx';
import { ChangeWords } from './ChangeWords.tsx';
import type { Change } from './useSuggestions.ts';

export interface CardActs {
  goTo: (change: Change) => void;
  discuss: (change: Change) => void;
  withdraw: (change: Change) => void;
  decide: (given: 'accept' | 'reject', change: Change) => void;
}

interface ChangeCardProps {
  change: Change;
  person: Person | null;
  /** Grid lines that accepting it adds to the page; undefined while that is not known. */
  lines: number | undefined;
  /** How many comments speak of it. */
  talked: number;
  isActive: boolean;
  live: boolean;
  mayDiscuss: boolean;
  mayWithdraw: boolean;
  mayAnswer: boolean;
  acts: CardActs;
  when: (iso: string) => string;
}

/** Drawn anew only when something on it changes: a rail may hold hundreds while somebody types. */
export const ChangeCard = memo(function ChangeCard(props: ChangeCardProps) {
  const { change, person, lines, talked, isActive, live, acts, when } = props;
  const { t } = useTranslation('suggestions');
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Alt+↑/↓ walks the cards
    <li
      data-change={change.id}
      data-active={isActive || undefined}
      tabIndex={-1}
      onClick={() => acts.goTo(change)}
      style={person ? ({ '--person': `var(--person-${person.color + 1})` } as React.CSSProperties) : {}}
    >
      <p className="suggestions-words">
        <ChangeWords parts={change.parts} />
      </p>
      <footer>
        {person && <Avatar person={person} size={20} quiet />}
        <small>
          {person?.name ?? t('someone')}
          {change.at && ` · ${when(change.at)}`}
        </small>
        <Cost lines={lines} />
        {props.mayDiscuss && (
          <Button
            size="compact-sm"
            variant="subtle"
            disabled={!live}
            onClick={(event) => {
              event.stopPropagation();
              acts.discuss(change);
            }}
          >
            {talked > 0 ? t('discussed', { count: talked }) : t('discuss')}
          </Button>
        )}
        {props.mayWithdraw && (
          <Button size="compact-sm" variant="subtle" onClick={() => acts.withdraw(change)}>
            {t('withdraw')}
          </Button>
        )}
        {props.mayAnswer && (
          <>
            <Tooltip label={`${t('reject')} Alt ⌫`}>
              <Button size="compact-sm" disabled={!live} onClick={() => acts.decide('reject', change)}>
                {t('reject')}
              </Button>
            </Tooltip>
            <Tooltip label={`${t('accept')} Alt ↵`}>
              <Button size="compact-sm" disabled={!live} onClick={() => acts.decide('accept', change)}>
                {t('accept')}
              </Button>
            </Tooltip>
          </>
        )}
      </footer>
    </li>
  );
});

/** What accepting it does to the length of the story on its page. */
function Cost({ lines }: { lines: number | undefined }) {
  const { t } = useTranslation('suggestions');
  if (lines === undefined) return null;
  const word = lines > 0 ? 'more' : lines < 0 ? 'less' : 'none';
  return (
    <span className="suggestions-cost" data-cost={word}>
      {t(`cost.${word}`, { count: Math.abs(lines) })}
    </span>
  );
}

/** States of a screen that last: a banner, an empty screen, a still skeleton. */
import { IconAlertCircle, IconInfoCircle } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** What is so, and what to do. */
export function Banner({
  grave = false,
  children,
  action,
}: {
  grave?: boolean;
  children: ReactNode;
  action?: ReactNode;
}) {
  const Sign = grave ? IconAlertCircle : IconInfoCircle;
  return (
    <div className="ui-banner" role="status" data-grave={grave || undefined}>
      <Sign size={18} stroke={1.5} aria-hidden="true" />
      <p>{children}</p>
      {action}
    </div>
  );
}

/** Says what is missing and the one thing to do about it. `main` when it is the whole screen. */
export function EmptyState(props: { title: string; children?: ReactNode; acts?: ReactNode; main?: boolean }) {
  const Title = props.main ? 'h1' : 'h2';
  return (
    <div className="ui-empty">
      <svg width="84" height="92" viewBox="0 0 84 92" fill="none" stroke="currentColor" aria-hidden="true">
        <path
          d="M.75.75h82.500v90.500H.75z"
          fill="var(--bg-card)"
          stroke="var(--border-2)"
          strokeWidth="1.5"
        />
        <path d="M11 16.500h62" stroke="var(--text-3)" strokeWidth="2.5" />
        <path d="M11 25.500h38M11 39.500h28M11 47.500h28M11 55.500h28M11 63.500h28M11 73.500h18M45 39.500h28M45 47.500h28" />
        <path d="M45.5 60.500h27v17h-27z" strokeDasharray="2.5 2.5" />
      </svg>
      <Title>{props.title}</Title>
      {props.children && <p>{props.children}</p>}
      {props.acts && <div className="ui-empty-acts">{props.acts}</div>}
    </div>
  );
}

/** Whether this many milliseconds have passed since the component stood. */
export function useLate(after: number): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), after);
    return () => clearTimeout(timer);
  }, [after]);
  return late;
}

const widths = ['62%', '84%', '78%', '81%', '47%'];

/** Nothing for 400 ms, then still lines; after 4 s a sentence and a way to try again. */
export function Skeleton({ onRetry }: { onRetry?: () => void }) {
  const { t } = useTranslation('ui');
  const shown = useLate(400);
  const slow = useLate(4_000);
  return (
    <div className="ui-skeleton" role="status" aria-busy="true">
      <span className="ui-hidden">{t('loading')}</span>
      {shown && widths.map((width) => <i key={width} style={{ width }} />)}
      {slow && onRetry && (
        <p>
          {t('slow')}{' '}
          <button type="button" className="ui-link" onClick={onRetry}>
            {t('retry')}
          </button>
        </p>
      )}
    </div>
  );
}

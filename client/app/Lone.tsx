/** A sheet of paper that stands alone: what those see who are not in the newsroom yet. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import './Lone.css';

interface Props {
  title: string;
  children?: ReactNode;
  act?: ReactNode;
  /** The newsroom's name, where it is known. */
  paper?: string | undefined;
}

export function Lone({ title, children, act, paper }: Props) {
  const { t } = useTranslation('app');
  return (
    <main className="lone">
      <div className="lone-sheet">
        <p className="lone-mark">
          <span aria-hidden="true">同</span>
          {t('product')}
          {paper && <small>{paper}</small>}
        </p>
        <h1>{title}</h1>
        {children && <p>{children}</p>}
        {act}
      </div>
    </main>
  );
}

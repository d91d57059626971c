/** One line of the account: what it is, how it stands, what can be done, and what belongs to it below. */
import type { ReactNode } from 'react';

export function Way(props: { title: string; state: ReactNode; acts?: ReactNode; children?: ReactNode }) {
  const { title, state, acts, children } = props;
  return (
    <section className="people-way" aria-label={title}>
      <div className="people-way-line">
        <div>
          <h3>{title}</h3>
          <p>{state}</p>
        </div>
        {acts && <div className="people-way-acts">{acts}</div>}
      </div>
      {children}
    </section>
  );
}

/** Two states of a story as one text 花脸稿: what was added and what was struck, each in the colour of whose it is. */
import { useTranslation } from 'react-i18next';
import type { Person } from '../../shared/people/person.ts';
import { isUntouched, type Shown } from '../../shared/versions/places.ts';
import { colorOf, useNames } from './labels.ts';

export type View = 'marked' | 'changes' | 'authors';

interface ComparedTextProps {
  shown: readonly Shown[];
  view: View;
  people: readonly Person[];
  /** The change that one has gone to. */
  current: number | null;
  onPlace: (place: number) => void;
  /** Only this person's words are in colour; undefined: everybody's. */
  only: string | null | undefined;
}

export function ComparedText({ shown, view, people, current, onPlace, only }: ComparedTextProps) {
  const { t } = useTranslation('versions');
  const rows: (Shown | number)[] = [];
  for (const one of shown) {
    if (view !== 'changes' || !isUntouched(one)) {
      rows.push(one);
      continue;
    }
    const last = rows.at(-1);
    if (typeof last === 'number') rows[rows.length - 1] = last + 1;
    else rows.push(1);
  }
  return (
    <div className="versions-text" data-view={view}>
      {rows.map((row, index) =>
        typeof row === 'number' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a fold has nothing else to be known by
          <p key={`fold ${index}`} className="versions-fold">
            {t('unchanged', { count: row })}
          </p>
        ) : (
          <Paragraph key={row.index} one={row} {...{ view, people, current, onPlace, only }} />
        ),
      )}
    </div>
  );
}

function Paragraph(props: { one: Shown } & Omit<ComparedTextProps, 'shown'>) {
  const { one, view, people, current, onPlace, only } = props;
  const { t } = useTranslation('versions');
  const { t: article } = useTranslation('article');
  const nameOf = useNames(people);
  const { paragraph, runs, place } = one;
  const { style, was, moved, end, otherwise } = paragraph;
  const whole = runs.every(({ change }) => change === end);
  const notes = [
    was && t('restyled', { was: article(`style.${was}`), style: article(`style.${style}`) }),
    otherwise && t('otherwise'),
    moved !== null && t(end === 'removed' ? 'movedFrom' : 'movedTo'),
    end === 'removed' && !whole && t('joined'),
    end === 'added' && !whole && view !== 'authors' && t('parted'),
  ].filter((note): note is string => typeof note === 'string');
  return (
    <div className="versions-paragraph" data-end={end} data-moved={moved ?? undefined}>
      <span className="versions-style">{article(`style.${style}`)}</span>
      <p data-style={style}>
        {runs.map((run, index) => {
          const color = { '--of': colorOf(people, run.member) } as React.CSSProperties;
          const faint = only !== undefined && run.member !== only;
          const key = index;
          if (view === 'authors')
            return (
              <span
                key={key}
                className="versions-author"
                data-faint={faint || undefined}
                style={color}
                title={run.member === null ? t('original') : t('did.kept', { name: nameOf(run.member) })}
                data-nobody={run.member === null || undefined}
              >
                {run.text}
              </span>
            );
          if (run.change === 'kept') return <span key={key}>{run.text}</span>;
          const Tag = run.change === 'added' ? 'ins' : 'del';
          return (
            <Tag
              key={key}
              style={color}
              data-place={run.place ?? undefined}
              data-faint={faint || undefined}
              data-along={run.moved || undefined}
              aria-current={(run.place !== null && run.place === current) || undefined}
              title={run.moved ? t('did.moved') : t(`did.${run.change}`, { name: nameOf(run.member) })}
              onClick={() => run.place !== null && onPlace(run.place)}
            >
              {run.text}
            </Tag>
          );
        })}
        {runs.length === 0 && <br />}
      </p>
      {view !== 'authors' && notes.length > 0 && (
        <p
          className="versions-note"
          data-place={place ?? undefined}
          aria-current={(place !== null && place === current) || undefined}
        >
          {notes.join('　')}
        </p>
      )}
    </div>
  );
}

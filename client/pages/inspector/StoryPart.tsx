/** Which story stands in a frame, who is writing it now, and how it fits. */
import { Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Person } from '../../../shared/people/person.ts';
import { useInside } from '../../live/events.ts';
import { Avatar } from '../../ui/People.tsx';
import type { Editing } from './edit.ts';

export function StoryPart({ laying, frame, change, people }: Editing & { people: readonly Person[] }) {
  const { t } = useTranslation('pages');
  const { article } = frame;
  const inside = useInside(article ?? '');
  const here = inside.flatMap((id) => people.find((one) => one.id === id) ?? []);
  if (article === null) {
    const room = laying.capacity.get(frame.id);
    return (
      <section className="inspector-story" aria-label={t('storyOf')}>
        <h2 className="inspector-headline inspector-empty">{t('noStoryHere')}</h2>
        {room && (
          <p className="inspector-capacity">
            <strong>{t('holdsAbout', { count: room.characters })}</strong>
            <span>{t('holdsLines', { count: room.lines })}</span>
          </p>
        )}
        <p className="inspector-hint">{t('dragStoryHere')}</p>
      </section>
    );
  }
  return (
    <section className="inspector-story" aria-label={t('storyOf')}>
      <h2 className="inspector-headline">
        <Link to={`/articles/${article}`}>{laying.headlineOf(article) || t('app:stories.untitled')}</Link>
      </h2>
      <p className="inspector-people">
        {here.map((one) => (
          <Avatar key={one.id} person={one} size={22} />
        ))}
        <span>{here.length > 0 ? t('writing', { count: here.length }) : t('nobodyWriting')}</span>
        {laying.editable && (
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconX size={14} stroke={1.5} aria-hidden="true" />}
            onClick={() => change({ article: null, part: 0 })}
          >
            {t('takeOff')}
          </Button>
        )}
      </p>
    </section>
  );
}

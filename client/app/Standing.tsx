/** What lasts and what to do about it, below the manuscript or instead of it. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Article } from '../../shared/api.ts';
import { closeCodes } from '../../shared/sync/protocol.ts';
import type { ArticleRoom, RoomStatus } from '../live/room.ts';
import { Banner, EmptyState } from '../ui/States.tsx';
import { useRoomStatus } from './room.ts';

/** Whether the server ended this reader's stay for good. */
export const gone = ({ closeCode }: Pick<RoomStatus, 'closeCode'>) =>
  closeCode === closeCodes.notAllowed ||
  closeCode === closeCodes.notFound ||
  closeCode === closeCodes.memberGone;

/** Instead of the desk: nothing of this reader's is in it alone. */
export function Gone({ room }: { room: ArticleRoom }) {
  const status = useRoomStatus(room);
  const { t } = useTranslation('app');
  const says = (title: string, words: string, act: React.ReactNode) => (
    <main className="app-desk">
      <EmptyState main title={title} acts={act}>
        {words}
      </EmptyState>
    </main>
  );
  if (status.leftOver) return says(t('desk.leftOverTitle'), t('desk.leftOver'), <Reload />);
  if (status.closeCode === closeCodes.memberGone) {
    return says(
      t('desk.accountGone'),
      t('desk.accountGoneWords'),
      // By the browser: nothing that this page knew of stays.
      <Button variant="filled" component="a" href="/sign-in">
        {t('toSignIn')}
      </Button>,
    );
  }
  return says(
    t('desk.removed'),
    t('desk.removedWords'),
    <Button component={Link} to="/">
      {t('toStories')}
    </Button>,
  );
}

function Reload({ signIn = false }: { signIn?: boolean }) {
  const { t } = useTranslation('app');
  return (
    <Button variant="filled" onClick={() => location.reload()}>
      {t(signIn ? 'signInAgain' : 'reload')}
    </Button>
  );
}

/** What lasts and what to do about it: offline, refused, read only, spiked. */
export function Standing({ article, room }: { article: Article; room: ArticleRoom }) {
  const status = useRoomStatus(room);
  const { t } = useTranslation('app');
  const { t: review } = useTranslation('review');
  if (status.saved === 'refused') {
    const { closeCode, unsent, kept, leftOver } = status;
    const signIn = closeCode === closeCodes.signInNeeded;
    if (leftOver)
      return (
        <Banner grave action={<Reload />}>
          {t('desk.leftOver')}
        </Banner>
      );
    if (signIn) {
      const words = unsent === 0 ? 'signedOut' : kept ? 'signedOutKept' : 'signedOutUnsaved';
      return (
        <Banner grave={words === 'signedOutUnsaved'} action={<Reload signIn />}>
          {t(`desk.${words}`)}
        </Banner>
      );
    }
    return (
      <Banner grave action={<Reload signIn={closeCode === closeCodes.memberGone} />}>
        {t(
          gone(status)
            ? 'desk.removedUnsaved'
            : closeCode === closeCodes.otherEpoch
              ? 'desk.otherEpoch'
              : closeCode === closeCodes.otherVersion
                ? 'desk.otherVersion'
                : 'desk.refused',
        )}
      </Banner>
    );
  }
  if (status.access === 'outdated') {
    return (
      <Banner grave action={<Reload />}>
        {t('desk.otherVersion')}
      </Banner>
    );
  }
  if (status.saved === 'kept') return <Banner>{t('desk.kept')}</Banner>;
  if (status.saved === 'offline') return <Banner grave>{t('desk.offline')}</Banner>;
  const { stage, may } = article;
  if (may.write || may.suggest) return null;
  if (stage === 'held' || stage === 'signed' || stage === 'spiked')
    return <Banner>{review(`banner.${stage}`)}</Banner>;
  if (stage === 'draft') return <Banner>{t('desk.readOnly')}</Banner>;
  return <Banner>{review('banner.reviewRead', { stage: review(`stage.${stage}`) })}</Banner>;
}

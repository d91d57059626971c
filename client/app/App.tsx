/** The desks and their addresses; who is signed in decides which of them there are. */
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { matchPath, Navigate, Route, Routes, useLocation } from 'react-router';
import type { Me } from '../../shared/api.ts';
import { ApiError } from '../api.ts';
import { useMe } from '../live/answers.ts';
import { listen } from '../live/events.ts';
import { ownerOf } from '../live/owner.ts';
import { Skeleton } from '../ui/States.tsx';
import { Breakage } from './Breakage.tsx';
import type { Asked } from './entering.ts';
import { Frame } from './Frame.tsx';
import { InvitationDesk } from './InvitationDesk.tsx';
import { Leftovers } from './Leftovers.tsx';
import { Palette } from './Palette.tsx';
import { Refused } from './Refused.tsx';
import { SettingsDesk } from './SettingsDesk.tsx';
import { SignInDesk } from './SignInDesk.tsx';
import { StoriesDesk } from './StoriesDesk.tsx';
import { isLeaving, useSignedOutElsewhere } from './signOut.ts';

const ArticleDesk = lazy(() => import('./ArticleDesk.tsx').then((m) => ({ default: m.ArticleDesk })));
const VersionsDesk = lazy(() => import('./VersionsDesk.tsx').then((m) => ({ default: m.VersionsDesk })));
const PageDesk = lazy(() => import('./PageDesk.tsx').then((m) => ({ default: m.PageDesk })));
const PagesDesk = lazy(() => import('./PagesDesk.tsx').then((m) => ({ default: m.PagesDesk })));
const QueueDesk = lazy(() => import('./QueueDesk.tsx').then((m) => ({ default: m.QueueDesk })));
const MembersDesk = lazy(() => import('./MembersDesk.tsx').then((m) => ({ default: m.MembersDesk })));

export function App() {
  useSignedOutElsewhere();
  return (
    <Routes>
      <Route path="/sign-in" element={<SignInDesk />} />
      <Route path="/invitation" element={<InvitationDesk />} />
      <Route path="*" element={<Newsroom />} />
    </Routes>
  );
}

function Newsroom() {
  const me = useMe();
  if (me.data) return <SignedIn me={me.data} />;
  if (me.error instanceof ApiError && me.error.code === 'signInNeeded') return <SignedOut />;
  return (
    <main className="app-lone">
      {me.error ? (
        <Refused error={me.error} onRetry={() => void me.refetch()} home={false} inside />
      ) : (
        <Skeleton />
      )}
    </main>
  );
}

/** To the sign-in page, which leads back here; not after a sign-out in this tab: who comes in next may be another. */
function SignedOut() {
  const { pathname, search, hash } = useLocation();
  const asked: Asked = isLeaving() ? {} : { from: pathname + search + hash };
  return <Navigate to="/sign-in" replace state={asked} />;
}

/** Whether it is settled whose stories this device keeps: no desk opens one before. */
function useKeeping({ id, epoch }: Me): boolean {
  const [kept, setKept] = useState('');
  useEffect(() => {
    let gone = false;
    void import('../live/keeping.ts')
      .then(({ startKeeping }) => startKeeping(ownerOf({ id, epoch })))
      .then(() => gone || setKept(id + epoch));
    return () => {
      gone = true;
    };
  }, [id, epoch]);
  return kept === id + epoch;
}

function SignedIn({ me }: { me: Me }) {
  const queries = useQueryClient();
  const { pathname } = useLocation();
  const [ended, setEnded] = useState(false);
  const end = useCallback(
    async (why?: 'ended' | 'removed') => {
      setEnded(true);
      if (why === 'removed') await (await import('../live/keeping.ts')).stopKeeping(me.id);
    },
    [me.id],
  );
  const keeping = useKeeping(me);
  useEffect(() => listen(queries, (why) => void end(why)), [queries, end]);
  // A session that ended shows at the next thing asked for, too.
  useEffect(
    () =>
      queries.getQueryCache().subscribe(({ type, query }) => {
        const { error } = query.state;
        if (type === 'updated' && error instanceof ApiError && error.code === 'signInNeeded') void end();
      }),
    [queries, end],
  );
  // The article desk stays, so that words not yet saved can be copied from it; it says itself what happened.
  if (ended && !matchPath('/articles/:id', pathname)) return <SignedOut />;
  return (
    <Frame me={me} ended={ended}>
      <Leftovers me={me} />
      <Breakage resetOn={pathname}>
        <Suspense fallback={<Skeleton />}>
          {keeping && (
            <Routes>
              <Route path="/" element={<StoriesDesk me={me} />} />
              <Route path="/articles/:id" element={<ArticleDesk me={me} />} />
              <Route path="/articles/:id/versions" element={<VersionsDesk />} />
              <Route path="/desk" element={<QueueDesk me={me} />} />
              <Route path="/pages" element={<PagesDesk me={me} />} />
              <Route path="/pages/:id" element={<PageDesk me={me} />} />
              <Route path="/members" element={<MembersDesk me={me} />} />
              <Route path="/settings" element={<SettingsDesk me={me} />} />
              <Route path="*" element={<Refused error={new ApiError('notFound')} />} />
            </Routes>
          )}
        </Suspense>
      </Breakage>
      {!ended && <Palette me={me} />}
    </Frame>
  );
}

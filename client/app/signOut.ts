/** Ends the session and forgets everything that was kept of it, on this device and in this browser's other tabs too;
 * asks first when words would be lost (SignOutDialog.tsx). */
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { useNavigate } from 'react-router';
import { api, type Me } from '../../shared/api.ts';
import { call, keys } from '../api.ts';
import { useComplaint, useMe } from '../live/answers.ts';
import { ownerOf } from '../live/owner.ts';
import { hearSignedOut, type OnlyHere, tellSignedOut } from '../live/tabs.ts';
import { failToast } from '../ui/toast.tsx';

/** Where a sign-out stands: what is on its way is waited for, or what would be lost is asked about. */
export interface SigningOut {
  step: 'settling' | 'asking' | 'leaving';
  /** What would be lost. */
  words: readonly OnlyHere[];
}

let signingOut: SigningOut | null = null;
const listeners = new Set<() => void>();

function become(next: SigningOut | null) {
  signingOut = next;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useSigningOut = (): SigningOut | null => useSyncExternalStore(subscribe, () => signingOut);

/** Whether this tab's member is signing out by their own hand. */
export const isLeaving = (): boolean => signingOut?.step === 'leaving';

export const stay = (): void => become(null);

/** Signs out, or asks first. */
export function useSignOut(): () => Promise<void> {
  const leave = useLeave();
  const complain = useComplaint();
  const { data: me } = useMe();
  return async () => {
    if (!me || signingOut) return;
    const settling: SigningOut = { step: 'settling', words: [] };
    become(settling);
    try {
      const { onlyHere } = await import('../live/keeping.ts');
      const words = await onlyHere(ownerOf(me));
      // Whoever chose to stay meanwhile stays.
      if (signingOut !== settling) return;
      if (words.length > 0) become({ step: 'asking', words });
      else await leave(me);
    } catch (error) {
      become(null);
      failToast(complain(error));
    }
  };
}

/** Signs out whatever is lost by it. */
export function useLeave(): (me: Me) => Promise<void> {
  const forget = useForgetting();
  const navigate = useNavigate();
  const complain = useComplaint();
  return async (me) => {
    become({ step: 'leaving', words: signingOut?.words ?? [] });
    try {
      await call(api.signOut, {});
    } catch (error) {
      failToast(complain(error));
      return become(null);
    }
    tellSignedOut(me.id);
    const { stopKeeping } = await import('../live/keeping.ts');
    await stopKeeping(me.id);
    become(null);
    // The events' socket may have led there already; somebody may be typing.
    navigate('/sign-in', { replace: true });
    await forget();
  };
}

/** Forgets every answer that was given to the member. */
function useForgetting() {
  const queries = useQueryClient();
  return useCallback(async () => {
    queries.removeQueries({ predicate: (query) => query.queryKey[0] !== keys.me[0] });
    await queries.resetQueries({ queryKey: keys.me });
  }, [queries]);
}

/** Leads to the sign-in page, and clears what this tab shows and holds, when the member signed out in another. */
export function useSignedOutElsewhere(): void {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const forget = useForgetting();
  const leave = useCallback(
    async (member: string) => {
      if (queries.getQueryData<Me>(keys.me)?.id !== member) return;
      become(null);
      navigate('/sign-in', { replace: true });
      const { leaveKeeping } = await import('../live/keeping.ts');
      await leaveKeeping();
      await forget();
    },
    [queries, navigate, forget],
  );
  useEffect(() => hearSignedOut((member) => void leave(member)), [leave]);
}

/** Ends the session and forgets everything that was kept of it, on this device too; asks first when words
 * would be lost. */
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api, type Me } from '../../shared/api.ts';
import { call, keys } from '../api.ts';
import { useComplaint, useMe } from '../live/answers.ts';
import { ownerOf } from '../live/owner.ts';
import { failToast, toast } from '../ui/toast.tsx';

export function useSignOut(): () => Promise<void> {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const complain = useComplaint();
  const { t } = useTranslation('app');
  const { data: me } = useMe();

  async function leave(member: Me) {
    try {
      await call(api.signOut, {});
    } catch (error) {
      failToast(complain(error));
      return;
    }
    const { stopKeeping } = await import('../live/keeping.ts');
    await stopKeeping(member.id);
    // The events' socket may have led there already; somebody may be typing.
    navigate('/sign-in', { replace: true });
    queries.removeQueries({ predicate: (query) => query.queryKey[0] !== keys.me[0] });
    await queries.resetQueries({ queryKey: keys.me });
  }

  return async () => {
    if (!me) return;
    const { onlyHere } = await import('../live/keeping.ts');
    const count = await onlyHere(ownerOf(me));
    if (count === 0) return leave(me);
    toast(t('leftovers.losesBySignOut', { count }), {
      label: t('leftovers.signOutAnyway'),
      run: () => void leave(me),
    });
  };
}

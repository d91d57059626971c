/** Ends the session and forgets everything that was kept of it. */
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { api } from '../../shared/api.ts';
import { call, keys } from '../api.ts';
import { useComplaint } from '../live/answers.ts';
import { failToast } from '../ui/toast.tsx';

export function useSignOut(): () => Promise<void> {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const complain = useComplaint();
  return async () => {
    try {
      await call(api.signOut, {});
    } catch (error) {
      failToast(complain(error));
      return;
    }
    const { endRooms } = await import('../live/room.ts');
    endRooms();
    navigate('/');
    queries.removeQueries({ predicate: (query) => query.queryKey[0] !== keys.me[0] });
    await queries.resetQueries({ queryKey: keys.me });
  };
}

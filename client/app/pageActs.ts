/** Acts on editions and pages: the lists are asked for again when one is done, and a refusal is told. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keys } from '../api.ts';
import { useComplaint } from '../live/answers.ts';
import { failToast } from '../ui/toast.tsx';

export function usePageAct<V, T>(act: (input: V) => Promise<T>) {
  const queries = useQueryClient();
  const complain = useComplaint();
  return useMutation({
    mutationFn: act,
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.pages }),
    onError: (error) => failToast(complain(error)),
  });
}

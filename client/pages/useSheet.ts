/** A page's own settings, changed at once here and then on the server. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../shared/api.ts';
import type { Page, SheetSettings } from '../../shared/pages/page.ts';
import { call, keys } from '../api.ts';
import { useComplaint } from '../live/answers.ts';
import { failToast } from '../ui/toast.tsx';

export function useSheetChange(id: string): (change: Partial<SheetSettings>) => void {
  const queries = useQueryClient();
  const complain = useComplaint();
  const { mutate } = useMutation({
    mutationFn: (change: Partial<SheetSettings>) => call(api.changePage, { params: { id }, body: change }),
    onMutate: async (change) => {
      await queries.cancelQueries({ queryKey: keys.page(id) });
      queries.setQueryData<Page>(keys.page(id), (page) => page && { ...page, ...change });
    },
    onSuccess: (page) => {
      queries.setQueryData(keys.page(id), page);
      void queries.invalidateQueries({ queryKey: keys.pages });
    },
    onError: (error) => {
      void queries.invalidateQueries({ queryKey: keys.page(id) });
      failToast(complain(error));
    },
  });
  return mutate;
}

/** Open invitations: asked for, made, taken back. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../shared/api.ts';
import { ApiError, call, type Input, keys, type Output } from '../api.ts';
import { useComplaint } from '../live/answers.ts';
import { failToast, toast } from '../ui/toast.tsx';

export type Invitation = Output<typeof api.invitations>[number];

export const useInvitations = () =>
  useQuery({ queryKey: keys.invitations, queryFn: ({ signal }) => call(api.invitations, { signal }) });

/** Its answer holds the link, which nothing else will ever show. */
export function useInviting() {
  const { t } = useTranslation('people');
  const queries = useQueryClient();
  const complain = useComplaint();
  return useMutation({
    mutationFn: (body: Input<typeof api.addInvitation>['body']) => call(api.addInvitation, { body }),
    onSuccess: () => void queries.invalidateQueries({ queryKey: keys.invitations }),
    onError: (error) =>
      failToast(
        error instanceof ApiError && error.code === 'tooMany' ? t('invite.tooMany') : complain(error),
      ),
  });
}

export function useRevoking() {
  const { t } = useTranslation('people');
  const queries = useQueryClient();
  const complain = useComplaint();
  return useMutation({
    mutationFn: ({ id }: Invitation) => call(api.removeInvitation, { params: { id } }),
    onSuccess: (_, { id, name }) => {
      queries.setQueryData<Invitation[]>(keys.invitations, (list) => list?.filter((one) => one.id !== id));
      toast(t('invite.revoked', { name }));
    },
    onError: (error) => {
      void queries.invalidateQueries({ queryKey: keys.invitations });
      failToast(complain(error));
    },
  });
}

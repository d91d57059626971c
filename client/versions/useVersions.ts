/** Versions of a story: asked for, kept, compared, brought back. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../shared/api.ts';
import { call, keys, type Output } from '../api.ts';
import { useComplaint } from '../live/answers.ts';
import { failToast, toast } from '../ui/toast.tsx';

export type Versions = Output<typeof api.versions>;

/** Milliseconds after which the words as they stand are asked for again; a version that is kept tells so itself. */
const nowAgain = 20_000;

export const useVersions = (id: string) =>
  useQuery({
    queryKey: keys.versions(id),
    queryFn: ({ signal }) => call(api.versions, { params: { id }, signal }),
    refetchOnMount: 'always',
    refetchInterval: nowAgain,
  });

/** From one version to another or the story as it stands; `from` null asks for who wrote each word of the latter. */
export function useComparison(id: string, from: string | null, to: string) {
  return useQuery({
    queryKey: [...keys.versions(id), from, to],
    queryFn: ({ signal }) =>
      from === null
        ? call(api.authors, { params: { id }, signal })
        : call(api.compareVersions, { params: { id, version: from }, query: { with: to }, signal }),
    // Two versions never read otherwise; the words now do.
    staleTime: from !== null && to !== 'now' ? Number.POSITIVE_INFINITY : 0,
    refetchInterval: to === 'now' && nowAgain,
    placeholderData: keepPreviousData,
  });
}

function useChanging<V, R>(id: string, change: (input: V) => Promise<R>) {
  const queries = useQueryClient();
  const complain = useComplaint();
  return useMutation({
    mutationFn: change,
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.versions(id) }),
    onError: (error) => failToast(complain(error)),
  });
}

/** Names the story as it stands, or a version that is there. */
export function useNaming(id: string) {
  const { t } = useTranslation('versions');
  const naming = useChanging(id, ({ version, name }: { version: string | null; name: string }) =>
    version === null
      ? call(api.addVersion, { params: { id }, body: { name } })
      : call(api.renameVersion, { params: { id, version }, body: { name } }),
  );
  return {
    ...naming,
    mutate: (input: { version: string | null; name: string }, done: () => void) =>
      naming.mutate(input, {
        onSuccess: ({ name }) => {
          toast(t('kept', { name }));
          done();
        },
      }),
  };
}

/** Brings a version back; the toast takes that back. */
export function useRestoring(id: string) {
  const { t } = useTranslation('versions');
  const restoring = useChanging(id, (version: string) =>
    call(api.restoreVersion, { params: { id, version } }),
  );
  return {
    ...restoring,
    mutate: (version: string, done: () => void) =>
      restoring.mutate(version, {
        onSuccess: ({ characters, before }) => {
          toast(t('restored', { count: characters }), {
            label: t('undo'),
            run: () => restoring.mutate(before),
          });
          done();
        },
      }),
  };
}

/** Looks for the place in the log before much went at once; `onFound` is told which version it became. */
export function useFinding(id: string, onFound: (version: string) => void) {
  const { t } = useTranslation('versions');
  const finding = useChanging(id, () => call(api.findLost, { params: { id } }));
  return {
    isPending: finding.isPending,
    mutate: () =>
      finding.mutate(undefined, {
        onSuccess: ({ version }) => {
          if (!version) return toast(t('foundNone'));
          toast(t('found', { count: version.characters }));
          onFound(version.id);
        },
      }),
  };
}

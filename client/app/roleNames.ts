/** What this paper calls its duties, put over the usual names wherever a duty is said. */
import { useQuery } from '@tanstack/react-query';
import i18next from 'i18next';
import { useEffect } from 'react';
import { api } from '../../shared/api.ts';
import { call, keys } from '../api.ts';
import { usualRoles } from '../people/usualRoles.ts';

export function useRoleNames(): void {
  const { data } = useQuery({
    queryKey: keys.reviewSettings,
    queryFn: ({ signal }) => call(api.reviewSettings, { signal }),
  });
  const names = data?.roleNames;
  useEffect(() => {
    if (!names) return;
    for (const [language, role] of Object.entries(usualRoles))
      i18next.addResourceBundle(language, 'people', { role: { ...role, ...names } }, true, true);
  }, [names]);
}

/** What the sign-in page offers at this address. */
import { useQuery } from '@tanstack/react-query';
import { api } from '../../shared/api.ts';
import { call, keys } from '../api.ts';

export const useSignInWays = () =>
  useQuery({ queryKey: keys.signInWays, queryFn: ({ signal }) => call(api.signInWays, { signal }) });

/** One's own account: what one can come in by, and where one is in. */
import { useQuery } from '@tanstack/react-query';
import { api } from '../../shared/api.ts';
import { call, keys, type Output } from '../api.ts';

export type Account = Output<typeof api.account>;

export const useAccount = () =>
  useQuery({ queryKey: keys.account, queryFn: ({ signal }) => call(api.account, { signal }) });

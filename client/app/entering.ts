/** On the way in: where somebody wanted to go, and the secrets that travel behind `#`. */
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';

/** What App.tsx hands to the sign-in page. */
export interface Asked {
  from?: string;
}

/** The page that somebody wanted to see. */
export function useAsked(): string {
  const { from = '/' } = (useLocation().state ?? {}) as Asked;
  return from;
}

/** Goes where somebody wanted to go; whatever was known of whoever was here before is forgotten. */
export function useGoIn(): () => void {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const from = useAsked();
  return useCallback(() => {
    queries.removeQueries({ type: 'inactive' });
    navigate(from, { replace: true });
  }, [queries, navigate, from]);
}

/** What stood behind `#`, '' when nothing did. Servers and proxies never see it; it leaves the address bar, and
 * so the history, at once. A second link opened in the same tab changes nothing but that part. */
export function useFragment(): string {
  const { hash, pathname, state } = useLocation();
  const navigate = useNavigate();
  const [taken, setTaken] = useState(hash.slice(1));
  useEffect(() => {
    if (hash === '') return;
    setTaken(hash.slice(1));
    navigate(pathname, { replace: true, state });
  }, [hash, pathname, state, navigate]);
  return taken;
}

/** Tells the parts of a desk what is suggested in its story, so that a key draws them anew and not the desk. */
import { type ReactNode, useEffect, useRef } from 'react';
import type { ArticleRoom } from '../live/room.ts';
import { type SuggestionStore, SuggestionsContext, useFollowed } from './useSuggestions.ts';

export function SuggestionsProvider(props: { room: ArticleRoom; me: string; children: ReactNode }) {
  const suggestions = useFollowed(props.room, props.me);
  const store = useRef<SuggestionStore>(null);
  store.current ??= { now: suggestions, listeners: new Set() };
  const opened = store.current;
  useEffect(() => {
    opened.now = suggestions;
    for (const listener of opened.listeners) listener(suggestions);
  }, [opened, suggestions]);
  return <SuggestionsContext value={opened}>{props.children}</SuggestionsContext>;
}

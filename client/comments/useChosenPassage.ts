/** Tells which passages a reader goes to in the text. */
import { useEffect, useRef } from 'react';
import { draftPassage } from './extension.ts';
import { passageIn } from './useBeside.ts';

/** Tells which threads' passages were clicked, or entered with the caret; the shortest first. */
export function useChosenPassage(editor: HTMLElement | null, onChosen: (threads: string[]) => void): void {
  const latest = useRef(onChosen);
  latest.current = onChosen;
  useEffect(() => {
    if (!editor) return;
    const choose = (node: globalThis.Node | null) => {
      const found: string[] = [];
      let at = node instanceof Element ? node : (node?.parentElement ?? null);
      for (; at && at !== editor; at = at.parentElement) {
        const ids = at.getAttribute('data-thread')?.split(' ') ?? [];
        found.push(...ids.filter((id) => id !== draftPassage));
      }
      const length = (id: string) => passageIn(editor, id)?.textContent?.length ?? 0;
      if (found.length > 0) latest.current(found.sort((a, b) => length(a) - length(b)));
    };
    const clicked = (event: MouseEvent) => choose(event.target instanceof Element ? event.target : null);
    const moved = (event: KeyboardEvent) => {
      const selection = document.getSelection();
      if (/^(Arrow|Home|End|Page)/.test(event.key) && selection?.isCollapsed) choose(selection.anchorNode);
    };
    editor.addEventListener('click', clicked);
    editor.addEventListener('keyup', moved);
    return () => {
      editor.removeEventListener('click', clicked);
      editor.removeEventListener('keyup', moved);
    };
  }, [editor]);
}

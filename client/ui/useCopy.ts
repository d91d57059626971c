/** Puts words on the clipboard, also where plain http has none. */
import { useState } from 'react';

type Copied = 'no' | 'yes' | 'refused';

/** `select` selects the words where they stand, for the older command that copies a selection. Gives whether
 * it was done. */
export function useCopy(): { copied: Copied; copy: (text: string, select?: () => void) => Promise<boolean> } {
  const [copied, setCopied] = useState<Copied>('no');
  const copy = async (text: string, select?: () => void) => {
    select?.();
    try {
      await navigator.clipboard.writeText(text);
      setCopied('yes');
      return true;
    } catch {
      const done = copySelection(text, select !== undefined);
      setCopied(done ? 'yes' : 'refused');
      return done;
    }
  };
  return { copied, copy };
}

function copySelection(text: string, isSelected: boolean): boolean {
  if (isSelected) return document.execCommand('copy');
  const give = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
  };
  document.addEventListener('copy', give, { once: true });
  const done = document.execCommand('copy');
  document.removeEventListener('copy', give);
  return done;
}

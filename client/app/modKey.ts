/** The name of the key that commands are given with: ⌘ on Apple's machines, Ctrl elsewhere. */
import { useOs } from '@mantine/hooks';

export function useModKey(): string {
  const system = useOs();
  return system === 'macos' || system === 'ios' ? '⌘' : 'Ctrl';
}

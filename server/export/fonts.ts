/** The font files that are measured and embedded: the very same for both, so that what is measured prints. */
import { createRequire } from 'node:module';
import type { Face } from '../../shared/layout/drawing.ts';

const require = createRequire(import.meta.url);

const files: Record<Face, string> = {
  song: '@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf',
  songBold: '@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf',
  songBlack: '@expo-google-fonts/noto-serif-sc/900Black/NotoSerifSC_900Black.ttf',
  hei: '@expo-google-fonts/noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf',
  heiBold: '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
  // The package calls its regular weight 500; the file's own name table says LXGW WenKai Regular.
  kai: '@fontsource/lxgw-wenkai/files/lxgw-wenkai-latin-500-normal.woff',
};

/** Absolute path of a face's whole font. */
export function fontFile(face: Face): string {
  return require.resolve(files[face]);
}

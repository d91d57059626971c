/** The manuscript's faces, in slices that the browser fetches as it meets their characters. */
import '@fontsource/noto-serif-sc/400.css';
import '@fontsource/noto-serif-sc/700.css';
import '@fontsource/noto-serif-sc/900.css';
import 'lxgw-wenkai-webfont/lxgwwenkai-regular.css';

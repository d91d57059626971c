/** The printed faces for the preview, in slices: the same fonts that are measured and embedded. */
import '@fontsource/noto-serif-sc/400.css';
import '@fontsource/noto-serif-sc/700.css';
import '@fontsource/noto-serif-sc/900.css';
import '@fontsource/noto-sans-sc/500.css';
import '@fontsource/noto-sans-sc/700.css';
import 'lxgw-wenkai-webfont/lxgwwenkai-regular.css';

/** Starts the client: languages, look, kept answers, and the app. */
import './strictScripts.ts';
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import '@mantine/spotlight/styles.layer.css';
import './ui/fonts.ts';
import './ui/tokens.css';
import './ui/ui.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { must } from '../shared/base/must.ts';
import { ApiError } from './api.ts';
import { App } from './app/App.tsx';
import { Breakage } from './app/Breakage.tsx';
import { startLanguages } from './app/i18n.ts';
import { cssVariablesResolver, theme } from './ui/theme.ts';

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
// Read by get-nonce, through which the component library's scroll lock makes its style element.
Object.assign(globalThis, { __webpack_nonce__: nonce });

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // A refusal stays one; only an unreachable server is worth asking again.
      retry: (failures, error) => error instanceof ApiError && error.code === 'offline' && failures < 2,
      refetchOnWindowFocus: false,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

// Plain http but to this machine has none.
if (import.meta.env.PROD) void navigator.serviceWorker?.register('/sw.js').catch(() => undefined);

await startLanguages();

createRoot(must(document.getElementById('root'), '#root')).render(
  <MantineProvider
    theme={theme}
    cssVariablesResolver={cssVariablesResolver}
    defaultColorScheme="auto"
    getStyleNonce={() => nonce}
  >
    <QueryClientProvider client={queries}>
      <Notifications position="bottom-center" limit={3} containerWidth={420} />
      <Breakage>
        <BrowserRouter>
          <App />
        </BrowserRouter>
      </Breakage>
    </QueryClientProvider>
  </MantineProvider>,
);

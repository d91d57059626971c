/** Vite bundles the client into dist/client; in development it hands the server's addresses on to it. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const server = 'http://localhost:3000';

/** The font packages name a second, larger file for browsers that know no woff2; those cannot run this anyway. */
const woff2Only: Plugin = {
  name: 'woff2-only',
  enforce: 'pre',
  transform(code, id) {
    if (!/@fontsource\/.*\.css$/.test(id)) return null;
    return code.replace(/, url\([^)]*\.woff\) format\('woff'\)/g, '');
  },
};

/** Tells the service worker what was built. Fonts, several hundred slices, are kept when they are used. */
const tellServiceWorker: Plugin = {
  name: 'tell-service-worker',
  generateBundle: {
    // After the chunks that turn out to hold nothing were dropped.
    order: 'post',
    handler(_options, bundle) {
      const worker = bundle['sw.js'];
      if (worker?.type !== 'chunk') return;
      const files = Object.keys(bundle)
        .filter((file) => /\.(js|css)$/.test(file) && file !== 'sw.js')
        .map((file) => `/${file}`)
        .sort();
      const name = createHash('sha256').update(files.join()).digest('hex').slice(0, 12);
      worker.code = `const builtFiles = ${JSON.stringify(files)};\nconst buildName = '${name}';\n${worker.code}`;
    },
  },
};

const client = path.join(import.meta.dirname, 'client');

export default defineConfig({
  root: 'client',
  plugins: [woff2Only, react(), tellServiceWorker],
  // Two copies of yjs do not recognise each other's types.
  resolve: { dedupe: ['yjs', 'lib0', 'y-protocols', 'react', 'react-dom', '@tiptap/pm'] },
  worker: { format: 'es' },
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    target: 'es2023',
    // The content security policy takes fonts and pictures from files only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      input: { main: path.join(client, 'index.html'), sw: path.join(client, 'sw.ts') },
      output: {
        // Its address is its identity: it must not change with its content.
        entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
        // A shared chunk with schemas runs before the entry does: what tells zod of the policy stands with zod
        // itself.
        advancedChunks: { groups: [{ name: 'zod', test: /node_modules\/zod\/|client\/strictScripts\.ts/ }] },
      },
    },
  },
  server: {
    proxy: {
      '/api': server,
      '/healthz': server,
      '/sign-in/directory': server,
      '/sync': { target: server, ws: true },
      '/live': { target: server, ws: true },
    },
  },
});

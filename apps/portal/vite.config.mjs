import { fileURLToPath } from 'node:url';
import { defaultClientConditions, defineConfig } from 'vite';
import { earlyHints } from './early-hints.mjs';

/** The gateway puts a fresh nonce in the place of this word in every answer: apps/gateway/src/portal. */
const NONCE = '__NONCE__';

/** Stays a file of its own: the manifest names it, and what it needs is preloaded. */
const isEntry = (id) => /\/(?:main\.tsx|index\.html)$/.test(id);

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/portal/',
  html: { cspNonce: NONCE },
  // Workspaces are bundled from their sources, so no page ever holds a stale build of one.
  resolve: { conditions: ['@hetao/source', ...defaultClientConditions] },
  plugins: [earlyHints()],
  oxc: { jsx: { runtime: 'automatic' } },
  build: {
    target: 'es2023',
    // Inlined assets would be data: addresses, which the policy allows for images alone.
    assetsInlineLimit: 0,
    manifest: true,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    reportCompressedSize: false,
    rolldownOptions: {
      treeshake: {
        // Our libraries do nothing when they are read: what no page uses of them is not sent. The same holds for the
        // credentials' library, which does not say so itself.
        moduleSideEffects: [{ test: /\/libs\/|\/node_modules\/@sd-jwt\//, sideEffects: false }],
      },
      // What every page needs is one file beside its entry: fifty small ones cost more in questions than in bytes.
      output: { codeSplitting: { groups: [{ name: 'frame', tags: ['$initial'], test: (id) => !isEntry(id) }] } },
      // antd marks its files for React's server components, of which we have none.
      onLog: (level, log, tell) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && tell(level, log),
    },
  },
  server: { proxy: { '/v1': 'http://localhost:8080', '/assets': 'http://localhost:8080' } },
});

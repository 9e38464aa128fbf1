import { readFileSync } from 'node:fs';
import { TIERS } from './tools/test-tiers.mjs';

// SWC in ESM mode; workspaces are resolved to their sources through the `@hetao/source` condition,
// so no test ever runs against a stale build.
const swc = JSON.parse(readFileSync(new URL('./.swcrc', import.meta.url), 'utf8'));
const names = process.env.HETAO_TIER?.split(',') ?? [];
const wanted = TIERS.filter((tier) => names.includes(tier.name));
const PLUGIN_NAMES = 'fastify/lib/plugin-utils\\.js$';

/** @type {import('jest').Config} */
export default {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@hetao/source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  // The map lies beside the code and not in it: what V8 compiles for every spec file is a third as long.
  transform: {
    '^.+\\.ts$': ['@swc/jest', { ...swc, swcrc: false, sourceMaps: true }],
    [PLUGIN_NAMES]: '<rootDir>/libs/testing/jest/without-require-cache.mjs',
  },
  transformIgnorePatterns: [`/node_modules/(?!${PLUGIN_NAMES})`],
  resolver: '<rootDir>/libs/testing/jest/resolver.mjs',
  // `npm test` runs tier by tier; `npm run jest -- <pattern>` sees every spec.
  testRegex: wanted.length > 0 ? wanted.map((tier) => tier.match) : '\\.spec\\.ts$',
  testSequencer: '<rootDir>/libs/testing/jest/longest-first.mjs',
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/.hetao/'],
  modulePathIgnorePatterns: ['/dist/', '/.hetao/'],
  watchPathIgnorePatterns: ['/dist/', '/.hetao/'],
  globalSetup: '<rootDir>/libs/testing/jest/global-setup.mjs',
  globalTeardown: '<rootDir>/libs/testing/jest/global-teardown.mjs',
  testTimeout: 30_000,
  maxWorkers: 2,
  workerIdleMemoryLimit: '1GB',
};

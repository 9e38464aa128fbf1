import { readFileSync } from 'node:fs';
import { TIERS } from './tools/test-tiers.mjs';

// SWC in ESM mode; workspaces are resolved to their sources through the `@hetao/source` condition,
// so no test ever runs against a stale build.
const swc = JSON.parse(readFileSync(new URL('./.swcrc', import.meta.url), 'utf8'));

/** @type {import('jest').Config} */
export default {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@hetao/source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { ...swc, swcrc: false, sourceMaps: 'inline' }] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': ['$1.js', '$1.ts'] },
  // `npm test` runs tier by tier; `npm run jest -- <pattern>` sees every spec.
  testRegex: TIERS.find((tier) => tier.name === process.env.HETAO_TIER)?.match ?? '\\.spec\\.ts$',
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/.hetao/'],
  modulePathIgnorePatterns: ['/dist/', '/.hetao/'],
  watchPathIgnorePatterns: ['/dist/', '/.hetao/'],
  globalSetup: '<rootDir>/libs/testing/jest/global-setup.mjs',
  globalTeardown: '<rootDir>/libs/testing/jest/global-teardown.mjs',
  testTimeout: 30_000,
  maxWorkers: 2,
  workerIdleMemoryLimit: '1GB',
};

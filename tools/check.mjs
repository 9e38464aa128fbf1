// `npm run check`: everything that can be said about the code without running it. Each step names itself,
// all are run, and the exit code is that of the worst.
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const STEPS = [
  [
    'lockfile',
    'node',
    ['tools/check-lockfile.mjs'],
    'pin a version that the registry holds for every platform, then npm install',
  ],
  ['format', 'npm', ['run', '-s', 'format:check'], 'npm run format'],
  ['types', 'npm', ['run', '-s', 'typecheck'], 'mend the types it names'],
  ['import rules', 'npm', ['run', '-s', 'boundaries'], 'see docs/architecture.md for which folder may import which'],
  ['lint', 'npm', ['run', '-s', 'lint'], 'mend what it names'],
  ['portal lint', 'npx', ['oxlint', '--config', 'apps/portal/.oxlintrc.json', 'apps/portal/src'], 'mend what it names'],
  ['build', 'npm', ['run', '-s', 'build'], 'mend the file it names'],
  ['portal size', 'node', ['tools/check-portal-size.mjs'], 'load what is not seen at first with import()'],
  ['event docs', 'npm', ['run', '-s', 'docs:events', '--', '--check'], 'npm run docs:events'],
  [
    'public API',
    'npm',
    ['run', '-s', 'docs:api', '--', '--check'],
    'npm run docs:api; what was released stays as it is',
  ],
  ['manifests', 'node', ['tools/check-manifests.mjs'], 'mend the manifest it names'],
];

const results = STEPS.map(([name, command, args, mend]) => {
  const startedAt = performance.now();
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(status === 0 ? `✓ ${name} (${seconds} s)` : `✗ ${name} (${seconds} s): ${mend}`);
  return status ?? 1;
});
process.exit(Math.max(...results));

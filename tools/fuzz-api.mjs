// `npm run fuzz:api [-- ROUNDS [SEED]]`: asks every operation of the public document as right and as wrong as one can, for
// longer than the tests do (default 10 rounds, about 8,000 requests, another seed each time; the seed is said first).
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const [rounds = '10', seed = String(Date.now() % 1_000_000_000)] = process.argv.slice(2);
if (![rounds, seed].every((word) => /^\d{1,9}$/.test(word))) {
  console.error('npm run fuzz:api -- ROUNDS SEED: two whole numbers.');
  process.exit(2);
}
console.log(`${rounds} rounds, seed ${seed}`);
const { status } = spawnSync(
  'npm',
  ['run', '-s', 'jest', '--', 'apps/platform/test/door', '-t', 'The public document'],
  {
    cwd: dirname(dirname(fileURLToPath(import.meta.url))),
    env: { ...process.env, HETAO_API_RUNS: rounds, HETAO_API_SEED: seed },
    stdio: 'inherit',
  },
);
process.exit(status ?? 1);

// `npm run simulate -- settlement --seeds N [--from SEED] [--database-seeds N]`: tells so many whole months to the rules
// of settlement and, one in a hundred, to PostgreSQL with a crash around every commit. The tests tell the first thousand.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const AREAS = { settlement: 'apps/settlement/test/simulation' };
const MAX_SEEDS = 1_000_000;

const USAGE = `npm run simulate -- ${Object.keys(AREAS).join(' | ')} [--seeds 10000] [--from 1] [--database-seeds 100]`;

/** @returns what it was called with; ends the process, with a word on how it is called, where that was wrong. */
function called() {
  try {
    const options = { seeds: { type: 'string' }, from: { type: 'string' }, 'database-seeds': { type: 'string' } };
    return parseArgs({ allowPositionals: true, options });
  } catch (error) {
    console.error(process.argv.includes('--help') ? USAGE : `${error.message}\n${USAGE}`);
    return process.exit(2);
  }
}
const { values, positionals } = called();

function count(name, usual) {
  const value = Number(values[name] ?? usual);
  if (Number.isInteger(value) && value >= 1 && value <= MAX_SEEDS) return value;
  console.error(`--${name} is a whole number from 1 to ${MAX_SEEDS}.`);
  process.exit(2);
}

const [area] = positionals;
if (!area || !Object.hasOwn(AREAS, area)) {
  console.error(`Name what to simulate: ${USAGE}`);
  process.exit(2);
}
const seeds = count('seeds', 10_000);
const jest = [
  '--experimental-vm-modules',
  '--no-warnings=ExperimentalWarning',
  join(root, 'node_modules/jest/bin/jest.js'),
  '--verbose',
  '--testPathPatterns',
  AREAS[area],
];
const child = spawn(process.execPath, jest, {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    SIMULATION_SEEDS: String(seeds),
    SIMULATION_FROM: String(count('from', 1)),
    SIMULATION_DATABASE_SEEDS: String(count('database-seeds', Math.max(1, Math.floor(seeds / 100)))),
  },
});
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});

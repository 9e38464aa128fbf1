// `npm test`: every tier, round by round with two files at a time so that two cores are never fought over, closing with
// one plain line of totals. `npm test -- <pattern>` runs the matching specs alone; `-- --tier unit,int` picks tiers.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build.mjs';
import { TIERS } from './test-tiers.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

function parseArguments(args) {
  const at = args.indexOf('--tier');
  const wanted = at >= 0 ? args[at + 1]?.split(',') : undefined;
  const unknown = wanted?.find((name) => !TIERS.some((tier) => tier.name.startsWith(name)));
  if (unknown)
    throw new Error(`there is no tier "${unknown}"; the tiers are ${TIERS.map((tier) => tier.name).join(', ')}`);
  const patterns = at >= 0 ? args.toSpliced(at, 2) : args;
  return {
    patterns,
    tiers: wanted ? TIERS.filter((tier) => wanted.some((name) => tier.name.startsWith(name))) : TIERS,
  };
}

const AT_ONCE = 2;
const NODE_FLAGS = [
  '--experimental-vm-modules',
  '--no-warnings=ExperimentalWarning',
  // V8 keeps what `new Function` made, and with it all that a finished spec file had loaded: 30 to 50 MB a file, which is
  // walked at every collection until the worker is full and makes way for one that begins cold.
  '--no-compilation-cache',
];

function run(names, patterns, report) {
  const args = [
    ...NODE_FLAGS,
    join(root, 'node_modules/jest/bin/jest.js'),
    '--passWithNoTests',
    '--json',
    '--outputFile',
    report,
    '--maxWorkers',
    String(AT_ONCE),
    ...patterns.flatMap((pattern) => ['--testPathPatterns', pattern]),
  ];
  return new Promise((resolve) => {
    // The JSON goes to the file; standard output would only repeat it.
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, HETAO_TIER: names.join(',') },
    });
    child.on('close', (code) => resolve(code ?? 1));
  });
}

const { patterns, tiers } = parseArguments(process.argv.slice(2));
await ensureBuilt();
const reports = await mkdtemp(join(tmpdir(), 'hetao-tests-'));
const totals = { passed: 0, failed: 0, skipped: 0 };
let worst = 0;
for (const round of new Set(tiers.map((tier) => tier.round))) {
  const names = tiers.filter((tier) => tier.round === round).map((tier) => tier.name);
  const startedAt = performance.now();
  const report = join(reports, `${names.join('-')}.json`);
  const code = await run(names, patterns, report);
  const result = await readFile(report, 'utf8').then(JSON.parse, () => undefined);
  worst = Math.max(worst, code);
  totals.passed += result?.numPassedTests ?? 0;
  // A suite that could not even be loaded counts as one failure: it must never vanish from the totals.
  totals.failed += result ? result.numFailedTests + result.numRuntimeErrorTestSuites : 1;
  totals.skipped += (result?.numPendingTests ?? 0) + (result?.numTodoTests ?? 0);
  console.log(
    `— ${names.join(', ')}: ${result?.numPassedTests ?? 0} passed in ${Math.round((performance.now() - startedAt) / 1000)} s`,
  );
}
await rm(reports, { recursive: true, force: true });
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exit(worst || (totals.failed > 0 ? 1 : 0));

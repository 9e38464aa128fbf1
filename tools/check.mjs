// `npm run check`: everything that can be said about the code without running it. Two steps run at a time, each one's
// output is kept whole and shown in the order below, all are run, and the exit code is that of the worst.
import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const AT_ONCE = 2;

const node = (...args) => [process.execPath, ...args];
const script = (...args) => ['npm', 'run', '-s', ...args];

/** `after` names the step whose output one reads; long steps come early, so that none is left to run alone at the end. */
const STEPS = [
  {
    name: 'lockfile',
    command: node('tools/check-lockfile.mjs'),
    mend: 'pin a version that the registry holds for every platform, then npm install',
  },
  { name: 'build', command: script('build'), mend: 'mend the file it names' },
  { name: 'lint', command: script('lint:text'), mend: 'mend what it names' },
  { name: 'typed lint', command: script('lint:types'), mend: 'mend what it names' },
  { name: 'format', command: script('format:check'), mend: 'npm run format' },
  {
    name: 'public API',
    command: script('docs:api', '--', '--check'),
    mend: 'npm run docs:api; what was released stays as it is',
    after: 'build',
  },
  { name: 'types', command: script('typecheck'), mend: 'mend the types it names' },
  {
    name: 'import rules',
    command: script('boundaries'),
    mend: 'see docs/architecture.md for which folder may import which',
  },
  { name: 'portal lint', command: script('lint:portal'), mend: 'mend what it names' },
  {
    name: 'portal size',
    command: node('tools/check-portal-size.mjs'),
    mend: 'load what is not seen at first with import()',
    after: 'build',
  },
  { name: 'event docs', command: script('docs:events', '--', '--check'), mend: 'npm run docs:events', after: 'build' },
  { name: 'manifests', command: node('tools/check-manifests.mjs'), mend: 'mend the manifest it names', after: 'build' },
];

/** Runs one step to its end and returns its exit code with everything it wrote. */
function run({ name, command: [file, ...args], mend }) {
  const startedAt = performance.now();
  const colour = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: root,
      env: { ...process.env, ...colour },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    const done = (code, complaint = '') => {
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      const verdict = code === 0 ? `✓ ${name} (${seconds} s)` : `✗ ${name} (${seconds} s): ${mend}`;
      resolve({ code: code ?? 1, text: `${Buffer.concat(chunks)}${complaint}${verdict}\n` });
    };
    child.once('error', (error) => done(1, `${error.message}\n`));
    child.once('close', (code) => done(code));
  });
}

const waiting = [...STEPS];
const running = new Map();
const finished = new Map();

function startWhatMayStart() {
  while (running.size < AT_ONCE) {
    const next = waiting.findIndex(({ after }) => after === undefined || finished.has(after));
    if (next < 0) return;
    const [step] = waiting.splice(next, 1);
    running.set(
      step.name,
      run(step).then((result) => ({ ...result, name: step.name })),
    );
  }
}

for (let shown = 0; shown < STEPS.length;) {
  startWhatMayStart();
  const result = await Promise.race(running.values());
  running.delete(result.name);
  finished.set(result.name, result);
  for (; finished.has(STEPS[shown]?.name); shown += 1) process.stdout.write(finished.get(STEPS[shown].name).text);
}
process.exitCode = Math.max(...[...finished.values()].map(({ code }) => code));

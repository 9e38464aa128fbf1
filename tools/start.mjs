// `npm start`: the whole exchange on one machine, with its own PostgreSQL and a demo world, behind one address.
// PORT, DATA_DIR and DATABASE_URL change where it lives; DEMO=0 starts it empty.
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build.mjs';
import { ensurePortalBuilt } from './build-portal.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const startedAt = performance.now();
const DEFAULT_PORT = 8080;
const PORTS_TO_TRY = 20;

function fail(what, mend) {
  console.error(`\n  The exchange did not start: ${what}\n  ${mend}\n`);
  process.exit(1);
}

const isFree = (port) =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });

/** A port the user named is his; the default one moves up when something else has it, and says so. */
async function choosePort() {
  const wanted = process.env.PORT;
  if (wanted !== undefined && !/^\d{1,5}$/.test(wanted))
    fail(`PORT is "${wanted}"`, 'Give a number between 1 and 65535: PORT=8081 npm start');
  const first = wanted === undefined ? DEFAULT_PORT : Number(wanted);
  if (await isFree(first)) return first;
  if (wanted !== undefined) fail(`port ${first} is taken`, 'Choose another: PORT=8081 npm start');
  for (let port = first + 1; port < first + PORTS_TO_TRY; port++) {
    if (await isFree(port)) {
      console.log(`  Port ${first} is taken, so the exchange is at ${port}.`);
      return port;
    }
  }
  return fail(`ports ${first} to ${first + PORTS_TO_TRY - 1} are all taken`, 'Choose a free one: PORT=9000 npm start');
}

/** The first accounts of a demonstration; DEMO=0 starts an exchange that knows nobody and prints its set-up link. */
function demoEnvironment() {
  if (process.env.DEMO === '0') return { DEMO: '0' };
  return {
    DEMO: '1',
    SEED_ACCOUNTS: process.env.SEED_ACCOUNTS ?? readFileSync(join(root, 'tools/demo/demo-accounts.json'), 'utf8'),
  };
}

function startPlatform(port, dataDir, logFile) {
  const telemetry =
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT || process.env.OTEL_TRACES_FILE
      ? ['--import', '@hetao/runtime/telemetry']
      : [];
  const child = spawn(process.execPath, [...telemetry, join(root, 'apps/platform/dist/main.js')], {
    cwd: root,
    env: { ...process.env, PORT: String(port), DATA_DIR: dataDir, ...demoEnvironment() },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const log = createWriteStream(logFile, { flags: 'w' });
  child.stdout.pipe(log);
  child.stderr.pipe(log);
  return child;
}

/** What a process that died without a word of its own leaves behind: its stack, and its version last. */
const TRAILER = /^(\s+(at|code:|url:|requireStack:) |Node\.js v|\s*[{}^]|\s*$)/;

/** The last plain sentence of the log says what went wrong; the log itself has the rest. */
function reasonIn(logFile) {
  const lines = readFileSync(logFile, 'utf8').trim().split('\n');
  for (const line of lines.reverse()) {
    try {
      const entry = JSON.parse(line);
      if (entry.level >= 50 || ['error', 'fatal'].includes(entry.level)) return entry.msg;
    } catch {
      if (!TRAILER.test(line)) return line.trim();
    }
  }
  return 'it ended without saying why';
}

const dataDir = process.env.DATA_DIR ?? join(root, '.hetao', 'demo');
mkdirSync(dataDir, { recursive: true });
const logFile = join(dataDir, 'exchange.log');
await Promise.all([ensureBuilt(), ensurePortalBuilt()]);
const port = await choosePort();
const platform = startPlatform(port, dataDir, logFile);

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    // A terminal sends Ctrl-C to the whole group; a second one is passed on and forces the end.
    if (!stopping) console.log('\n  Stopping: letting open requests and handlers finish …');
    stopping = true;
    platform.kill(signal);
  });
}
platform.on('exit', (code, signal) => {
  if (stopping) process.exit(0);
  fail(reasonIn(logFile), `The whole log is ${relative(process.cwd(), logFile)} (exit ${code ?? signal}).`);
});

// Whatever ends this script ends the exchange with it: nothing is left behind on the port.
process.on('exit', () => platform.kill('SIGTERM'));

await new Promise((resolve) => platform.once('message', resolve));
const { openDemo } = await import(join(root, '.hetao/dist/tools/demo/src/open-demo.js'));
await openDemo({ baseUrl: `http://localhost:${port}`, dataDir, logFile, startedAt, empty: process.env.DEMO === '0' });

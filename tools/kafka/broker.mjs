// One Kafka broker and controller in one Java process on loopback: formatted, started, proven, stopped.
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { installKafka, javaCommand } from './install.mjs';
import { proveBroker } from './wire.mjs';

const run = promisify(execFile);
const here = dirname(fileURLToPath(import.meta.url));

const HOST = '127.0.0.1';
const START_WITHIN_MS = 90_000;
const STOP_WITHIN_MS = 15_000;
const FORMAT_TIMEOUT_MS = 60_000;
const PROBE_EVERY_MS = 100;
const PORT_ATTEMPTS = 3;
const LOG_LINES_IN_ERROR = 15;

/** A port of loopback that nobody listens on. */
export async function freePort() {
  const server = createServer();
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, HOST, resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Settings of a broker that is started often, lives short and has nobody else: no second replica, no waiting. */
function serverProperties({ port, controllerPort, dataDir, settings, listeners }) {
  const further = Object.entries(listeners);
  const properties = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@${HOST}:${controllerPort}`,
    listeners: [
      `PLAINTEXT://${HOST}:${port}`,
      `CONTROLLER://${HOST}:${controllerPort}`,
      ...further.map(([name, listener]) => `${name}://${HOST}:${listener.port}`),
    ].join(),
    'advertised.listeners': [
      `PLAINTEXT://${HOST}:${port}`,
      ...further.map(([name, listener]) => `${name}://${HOST}:${listener.advertisedPort ?? listener.port}`),
    ].join(),
    'listener.security.protocol.map': [
      'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
      ...further.map(([name, { protocol }]) => `${name}:${protocol}`),
    ].join(),
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    'log.dirs': join(dataDir, 'log'),
    'auto.create.topics.enable': false,
    'group.initial.rebalance.delay.ms': 0,
    'group.min.session.timeout.ms': 1_000,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    // After a SIGKILL the controller waits this long before it lets the same broker register again.
    'broker.session.timeout.ms': 3_000,
    'broker.heartbeat.interval.ms': 500,
    // With one node there is nobody to hand leadership to.
    'controlled.shutdown.enable': false,
    // The default of 128 MB would take half of the small heap.
    'log.cleaner.dedupe.buffer.size': 8_388_608,
    ...settings,
  };
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

const exists = (path) =>
  access(path).then(
    () => true,
    () => false,
  );

async function format(libs, dataDir, config, users) {
  if (await exists(join(dataDir, 'log', 'meta.properties'))) return;
  const id = randomBytes(16);
  // base64 may begin with "-", which the command line would take for an option.
  id[0] &= 0x7f;
  const cluster = id.toString('base64url');
  const args = [
    '-Xmx128m',
    '-XX:+UseSerialGC',
    '-XX:TieredStopAtLevel=1',
    '-cp',
    join(libs, '*'),
    'kafka.tools.StorageTool',
  ];
  const known = Object.entries(users).flatMap(([name, password]) => [
    '--add-scram',
    `SCRAM-SHA-512=[name=${name},password=${password}]`,
  ]);
  await run(javaCommand(), [...args, 'format', '--cluster-id', cluster, '--config', config, ...known], {
    timeout: FORMAT_TIMEOUT_MS,
  });
}

/** Ends the broker when this process dies without having stopped it, whichever way it dies: then its pipe closes. */
function watchdog(pid, temporaryDir) {
  const script = `cat >/dev/null; kill -9 ${pid} 2>/dev/null; [ -z "$1" ] || rm -rf "$1"`;
  const guard = spawn('sh', ['-c', script, 'sh', temporaryDir ?? ''], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  guard.unref();
  guard.stdin.unref?.();
  guard.stdin.on('error', () => undefined);
  return () => guard.kill('SIGKILL');
}

/** A started, proven broker. Its data outlives `kill` and `restart`, and ends with `stop` when the folder is our own. */
class Broker {
  #place;
  #child;
  #unguard = () => undefined;

  constructor(place) {
    this.#place = place;
  }

  get brokers() {
    return [`${HOST}:${this.#place.port}`];
  }

  get pid() {
    return this.#child?.pid;
  }

  get logFile() {
    return join(this.#place.dataDir, 'broker.log');
  }

  async launch() {
    const { libs, dataDir, heapMb, shortLived, startWithinMs, users } = this.#place;
    const config = join(dataDir, 'server.properties');
    await writeFile(config, serverProperties(this.#place));
    await format(libs, dataDir, config, users);
    const log = await open(this.logFile, 'a');
    const flags = [`-Xmx${heapMb}m`, '-Xms128m', '-XX:+UseSerialGC', '-Djava.awt.headless=true'];
    // The second compiler pays for itself after minutes; a broker of one test is gone by then, and starts a third cheaper.
    if (shortLived) flags.push('-XX:TieredStopAtLevel=1');
    flags.push(`-Dlog4j2.configurationFile=${join(here, 'log4j2.properties')}`);
    try {
      const args = [...flags, '-cp', join(libs, '*'), 'kafka.Kafka', config];
      this.#child = spawn(javaCommand(), args, { stdio: ['ignore', log.fd, log.fd] });
      await new Promise((resolve, reject) => this.#child.once('spawn', resolve).once('error', reject));
    } finally {
      await log.close();
    }
    this.#unguard = watchdog(this.#child.pid, this.#place.temporary ? dataDir : undefined);
    await this.#proven(Date.now() + startWithinMs);
  }

  async #proven(deadline) {
    for (;;) {
      if (!this.#alive()) throw await this.#failure('ended while starting');
      try {
        return await proveBroker(HOST, this.#place.port);
      } catch (error) {
        if (Date.now() > deadline) throw await this.#failure(`could not be used: ${error.message}`);
      }
      await pause(PROBE_EVERY_MS);
    }
  }

  async #failure(what) {
    const log = await readFile(this.logFile, 'utf8').catch(() => '');
    await this.#end('SIGKILL');
    return new Error(`The Kafka broker ${what}\n${log.trim().split('\n').slice(-LOG_LINES_IN_ERROR).join('\n')}`);
  }

  #alive() {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async #end(signal) {
    if (this.#alive()) {
      const ended = new Promise((resolve) => this.#child.once('exit', resolve));
      this.#child.kill('SIGCONT');
      this.#child.kill(signal);
      const late = setTimeout(() => this.#child.kill('SIGKILL'), STOP_WITHIN_MS);
      await ended;
      clearTimeout(late);
    }
    this.#unguard();
  }

  /** Stops the broker in good order and removes its data when nobody named the folder. */
  async stop() {
    await this.#end(this.#place.temporary ? 'SIGKILL' : 'SIGTERM');
    if (this.#place.temporary) await rm(this.#place.dataDir, { recursive: true, force: true });
  }

  /** SIGKILL: the broker is gone between two instructions, its data stays. */
  async kill() {
    await this.#end('SIGKILL');
  }

  /** Starts again on the same ports with the same data, after a graceful stop if it still runs. */
  async restart() {
    await this.#end('SIGTERM');
    await this.launch();
  }

  /** Freezes the process: connections stay open and nothing answers. */
  pause() {
    this.#child.kill('SIGSTOP');
  }

  resume() {
    this.#child.kill('SIGCONT');
  }
}

/**
 * Starts a broker, fetching it first if need be, and returns when a record has been written and read back.
 *
 * @param {import('./kafka.mjs').KafkaOptions} [options]
 */
export async function startKafka(options = {}) {
  const libs = await installKafka();
  for (let attempt = 1; ; attempt += 1) {
    const temporary = options.dataDir === undefined;
    const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'hetao-kafka-')));
    await mkdir(dataDir, { recursive: true });
    const broker = new Broker({
      libs,
      dataDir,
      temporary,
      port: options.port ?? (await freePort()),
      controllerPort: await freePort(),
      heapMb: options.heapMb ?? 512,
      shortLived: options.shortLived ?? false,
      settings: options.settings ?? {},
      listeners: options.listeners ?? {},
      users: options.users ?? {},
      startWithinMs: options.startWithinMs ?? START_WITHIN_MS,
    });
    try {
      await broker.launch();
      return broker;
    } catch (error) {
      if (temporary) await rm(dataDir, { recursive: true, force: true });
      // Somebody took the free port between our look and the broker's bind.
      if (
        options.port !== undefined ||
        attempt >= PORT_ATTEMPTS ||
        !/BindException|Address already in use/.test(error.message)
      )
        throw error;
    }
  }
}

// A real Apache Kafka broker without Docker, for tests and for a desk: Java 17 and Maven are all it needs.
//
//   node tools/kafka/kafka.mjs install            fetch it (once)
//   node tools/kafka/kafka.mjs start [--port N]   run it here until Ctrl-C
//   node tools/kafka/kafka.mjs stop               stop the one that `start` runs
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { startKafka as startBroker } from './broker.mjs';
import { dockerAnswers, startKafkaContainer } from './container.mjs';
import { installKafka, kafkaVersion, stateDir, whyUnavailable as whyNoJava } from './install.mjs';

export { installKafka, kafkaVersion } from './install.mjs';

/** Starts a broker: as a Java process where there is Java, else in a container where Docker runs. */
export async function startKafka(options) {
  const whyNot = await whyNoJava();
  if (whyNot === undefined) return startBroker(options);
  if (options?.listeners) throw new Error(`A broker with further listeners runs without a container only. ${whyNot}`);
  return startKafkaContainer(options);
}

/** Why no broker can be started on this machine, in one sentence, or undefined when one can. */
export async function whyUnavailable() {
  const why = await whyNoJava();
  if (why === undefined || (await dockerAnswers())) return undefined;
  return `${why} No Docker engine answers either.`;
}

/** True when `startKafka` can work here: Java is new enough, and the jars are there or Maven can fetch them. */
export async function kafkaAvailable() {
  return (await whyUnavailable()) === undefined;
}

const runningFile = join(stateDir, 'running.json');
const STOP_WITHIN_MS = 30_000;

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The broker that `start` runs, unless the note is left over from a process that is gone. */
async function running() {
  const note = await readFile(runningFile, 'utf8').then(JSON.parse, () => undefined);
  if (!note || !isAlive(note.pid)) return undefined;
  // Process ids are used again: only one that still runs this very file is ours.
  const command = await readFile(`/proc/${note.pid}/cmdline`, 'utf8').catch(() => 'kafka.mjs');
  return command.includes('kafka.mjs') ? note : undefined;
}

async function start({ port }) {
  const other = await running();
  if (other) throw new Error(`A broker of this workspace runs already on ${other.brokers} (process ${other.pid}).`);
  const broker = await startKafka({ dataDir: join(stateDir, 'data'), ...(port ? { port: Number(port) } : {}) });
  await mkdir(stateDir, { recursive: true });
  await writeFile(runningFile, JSON.stringify({ pid: process.pid, brokers: broker.brokers.join(',') }));
  const ended = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, resolve);
  });
  console.log(
    `Apache Kafka ${await kafkaVersion()} is ready.\n\n  KAFKA_BROKERS=${broker.brokers.join(',')}\n\nCtrl-C stops it.`,
  );
  await ended;
  await broker.stop();
  await rm(runningFile, { force: true });
}

async function stop() {
  const note = await running();
  if (!note) return console.log('No broker of this workspace is running.');
  process.kill(note.pid, 'SIGTERM');
  const deadline = Date.now() + STOP_WITHIN_MS;
  while (isAlive(note.pid)) {
    if (Date.now() > deadline) throw new Error(`Process ${note.pid} did not stop within ${STOP_WITHIN_MS / 1000} s.`);
    await pause(100);
  }
  console.log(`Stopped the broker on ${note.brokers}.`);
}

async function install() {
  console.log(`Apache Kafka ${await kafkaVersion()} is in ${await installKafka()}`);
}

async function main() {
  const { values, positionals } = parseArgs({ options: { port: { type: 'string' } }, allowPositionals: true });
  const command = { install, start, stop }[positionals[0] ?? ''];
  if (!command) throw new Error('Say what to do: node tools/kafka/kafka.mjs install | start [--port N] | stop');
  const why = await whyUnavailable();
  if (why && command !== stop) throw new Error(`No broker can be started here: ${why}`);
  await command(values);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  // Not awaited: a module that waits at its top makes Jest load whatever imports it, every spec with a database, twice.
  main().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}

// The same broker in a container, for machines that have Docker but neither Java nor Maven.
import { execFile } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from './broker.mjs';
import { kafkaVersion } from './install.mjs';
import { proveBroker } from './wire.mjs';

const run = promisify(execFile);
const HOST = '127.0.0.1';
const ANSWER_WITHIN_MS = 10_000;
const START_WITHIN_MS = 180_000;
const PROBE_EVERY_MS = 200;

/** True when a Docker engine answers, not only its client. */
export const dockerAnswers = () =>
  run('docker', ['info', '--format', '{{.ServerVersion}}'], { timeout: ANSWER_WITHIN_MS }).then(
    () => true,
    () => false,
  );

/** Our settings as the image reads them: `group.initial.rebalance.delay.ms` is KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS. */
function environment(port, settings) {
  const properties = {
    'node.id': 1,
    'process.roles': 'broker,controller',
    'controller.quorum.voters': '1@localhost:9093',
    listeners: `PLAINTEXT://:${port},CONTROLLER://:9093`,
    'advertised.listeners': `PLAINTEXT://${HOST}:${port}`,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'controller.listener.names': 'CONTROLLER',
    'auto.create.topics.enable': false,
    'group.initial.rebalance.delay.ms': 0,
    'group.min.session.timeout.ms': 1_000,
    'offsets.topic.replication.factor': 1,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    ...settings,
  };
  const name = (property) => `KAFKA_${property.replaceAll('.', '_').toUpperCase()}`;
  return Object.fromEntries(Object.entries(properties).map(([property, value]) => [name(property), String(value)]));
}

async function proven(port) {
  const deadline = Date.now() + START_WITHIN_MS;
  for (;;) {
    try {
      return await proveBroker(HOST, port);
    } catch (error) {
      if (Date.now() > deadline)
        throw new Error(`The Kafka container could not be used: ${error.message}`, { cause: error });
    }
    await pause(PROBE_EVERY_MS);
  }
}

/** Starts apache/kafka through testcontainers, on the same port inside and outside, so that it survives a restart. */
export async function startKafkaContainer({ port: wanted, settings = {} } = {}) {
  const { GenericContainer } = await import('testcontainers');
  const port = wanted ?? (await freePort());
  const container = await new GenericContainer(`apache/kafka:${await kafkaVersion()}`)
    .withExposedPorts({ container: port, host: port })
    .withEnvironment(environment(port, settings))
    .start();
  await proven(port);
  const docker = (...args) => run('docker', [...args, container.getId()]);
  return {
    brokers: [`${HOST}:${port}`],
    pid: undefined,
    logFile: `docker logs ${container.getId()}`,
    stop: async () => void (await container.stop()),
    kill: async () => void (await docker('kill')),
    restart: async () => {
      await docker('stop').catch(() => undefined);
      await docker('start');
      await proven(port);
    },
    pause: () => void docker('pause'),
    resume: () => void docker('unpause'),
  };
}

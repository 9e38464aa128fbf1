// What one Jest run shares between its workers: a PostgreSQL server and a Kafka broker, each started when the first
// spec asks for it and stopped at the end. They live in Jest's main process; workers ask over loopback.
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import './load-typescript.mjs';

const PREFIX = 'hetao-test-';

/** Folders of runs that were killed: the process in their name is gone. */
async function sweep() {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(/^hetao-test-(\d+)-/.exec(name)?.[1]);
    if (pid && !isAlive(pid)) await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

async function startPostgres(folder) {
  const { startEmbeddedPostgres } = await import('../../persistence/src/embedded/index.ts');
  const server = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), durable: false });
  return { answer: { url: server.url('postgres') }, stop: () => server.stop('immediate') };
}

async function startKafka(folder) {
  const tool = await import('../../../tools/kafka/kafka.mjs');
  const broker = await tool.startKafka({ dataDir: join(folder, 'kafka'), shortLived: true });
  return { answer: { brokers: broker.brokers }, stop: () => broker.stop() };
}

const STARTERS = { postgres: startPostgres, kafka: startKafka };

/** Starts the desk that hands resources out; `stop` ends whatever was started and removes its data. */
export async function openSharedResources() {
  await sweep();
  const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
  const started = new Map();
  // Other users of this machine can reach the port: without the token they learn nothing.
  const token = randomBytes(18).toString('base64url');

  const resource = (name) => {
    if (!started.has(name)) started.set(name, STARTERS[name](folder));
    return started.get(name);
  };

  const server = createServer((request, response) => {
    const [, given, name] = request.url.split('/');
    // A worker asks once a spec file: a connection kept for the next file may be closed here just as it is used there.
    response.setHeader('connection', 'close');
    if (given !== token || !Object.hasOwn(STARTERS, name)) return response.writeHead(404).end();
    return resource(name).then(
      ({ answer }) => response.writeHead(200).end(JSON.stringify(answer)),
      (error) => response.writeHead(500).end(error.message),
    );
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();

  return {
    url: `http://127.0.0.1:${server.address().port}/${token}`,
    folder,
    async stop() {
      server.close();
      server.closeAllConnections();
      const running = await Promise.allSettled(started.values());
      await Promise.allSettled(running.map((result) => result.value?.stop()));
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

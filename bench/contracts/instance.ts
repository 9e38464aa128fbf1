import { createServer } from 'node:http';
import { contractsService } from '@hetao/contracts';
import { createEmbeddedTransport } from '@hetao/messaging';
import { environment, startService } from '@hetao/runtime';
import { createPublicKey, verify, type JsonWebKeyInput, type KeyObject } from 'node:crypto';
import pg from 'pg';
import { countWork } from './work-counter.js';

/** What the parent tells a child in its environment. */
interface Task {
  readonly kind: 'exchange' | 'bare';
  readonly databaseUrl: string;
  readonly port: number;
  readonly poolSize: number;
  readonly callerKeys: { keys: object[] };
  readonly settings: Readonly<Record<string, string>>;
}

const work = countWork();
const task = JSON.parse(environment()['BENCH_TASK'] ?? '{}') as Task;
if (task.kind === 'exchange') await serveExchange(task);
else await serveBare(task);
process.send?.('ready');

/** One exchange as it is: the contracts service, alone in its process. */
async function serveExchange({ databaseUrl, port, poolSize, callerKeys, settings }: Task): Promise<void> {
  const service = await startService(contractsService, {
    databaseUrl,
    port,
    databasePoolSize: poolSize,
    callerKeys,
    transport: createEmbeddedTransport(),
    env: settings,
  });
  process.on('message', (word) => {
    if (word === 'count') process.send?.(work());
    else void service.stop().then(() => process.exit(0));
  });
}

/** The least a signed message can cost: its signature is checked, one row is inserted, it is answered. */
async function serveBare({ databaseUrl, port, poolSize, settings }: Task): Promise<void> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: poolSize });
  await pool.query('CREATE TABLE IF NOT EXISTS bare (id bigserial PRIMARY KEY, message jsonb NOT NULL)');
  const key = createPublicKey({
    key: JSON.parse(settings['PEER_KEY'] ?? '{}') as JsonWebKeyInput['key'],
    format: 'jwk',
  });
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      if (!isSigned(request.headers.authorization ?? '', key)) return void response.writeHead(401).end();
      pool.query('INSERT INTO bare (message) VALUES ($1)', [body]).then(
        () => response.writeHead(200, { 'content-type': 'application/json' }).end(body),
        () => response.writeHead(500).end(),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  process.once('message', () => process.exit(0));
}

/** A compact JWS, checked from the start for every message. */
function isSigned(authorization: string, key: KeyObject): boolean {
  const [header = '', payload = '', signature = ''] = authorization.replace(/^Bearer /, '').split('.');
  return verify(null, Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'));
}

// Metering in a process of its own, so that its memory and its CPU are its own. It ends with its parent.
import { setTimeout as pause } from 'node:timers/promises';
import { EntitlementGrantedV1 } from '@hetao/events';
import { systemClock } from '@hetao/kernel';
import { createEmbeddedTransport, createKafkaTransport, messagingMigrations, type Transport } from '@hetao/messaging';
import { meteringService } from '@hetao/metering';
import { type Database, openDatabase, UnitOfWork } from '@hetao/persistence';
import { createLogger, startService } from '@hetao/runtime';

/** What the process is told by its parent. */
export interface ServiceSettings {
  readonly databaseUrl: string;
  /** Where contracts grants from. */
  readonly contractsUrl: string;
  /** None: the embedded transport. */
  readonly brokers: readonly string[] | undefined;
  readonly callerKeys: Parameters<typeof startService>[1]['callerKeys'];
  readonly granted: readonly EntitlementGrantedV1[];
}

/** Bytes, after a full collection. */
export interface Memory {
  readonly rss: number;
  readonly heapUsed: number;
  /** Buffers and what else lies outside the heap. */
  readonly external: number;
}

/** What the process tells its parent. */
export type ServiceReport = { readonly url: string } | { readonly memory: Memory };

process.once('disconnect', () => process.exit(0));
process.once('message', (settings) => {
  serve(settings as ServiceSettings).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});

async function serve({ databaseUrl, contractsUrl, brokers, callerKeys, granted }: ServiceSettings): Promise<void> {
  const transport: Transport = brokers
    ? createKafkaTransport({ brokers, clientId: 'bench' })
    : createEmbeddedTransport();
  const logger = createLogger({ service: 'metering', level: 'error' });
  const service = await startService(meteringService, { databaseUrl, transport, callerKeys, logger });
  await grant(transport, contractsUrl, granted);
  await untilKnown(service.database, granted.length);
  process.on('message', () => report({ memory: settledMemory() }));
  report({ url: service.url });
}

function report(said: ServiceReport): void {
  process.send?.(said);
}

function settledMemory(): Memory {
  // Twice: what the first collection finalises, the second one frees.
  for (let turn = 0; turn < 2; turn += 1) globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rss, heapUsed, external };
}

/** Tells metering of agreements as contracts does. */
async function grant(transport: Transport, url: string, granted: readonly EntitlementGrantedV1[]): Promise<void> {
  const contracts = await openDatabase({
    url,
    schema: 'contracts',
    entities: [],
    migrations: messagingMigrations,
    applicationName: 'bench',
    poolSize: 2,
  });
  await contracts.migrate();
  const uow = new UnitOfWork(contracts, transport.outboxFor('contracts', contracts), systemClock);
  await transport.startRelay('contracts', contracts);
  await uow.run(async (tx) => {
    for (const one of granted) tx.append(EntitlementGrantedV1, one);
    return Promise.resolve();
  });
}

const KNOWN_WITHIN_MS = 20_000;

async function untilKnown(database: Database, count: number): Promise<void> {
  const deadline = Date.now() + KNOWN_WITHIN_MS;
  for (;;) {
    const { rows } = await database.withClient((client) =>
      client.query<{ n: number }>('SELECT count(*)::int AS n FROM entitlements'),
    );
    if (rows[0]?.n === count) return;
    if (Date.now() > deadline) throw new Error('Metering did not learn of the agreements within 20 s.');
    await pause(20);
  }
}

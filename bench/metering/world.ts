import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EntitlementGrantedV1 } from '@hetao/events';
import { deterministicId, systemClock } from '@hetao/kernel';
import { createEmbeddedTransport, createKafkaTransport, messagingMigrations, type Transport } from '@hetao/messaging';
import { meteringService } from '@hetao/metering';
import { openDatabase, startEmbeddedPostgres, UnitOfWork } from '@hetao/persistence';
import {
  CALLER_HEADER,
  type CallerIdentity,
  createLogger,
  generateCallerKeys,
  signCaller,
  startService,
} from '@hetao/runtime';
import { startKafka } from '@hetao/testing';

/** Metering on a PostgreSQL of its own that loses nothing (fsync on), with agreements to report usage for. */
export interface BenchWorld {
  readonly kind: 'embedded' | 'kafka';
  readonly url: string;
  readonly databaseUrl: string;
  readonly agreementIds: readonly string[];
  /** Process of the broker, where there is one. */
  readonly brokerPid: number | undefined;
  /** Of one of the merchants; agreement n is of merchant n. */
  headers(as: 'operator' | number): Promise<Record<string, string>>;
  stop(): Promise<void>;
}

const AGREEMENTS = 4;

export async function startBenchWorld(kind: 'embedded' | 'kafka'): Promise<BenchWorld> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hetao-bench-metering-'));
  const postgres = await startEmbeddedPostgres({ dataDir, durable: true });
  const broker = kind === 'kafka' ? await startKafka() : undefined;
  const keys = await generateCallerKeys();
  const transport: Transport = broker
    ? createKafkaTransport({ brokers: broker.brokers, clientId: 'bench' })
    : createEmbeddedTransport();
  const databaseUrl = await postgres.createDatabase('metering');
  const service = await startService(meteringService, {
    databaseUrl,
    transport,
    callerKeys: keys.publicKeys,
    logger: createLogger({ service: 'metering', level: 'error' }),
  });
  const contracts = await openDatabase({
    url: await postgres.createDatabase('contracts'),
    schema: 'contracts',
    entities: [],
    migrations: messagingMigrations,
    applicationName: 'bench',
    poolSize: 2,
  });
  await contracts.migrate();
  const granted = Array.from({ length: AGREEMENTS }, (_, index) => entitlement(index));
  const uow = new UnitOfWork(contracts, transport.outboxFor('contracts', contracts), systemClock);
  await transport.startRelay('contracts', contracts);
  await uow.run(async (tx) => {
    for (const one of granted) tx.append(EntitlementGrantedV1, one);
    return Promise.resolve();
  });
  const headers = async (as: 'operator' | number) => ({
    [CALLER_HEADER]: await signCaller(caller(as), keys.privateKey),
  });
  for (const [index, { agreementId }] of granted.entries()) {
    await untilKnown(`${service.url}/v1/usage/windows?agreement_id=${agreementId}`, () => headers(index));
  }
  return {
    kind,
    url: service.url,
    databaseUrl,
    agreementIds: granted.map(({ agreementId }) => agreementId),
    brokerPid: broker?.pid,
    headers,
    stop: async () => {
      await service.stop();
      await transport.close();
      await contracts.close();
      await postgres.stop();
      await broker?.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function untilKnown(url: string, headers: () => Promise<Record<string, string>>): Promise<void> {
  for (let attempt = 0; attempt < 1_000; attempt += 1) {
    const { status } = await fetch(url, { headers: await headers() });
    if (status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('Metering did not learn of the agreement within 20 s.');
}

function caller(as: 'operator' | number): CallerIdentity {
  const persona = as === 'operator' ? 'operator' : 'merchant';
  const organisationId = as === 'operator' ? 'org_operator' : merchant(as);
  return { subject: 'bench', organisationId, personas: [persona], scopes: [], via: 'session', displayName: 'Bench' };
}

function merchant(index: number): string {
  return `org_merchant${index}`;
}

function entitlement(index: number): EntitlementGrantedV1 {
  const agreementId = deterministicId('agr', 'bench', String(index));
  return {
    entitlementId: deterministicId('ent', agreementId),
    agreementId,
    productId: deterministicId('prd', 'bench'),
    merchantId: merchant(index),
    buyerId: 'org_buyer',
    meters: ['calls', 'bytes'],
    quota: null,
    purposes: ['bench'],
    validFrom: '2026-01-01T00:00:00Z',
    validUntil: '2030-01-01T00:00:00Z',
    grantedAt: '2026-01-01T00:00:00Z',
  };
}

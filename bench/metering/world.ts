import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EntitlementGrantedV1 } from '@hetao/events';
import { deterministicId, systemClock } from '@hetao/kernel';
import { createEmbeddedTransport, messagingMigrations } from '@hetao/messaging';
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

/** Metering on a PostgreSQL of its own that loses nothing (fsync on), with one agreement to report usage for. */
export interface BenchWorld {
  readonly url: string;
  readonly databaseUrl: string;
  readonly agreementId: string;
  headers(as: 'merchant' | 'operator'): Promise<Record<string, string>>;
  stop(): Promise<void>;
}

const callers: Readonly<Record<'merchant' | 'operator', CallerIdentity>> = {
  merchant: caller('merchant'),
  operator: caller('operator'),
};

export async function startBenchWorld(): Promise<BenchWorld> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hetao-bench-metering-'));
  const postgres = await startEmbeddedPostgres({ dataDir, durable: true });
  const keys = await generateCallerKeys();
  const transport = createEmbeddedTransport();
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
  const agreementId = deterministicId('agr', 'bench');
  const uow = new UnitOfWork(contracts, transport.outboxFor('contracts', contracts), systemClock);
  await transport.startRelay('contracts', contracts);
  await uow.run((tx) => Promise.resolve(tx.append(EntitlementGrantedV1, entitlement(agreementId))));
  const headers = async (as: 'merchant' | 'operator') => ({
    [CALLER_HEADER]: await signCaller(callers[as], keys.privateKey),
  });
  await untilKnown(`${service.url}/v1/usage/windows?agreement_id=${agreementId}`, headers);
  return {
    url: service.url,
    databaseUrl,
    agreementId,
    headers,
    stop: async () => {
      await service.stop();
      await transport.close();
      await contracts.close();
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function untilKnown(url: string, headers: BenchWorld['headers']): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    const { status } = await fetch(url, { headers: await headers('merchant') });
    if (status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('Metering did not learn of the agreement within 10 s.');
}

function caller(persona: 'merchant' | 'operator'): CallerIdentity {
  const organisationId = `org_${persona}`;
  return { subject: 'bench', organisationId, personas: [persona], scopes: [], via: 'session', displayName: 'Bench' };
}

function entitlement(agreementId: string): EntitlementGrantedV1 {
  return {
    entitlementId: deterministicId('ent', 'bench'),
    agreementId,
    productId: deterministicId('prd', 'bench'),
    merchantId: 'org_merchant',
    buyerId: 'org_buyer',
    meters: ['calls', 'bytes'],
    quota: null,
    purposes: ['bench'],
    validFrom: '2026-01-01T00:00:00Z',
    validUntil: '2030-01-01T00:00:00Z',
    grantedAt: '2026-01-01T00:00:00Z',
  };
}

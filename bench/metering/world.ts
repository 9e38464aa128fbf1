import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EntitlementGrantedV1 } from '@hetao/events';
import { deterministicId } from '@hetao/kernel';
import { startEmbeddedPostgres } from '@hetao/persistence';
import { CALLER_HEADER, type CallerIdentity, generateCallerKeys, signCaller } from '@hetao/runtime';
import { startKafka } from '@hetao/testing';
import type { Memory, ServiceReport, ServiceSettings } from './service.js';

/** Metering in a process of its own on a PostgreSQL that loses nothing (fsync on), with agreements to report usage for. */
export interface BenchWorld {
  readonly kind: 'embedded' | 'kafka';
  readonly url: string;
  readonly databaseUrl: string;
  readonly agreementIds: readonly string[];
  readonly servicePid: number;
  /** Process of the broker, where there is one. */
  readonly brokerPid: number | undefined;
  /** Of the service's process, after a full collection. */
  memory(): Promise<Memory>;
  /** Of one of the merchants; agreement n is of merchant n. Good for a minute. */
  headers(as: 'operator' | number): Promise<Record<string, string>>;
  stop(): Promise<void>;
}

const AGREEMENTS = 4;
const SERVICE = fileURLToPath(new URL('./service.js', import.meta.url));

export async function startBenchWorld(kind: 'embedded' | 'kafka'): Promise<BenchWorld> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hetao-bench-metering-'));
  const postgres = await startEmbeddedPostgres({ dataDir, durable: true });
  const broker = kind === 'kafka' ? await startKafka() : undefined;
  const keys = await generateCallerKeys();
  const databaseUrl = await postgres.createDatabase('metering');
  const granted = Array.from({ length: AGREEMENTS }, (_, index) => entitlement(index));
  const service = new ServiceProcess();
  const url = await service.start({
    databaseUrl,
    contractsUrl: await postgres.createDatabase('contracts'),
    brokers: broker?.brokers,
    callerKeys: keys.publicKeys,
    granted,
  });
  return {
    kind,
    url,
    databaseUrl,
    agreementIds: granted.map(({ agreementId }) => agreementId),
    servicePid: service.pid,
    brokerPid: broker?.pid,
    memory: () => service.memory(),
    headers: async (as) => ({ [CALLER_HEADER]: await signCaller(caller(as), keys.privateKey) }),
    stop: async () => {
      await service.stop();
      await postgres.stop();
      await broker?.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The process of {@link ServiceSettings}. */
class ServiceProcess {
  readonly #child: ChildProcess = fork(SERVICE, {
    // The young generation is as large as where metering is deployed.
    execArgv: ['--expose-gc', '--max-semi-space-size=64', '--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Returns its address once it knows the agreements. */
  async start(settings: ServiceSettings): Promise<string> {
    const said = await this.#ask(settings);
    if ('url' in said) return said.url;
    throw new Error('The service began with something else than its address.');
  }

  async memory(): Promise<Memory> {
    const said = await this.#ask('memory');
    if ('memory' in said) return said.memory;
    throw new Error('The service did not say what memory it holds.');
  }

  async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.disconnect();
    await gone;
  }

  #ask(message: ServiceSettings | 'memory'): Promise<ServiceReport> {
    return new Promise((resolve, reject) => {
      const failed = (): void => reject(new Error('The process of the service ended.'));
      this.#child.once('exit', failed);
      this.#child.once('message', (said) => {
        this.#child.off('exit', failed);
        resolve(said as ServiceReport);
      });
      this.#child.send(message);
    });
  }
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

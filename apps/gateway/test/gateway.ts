import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { systemClock, type Clock } from '@hetao/kernel';
import { createEmbeddedTransport } from '@hetao/messaging';
import { createLogger, startService, type RunningService } from '@hetao/runtime';
import { emptyDatabase, freePort, startPublisher, testCallerKeys, type Publisher } from '@hetao/testing';
import { gatewayService } from '../src/index.js';
import { Browser } from './browser.js';
import { startUpstream, type Upstream } from './upstream.js';

/** Keys whose last six characters are their right checksums. */
export const demoKeys = {
  operator: 'hx_test_DemoOperator0000000000000000001YVduR',
  auditor: 'hx_test_DemoAuditor00000000000000000000HhfbS',
  merchant: 'hx_test_DemoMerchant00000000000000000002Kkvl',
  buyer: 'hx_test_DemoBuyer0000000000000000000003dcfIH',
} as const;

/** A portal of one script, as Vite leaves one. */
const portalFolder = fileURLToPath(new URL('./portal/', import.meta.url));

export const demoPassword = 'demo';

function seed(persona: keyof typeof demoKeys, organisationId: string, displayName: string) {
  return {
    email: `${persona}@demo.example`,
    password: demoPassword,
    organisation_id: organisationId,
    personas: [persona],
    display_name: displayName,
    api_key: demoKeys[persona],
  };
}

export const seedAccounts = [
  seed('operator', 'org_exchange', 'Exchange Operator'),
  seed('merchant', 'par_lingnan', '嶺南中醫藥數據有限公司'),
  seed('buyer', 'par_hkhealth', 'HK Health <Research>'),
  seed('auditor', 'org_exchange', 'Park Auditor'),
];

/** A gateway with a real upstream that stands for all four services. */
export interface TestGateway {
  readonly url: string;
  readonly service: RunningService;
  readonly upstream: Upstream;
  browser(): Browser;
  /** A request with a key of the demonstration, or with none. */
  /** All other services, as an outbox. */
  readonly elsewhere: Publisher;
  call(path: string, init?: RequestInit & { readonly as?: keyof typeof demoKeys }): Promise<Response>;
  stop(): Promise<void>;
}

export interface TestGatewayOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  readonly upstream?: Upstream;
  readonly databaseUrl?: string;
  readonly port?: number;
  readonly logger?: Logger;
}

export async function startGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const keys = await testCallerKeys();
  const database = options.databaseUrl === undefined ? await emptyDatabase() : undefined;
  const upstream = options.upstream ?? (await startUpstream());
  const transport = createEmbeddedTransport();
  const elsewhere = await startPublisher(transport, options.clock ?? systemClock);
  const port = options.port ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const closeRest = async () => {
    await elsewhere.stop();
    await transport.close();
    if (options.upstream === undefined) await upstream.stop();
    await database?.drop();
  };
  const service = await startService(gatewayService, {
    databaseUrl: options.databaseUrl ?? database?.url ?? '',
    transport,
    callerKeys: keys.publicKeys,
    port,
    // What a caller does wrong on purpose is no news here; faults of ours are.
    logger: options.logger ?? createLogger({ service: 'gateway', level: 'error' }),
    ...(options.clock && { clock: options.clock }),
    env: {
      NODE_ENV: 'test',
      DEMO: '1',
      PUBLIC_URL: url,
      CATALOG_URL: upstream.url,
      CONTRACTS_URL: upstream.url,
      METERING_URL: upstream.url,
      SETTLEMENT_URL: upstream.url,
      CUSTOMS_URL: upstream.url,
      ATTESTATION_URL: upstream.url,
      SANDBOX_URL: upstream.url,
      CALLER_PRIVATE_KEY: JSON.stringify(keys.privateKey),
      PORTAL_FOLDER: portalFolder,
      SEED_ACCOUNTS: JSON.stringify(seedAccounts),
      ...options.env,
    },
  }).catch(async (error: unknown) => {
    await closeRest();
    throw error;
  });
  return {
    url,
    service,
    upstream,
    elsewhere,
    browser: () => new Browser(url),
    call: (path, { as, ...init } = {}) => {
      const headers = new Headers(init.headers);
      if (as !== undefined) headers.set('authorization', `Bearer ${demoKeys[as]}`);
      return fetch(url + path, { ...init, headers });
    },
    stop: async () => {
      await service.stop();
      await closeRest();
    },
  };
}

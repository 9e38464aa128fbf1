import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attestationService } from '@hetao/attestation';
import { catalogService } from '@hetao/catalog';
import { contractsService } from '@hetao/contracts';
import { customsService } from '@hetao/customs';
import { gatewayService } from '@hetao/gateway';
import { systemClock, type Clock } from '@hetao/kernel';
import { createEmbeddedTransport } from '@hetao/messaging';
import { meteringService } from '@hetao/metering';
import { hostServices, routesOf, type HostedServices, type ServiceRoute } from '@hetao/runtime';
import { sandboxService } from '@hetao/sandbox';
import { settlementService } from '@hetao/settlement';
import { emptyDatabase, freePort, testCallerKeys } from '@hetao/testing';
import { repositoryRoot } from './trade-run.js';

export const services = [
  catalogService,
  contractsService,
  meteringService,
  settlementService,
  customsService,
  attestationService,
  sandboxService,
  gatewayService,
];

/** Every service in this very process, so that a spec sees their routes as the guards do. */
export interface HostedExchange {
  /** The gateway's address. */
  readonly url: string;
  readonly hosted: HostedServices;
  /** Where all services keep their rows, as the owner of the tables. */
  readonly databaseUrl: string;
  /** The account that a service works as. */
  readonly login: (service: string) => string;
  /** Where the sandbox keeps its enclaves' files. */
  readonly enclaves: string;
  /** Every route of every service. */
  readonly routes: readonly (ServiceRoute & { readonly service: string })[];
  close(): Promise<void>;
}

/**
 * Starts the embedded exchange on a fresh database, with the accounts of the demonstration and without its world.
 *
 * @param clock what every service takes for the time.
 */
export async function startHostedExchange(clock: Clock = systemClock): Promise<HostedExchange> {
  const keys = await testCallerKeys();
  const database = await emptyDatabase();
  const logins = new Map<string, string>();
  for (const { name } of services) logins.set(name, await database.login(name));
  const folder = await mkdtemp(join(tmpdir(), 'hetao-hosted-'));
  const transport = createEmbeddedTransport();
  const port = await freePort();
  const closeRest = async (): Promise<void> => {
    await transport.close();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  };
  const hosted = await hostServices(services, {
    transport,
    clock,
    callerKeys: keys.publicKeys,
    databaseUrl: (service) => logins.get(service) ?? '',
    databaseOwnerUrl: () => database.url,
    logLevel: 'fatal',
    port: (service) => (service === 'gateway' ? port : 0),
    env: (service, urls) => ({
      NODE_ENV: 'test',
      ...(service === 'sandbox' && { SANDBOX_DATA_DIR: folder }),
      ...(service === 'contracts' && {
        DATASPACE_ROOT_URL: `http://127.0.0.1:${port}/dsp`,
        DATASPACE_DELIVERY_URL: `http://127.0.0.1:${port}/v1/deliveries`,
      }),
      ...(service === 'gateway' && {
        DEMO: '1',
        PUBLIC_URL: `http://127.0.0.1:${port}`,
        CALLER_PRIVATE_KEY: JSON.stringify(keys.privateKey),
        SEED_ACCOUNTS: readFileSync(join(repositoryRoot, 'tools/demo/demo-accounts.json'), 'utf8'),
        RATE_LIMIT_ADDRESS: '1000000',
        RATE_LIMIT_KEY: '1000000',
        RATE_LIMIT_ORGANISATION: '1000000',
        ...Object.fromEntries(Object.entries(urls).map(([name, url]) => [`${name.toUpperCase()}_URL`, url])),
      }),
    }),
  }).catch(async (error: unknown) => {
    await closeRest();
    throw error;
  });
  const routes = [...hosted.services.values()].flatMap(({ name, app }) =>
    routesOf(app).map((route) => ({ ...route, service: name })),
  );
  const close = async (): Promise<void> => {
    await hosted.stop();
    await closeRest();
  };
  const login = (service: string) => logins.get(service) ?? '';
  const url = hosted.urls['gateway'] ?? '';
  return { url, hosted, enclaves: folder, routes, databaseUrl: database.url, login, close };
}

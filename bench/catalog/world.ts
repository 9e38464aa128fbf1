import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catalogService } from '@hetao/catalog';
import { newId } from '@hetao/kernel';
import { createEmbeddedTransport } from '@hetao/messaging';
import { startEmbeddedPostgres } from '@hetao/persistence';
import { CALLER_HEADER, generateCallerKeys, signCaller, startService, type RunningService } from '@hetao/runtime';

/** The catalog as it runs, on a PostgreSQL that loses nothing. */
export interface World {
  readonly service: RunningService;
  /** Calls the service over HTTP as a person of this organisation. */
  call<T>(organisationId: string, path: string, body?: object): Promise<T>;
}

export async function withWorld(use: (world: World) => Promise<void>): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hetao-bench-catalog-'));
  const postgres = await startEmbeddedPostgres({ dataDir, durable: true });
  const transport = createEmbeddedTransport({});
  try {
    const keys = await generateCallerKeys();
    const service = await startService(catalogService, {
      databaseUrl: await postgres.createDatabase('bench_catalog'),
      transport,
      callerKeys: keys.publicKeys,
      env: { LOG_LEVEL: 'error' },
    });
    try {
      await use({ service, call: caller(service, keys.privateKey) });
    } finally {
      await service.stop();
    }
  } finally {
    await transport.close();
    await postgres.stop('fast');
    await rm(dataDir, { recursive: true, force: true });
  }
}

function caller(service: RunningService, privateKey: Parameters<typeof signCaller>[1]): World['call'] {
  return async <T>(organisationId: string, path: string, body?: object): Promise<T> => {
    const token = await signCaller(
      {
        subject: 'usr_bench',
        organisationId,
        personas: ['merchant', 'buyer'],
        scopes: [],
        via: 'session',
        displayName: 'Bench',
      },
      privateKey,
    );
    const response = await fetch(`${service.url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        [CALLER_HEADER]: token,
        ...(body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': newId('key') }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
}

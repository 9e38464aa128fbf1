import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { describeWithKafka, startExchange, startKafka, type ExchangeProcesses } from '@hetao/testing';
import { ensureBuilt } from '../../../tools/build.mjs';
import { clearingContract } from './support/clearing.contract.js';
import { repositoryRoot } from './support/trade-run.js';

const WITHIN_MS = 180_000;

describeWithKafka('Customs over Kafka, each service a process with a database of its own', () => {
  let broker: Awaited<ReturnType<typeof startKafka>>;
  let exchange: ExchangeProcesses;

  beforeAll(async () => {
    await ensureBuilt();
    broker = await startKafka();
    exchange = await startExchange({
      repositoryRoot,
      brokers: broker.brokers,
      seedAccounts: readFileSync(join(repositoryRoot, 'tools/demo/demo-accounts.json'), 'utf8'),
      environment: { DELIVERY_PRIVATE_UPSTREAMS: '1' },
    });
  }, WITHIN_MS);

  afterAll(async () => {
    await exchange?.stop();
    await broker?.stop();
  }, WITHIN_MS);

  clearingContract(() => exchange.url);
});

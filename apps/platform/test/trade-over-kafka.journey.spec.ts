import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import {
  describeWithKafka,
  startExchange,
  startKafka,
  type ExchangeProcesses,
  type ExchangeService,
} from '@hetao/testing';
import { ensureBuilt } from '../../../tools/build.mjs';
import { counted, equationOf, repositoryRoot, runTrade, type TradeLine } from './support/trade-run.js';

const seedAccounts = readFileSync(join(repositoryRoot, 'tools/demo/demo-accounts.json'), 'utf8');
const WITHIN_MS = 180_000;
const cny = (amount: string) => ({ amount, currency: 'CNY' });

/** Where in the trade each service is in the middle of its own work. */
const MOMENTS = {
  catalog: (line: TradeLine) => line.step === 'participants approved',
  customs: (line: TradeLine) => line.step === 'product listed',
  contracts: (line: TradeLine) => line.step === 'offer published',
  metering: (line: TradeLine) => line.progress === 'usage sent' && (line.done ?? 0) >= 2_000,
  settlement: (line: TradeLine) => line.step === 'usage period closed',
  gateway: (line: TradeLine) => line.progress === 'usage sent' && (line.done ?? 0) >= 1_000,
} satisfies Partial<Record<ExchangeService, (line: TradeLine) => boolean>>;

/**
 * What the first five thousand lines come to, whatever happens on the way: 300.00 flat, 100.00 + 240.00 for the calls,
 * 0.42 for each of 1,312.869333 megabytes; 6 % tax on top; 1.2 % and 2.5 % of the net to channel and exchange.
 */
const UNDISTURBED = {
  status: 'closed',
  balanced: true,
  currencies: [
    {
      currency: 'CNY',
      usage: { net: cny('1191.41'), tax: cny('71.48'), amount: cny('1262.89') },
      invoiced: { net: cny('1191.41'), tax: cny('71.48'), amount: cny('1262.89'), count: 1 },
      settled: { merchants: cny('1147.33'), channels: cny('14.30'), fee: cny('29.78'), tax: cny('71.48'), count: 2 },
    },
  ],
};

describeWithKafka('The whole trade over Kafka, each service a process with a database of its own', () => {
  let broker: Awaited<ReturnType<typeof startKafka>>;
  let exchange: ExchangeProcesses;

  beforeEach(async () => {
    await ensureBuilt();
    // A broker of its own for each trade: topics are named after the facts, not after the test.
    broker = await startKafka();
    exchange = await startExchange({ repositoryRoot, brokers: broker.brokers, seedAccounts });
  }, WITHIN_MS);

  afterEach(async () => {
    await exchange?.stop();
    await broker?.stop();
  }, WITHIN_MS);

  it(
    'ends balanced and closed, and a second run changes nothing',
    async () => {
      const first = await equationOf(runTrade(exchange.url, exchange.folder));
      expect(first).toMatchObject({ period: '2015-05', status: 'closed', balanced: true });
      expect(counted(first)).toEqual({ calls: '10000', bytes: '2747282740' });
      const again = await equationOf(runTrade(exchange.url, exchange.folder));
      expect(again).toEqual(first);
    },
    WITHIN_MS,
  );

  // Three kills a trade, in parts of it that follow each other: each service dies in the middle of its own work, and the
  // next one dies while what the last one left is still being caught up.
  it.each<readonly (keyof typeof MOMENTS)[]>([
    ['catalog', 'contracts', 'metering'],
    ['customs', 'gateway', 'settlement'],
  ])(
    'ends the same when %s, then %s, then %s is killed in the middle of its work and started again',
    async (...killed) => {
      const trade = runTrade(exchange.url, exchange.folder, 5_000);
      for (const name of killed) {
        await trade.reached(`the moment of ${name}`, MOMENTS[name]);
        await exchange.service(name).kill();
        exchange.service(name).start();
      }
      const equation = await equationOf(trade);
      expect(equation).toMatchObject(UNDISTURBED);
      expect(counted(equation)).toEqual({ calls: '5000', bytes: '1312869333' });
      for (const name of killed) await exchange.service(name).ready();
    },
    WITHIN_MS,
  );
});

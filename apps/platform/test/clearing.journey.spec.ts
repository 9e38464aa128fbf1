import { afterAll, beforeAll, describe } from '@jest/globals';
import { clearingContract } from './support/clearing.contract.js';
import { startWholeExchange, type WholeExchange } from './support/whole-exchange.js';

const WITHIN_MS = 120_000;

describe('Customs in one process', () => {
  let exchange: WholeExchange;

  beforeAll(async () => {
    exchange = await startWholeExchange({ DELIVERY_PRIVATE_UPSTREAMS: '1' });
  }, WITHIN_MS);

  afterAll(() => exchange?.close(), WITHIN_MS);

  clearingContract(() => exchange.process.url);
});

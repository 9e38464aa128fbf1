import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { cli } from './support/cli.tool.js';
import { curl } from './support/curl.tool.js';
import { openDoor, wholeBusiness, type Door } from './support/door-story.js';
import { startHostedExchange, type HostedExchange } from './support/hosted-exchange.js';
import { sdk } from './support/sdk.tool.js';

const WITHIN_MS = 120_000;

let exchange: HostedExchange;
let door: Door;
beforeAll(async () => {
  exchange = await startHostedExchange();
  door = await openDoor(exchange.url);
}, WITHIN_MS);
afterAll(() => exchange?.close(), WITHIN_MS);

describe('A merchant and a buyer do their whole business', () => {
  it('with curl', () => wholeBusiness(door, curl, '2015-05'), WITHIN_MS);
  it('with the SDK', () => wholeBusiness(door, sdk, '2015-06'), WITHIN_MS);
  it('with the command line', () => wholeBusiness(door, cli, '2015-07'), WITHIN_MS);
});

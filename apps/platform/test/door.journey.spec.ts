import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cli } from './support/cli.tool.js';
import { curl } from './support/curl.tool.js';
import { deadLetterStory } from './support/dead-letter-story.js';
import { openDoor, wholeBusiness, type Door } from './support/door-story.js';
import { startHostedExchange, type HostedExchange } from './support/hosted-exchange.js';
import { askEverything, committedDocument } from './support/request-campaign.js';
import { sdk } from './support/sdk.tool.js';

const WITHIN_MS = 120_000;
/** `npm run fuzz:api` asks for more rounds, and for other seeds. */
const RUNS = Number(process.env['HETAO_API_RUNS'] ?? 1);
const SEED = Number(process.env['HETAO_API_SEED'] ?? 20_261_123);
const LONG_MS = WITHIN_MS * RUNS;

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

describe('An event that services cannot handle', () => {
  it('is set aside, seen, and replayed once or discarded by two', () => deadLetterStory(exchange, door), WITHIN_MS);
});

describe('The public document', () => {
  it('is the one that is committed', async () => {
    const { paths } = (await (await fetch(`${exchange.url}/openapi.json`)).json()) as { paths: object };
    expect(Object.keys(committedDocument().paths)).toEqual(expect.arrayContaining(Object.keys(paths)));
  });

  it(
    'tells the truth: whatever is asked, in whatever role, is answered as it says, and never by 5xx',
    async () => {
      const { merchantKey: merchant, buyerKey: buyer } = door;
      const askers = { merchant, buyer, operator: door.operatorKey, auditor: door.auditorKey, nobody: undefined };
      const { requests, statuses, faults } = await askEverything(exchange.url, askers, { runs: RUNS, seed: SEED });
      expect(faults).toEqual([]);
      expect(requests).toBeGreaterThan(RUNS * 500);
      // A campaign that is refused everywhere has asked nothing.
      expect(Object.keys(statuses)).toEqual(expect.arrayContaining(['200', '404', '422']));
    },
    LONG_MS,
  );
});

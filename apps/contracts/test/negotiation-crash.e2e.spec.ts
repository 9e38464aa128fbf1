import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, type ServiceProcess } from '@hetao/testing';
import { startPair } from './dataspace-pair.js';
import { closed, urlOf } from './dataspace-peers.js';
import { layLine, processOf, type Line } from './killed-exchange.js';
import { ask, buyerOf, merchantOf, onSale, setAutomatic, type OnSale } from './trading-pair.js';

let pair: Awaited<ReturnType<typeof startPair>>;
let alba: ServiceProcess;
let toAlba: Line;
let toBruma: Line;
let atAlba: OnSale;
let atBruma: OnSale;

beforeAll(async () => {
  [toAlba, toBruma] = [await layLine(), await layLine()];
  const root = (line: Line) => ({ DATASPACE_ROOT_URL: `${urlOf(line.server)}/dsp` });
  // Longer than any machine takes to start a process.
  const pauses = [100, 200, 300, 500, ...Array.from({ length: 16 }, () => 2_000)];
  const quick = { DATASPACE_LEASE_MS: '500', DATASPACE_RETRY_MS: pauses.join(',') };
  pair = await startPair(quick, { alba: root(toAlba), bruma: root(toBruma) });
  toAlba.leadsTo(pair.alba.settings.port);
  toBruma.leadsTo(pair.bruma.settings.port);
  for (const exchange of [pair.alba, pair.bruma]) await setAutomatic(exchange, true);
  [atAlba, atBruma] = [await onSale(pair.alba), await onSale(pair.bruma)];
  await pair.alba.service.stop();
  alba = await processOf(pair.alba);
  alba.start();
  await alba.ready();
}, 60_000);
afterAll(async () => {
  await alba.kill();
  await pair.stop();
  await Promise.all([closed(toAlba.server), closed(toBruma.server)]);
});

/** What is cut, on which line, before or after it arrived. */
type Cut = readonly [
  role: 'provider' | 'consumer',
  line: 'to it' | 'from it',
  message: string,
  when: 'before' | 'after',
];
const cuts: readonly Cut[] = [
  ['provider', 'from it', 'ContractAgreementMessage', 'after'],
  ['provider', 'to it', 'ContractAgreementVerificationMessage', 'after'],
  ['provider', 'from it', 'FINALIZED', 'after'],
  ['consumer', 'from it', 'ContractRequestMessage', 'after'],
  ['consumer', 'to it', 'ContractAgreementMessage', 'after'],
];

describe('an exchange that is killed', () => {
  it.each(cuts)(
    'as %s, at what goes %s: %s, %s it arrived, ends FINALIZED after its restart',
    async (role, line, on, when) => {
      (line === 'to it' ? toAlba : toBruma).lay({ on, when, strike: () => alba.kill() });
      const [consumer, sale] = role === 'provider' ? [pair.bruma, atAlba] : [pair.alba, atBruma];
      const asked = await ask(consumer, sale);
      await eventually(() => expect(alba.running).toBe(false));
      alba.start();
      await alba.ready();
      const { body } = await eventually(
        async () => {
          const answer = await consumer.send(buyerOf(consumer), 'GET', `/v1/peer-negotiations/${asked.id}`);
          expect(answer.body).toMatchObject({ state: 'FINALIZED', under_way: null });
          return answer;
        },
        { withinMs: 40_000 },
      );
      const provider = role === 'provider' ? pair.alba : pair.bruma;
      const request = await eventually(async () => {
        const { body: page } = await provider.send(merchantOf(provider), 'GET', `/v1/access-requests?limit=1`);
        const [first] = page['data'] as { state: string; agreement_id: string }[];
        expect(first).toMatchObject({ state: 'FINALIZED', under_way: null });
        return first;
      });
      // One agreement, in force, and nothing was done twice.
      const agreement = await provider.send(merchantOf(provider), 'GET', `/v1/agreements/${request?.agreement_id}`);
      expect(agreement.body).toMatchObject({ status: 'in_force' });
      expect((agreement.body['signatures'] as unknown[]).length).toBe(2);
      expect(body['agreement']).toMatchObject({ '@id': `urn:hetao:agreement:${request?.agreement_id}` });
    },
    40_000,
  );
});

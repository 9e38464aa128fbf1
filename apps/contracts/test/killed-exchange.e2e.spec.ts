import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, type ServiceProcess, type TestCaller } from '@hetao/testing';
import { checkToken, startPair, type Exchange } from './dataspace-pair.js';
import { closed, listening, openDoor, seedAgreement, textOf, urlOf } from './dataspace-peers.js';
import { layLine, processOf, struckTogether, type Line } from './killed-exchange.js';
import { ask, buyerOf, merchantOf, onSale, setAutomatic, type OnSale } from './trading-pair.js';

const DATA = 'formula,grams\nginseng,9\n';
/** Seeded agreements belong to the exchange itself. */
const buyer: TestCaller = { personas: ['buyer'], organisationId: 'org_exchange', subject: 'usr_buyer' };

let pair: Awaited<ReturnType<typeof startPair>>;
let alba: ServiceProcess;
let toAlba: Line;
let toBruma: Line;
let atAlba: OnSale;
let atBruma: OnSale;
let doors: Server[];
let inbox: Server;
/** What was pushed, and what to do about the next push before it is answered. */
const pushed: string[] = [];
let onPush: (() => Promise<void>) | null = null;

/** What is cut, on which line, before or after it arrived. */
type Cut = readonly [message: string, line: 'to it' | 'from it', when: 'before' | 'after'];

/** A transfer that is under way when the blow falls, and where it is cut. */
interface CutTransfer {
  readonly role: 'provider' | 'consumer';
  readonly format: 'HttpData-PULL' | 'HttpData-PUSH';
  readonly cut: Cut | 'while its bytes are on their way';
}

/** One SIGKILL, and the processes it meets. Roles are those of who is killed. */
interface Blow {
  readonly role: 'provider' | 'consumer';
  readonly negotiation: Cut;
  readonly transfers: readonly CutTransfer[];
}

const PULL = 'HttpData-PULL';
const PUSH = 'HttpData-PUSH';
const blows: readonly Blow[] = [
  {
    role: 'provider',
    negotiation: ['ContractAgreementMessage', 'from it', 'after'],
    transfers: [{ role: 'provider', format: PULL, cut: ['TransferRequestMessage', 'to it', 'after'] }],
  },
  {
    role: 'provider',
    negotiation: ['ContractAgreementVerificationMessage', 'to it', 'after'],
    transfers: [{ role: 'provider', format: PULL, cut: ['TransferStartMessage', 'from it', 'after'] }],
  },
  {
    role: 'provider',
    negotiation: ['FINALIZED', 'from it', 'after'],
    transfers: [{ role: 'provider', format: PUSH, cut: 'while its bytes are on their way' }],
  },
  {
    role: 'consumer',
    negotiation: ['ContractRequestMessage', 'from it', 'after'],
    transfers: [
      { role: 'consumer', format: PULL, cut: ['TransferRequestMessage', 'from it', 'after'] },
      { role: 'provider', format: PULL, cut: ['TransferStartMessage', 'from it', 'before'] },
    ],
  },
  {
    role: 'consumer',
    negotiation: ['ContractAgreementMessage', 'to it', 'after'],
    transfers: [
      { role: 'consumer', format: PULL, cut: ['TransferStartMessage', 'to it', 'after'] },
      { role: 'consumer', format: PUSH, cut: ['TransferCompletionMessage', 'to it', 'after'] },
    ],
  },
];

/** Seeded while alba still runs in here: later only HTTP leads to it. */
const agreementOf = (blow: number, transfer: number): string => `agreement-${blow}-${transfer}`;
async function seedAgreements(): Promise<void> {
  for (const [blow, { transfers }] of blows.entries()) {
    for (const [index, { role }] of transfers.entries()) {
      const ref = agreementOf(blow, index);
      const other = role === 'provider' ? 'consumer' : 'provider';
      await seedAgreement(pair.alba, { ref, peerId: pair.alba.peerId, role });
      await seedAgreement(pair.bruma, { ref, peerId: pair.bruma.peerId, role: other });
    }
  }
}

beforeAll(async () => {
  [toAlba, toBruma] = [await layLine(), await layLine()];
  doors = [await openDoor(() => pair.alba, DATA), await openDoor(() => pair.bruma, DATA)];
  inbox = await listening((request, response) => {
    void textOf(request)
      .then(async (text) => {
        const held = onPush;
        onPush = null;
        await held?.();
        pushed.push(text);
        response.writeHead(200).end();
      })
      .catch(() => response.destroy());
  });
  const own = (line: Line, door: Server | undefined) => ({
    DATASPACE_ROOT_URL: `${urlOf(line.server)}/dsp`,
    DATASPACE_DELIVERY_URL: door === undefined ? '' : urlOf(door),
  });
  // Longer than any machine takes to start a process.
  const pauses = [100, 200, 300, 500, ...Array.from({ length: 16 }, () => 2_000)];
  const quick = { DATASPACE_LEASE_MS: '500', DATASPACE_RETRY_MS: pauses.join(',') };
  pair = await startPair(quick, { alba: own(toAlba, doors[0]), bruma: own(toBruma, doors[1]) });
  toAlba.leadsTo(pair.alba.settings.port);
  toBruma.leadsTo(pair.bruma.settings.port);
  for (const exchange of [pair.alba, pair.bruma]) await setAutomatic(exchange, true);
  [atAlba, atBruma] = [await onSale(pair.alba), await onSale(pair.bruma)];
  await seedAgreements();
  await pair.alba.service.stop();
  alba = await processOf(pair.alba);
  alba.start();
  await alba.ready();
}, 60_000);
afterAll(async () => {
  await alba.kill();
  await pair.stop();
  await Promise.all([toAlba.server, toBruma.server, inbox, ...doors].map(closed));
});

function ambush(cut: CutTransfer['cut'], strike: () => Promise<void>): void {
  if (typeof cut === 'string') {
    onPush = strike;
    return;
  }
  const [on, line, when] = cut;
  (line === 'to it' ? toAlba : toBruma).lay({ on, when, strike });
}

/** Asks for the data of a seeded agreement. @returns its id at the consumer. */
async function requested({ role, format }: CutTransfer, ref: string): Promise<string> {
  const consumer = role === 'consumer' ? pair.alba : pair.bruma;
  const push_to = format === PUSH ? { endpoint: `${urlOf(inbox)}/${ref}`, authorization: null } : null;
  const wish = { peer_id: consumer.peerId, agreement_id: ref, format, push_to };
  const { status, body } = await consumer.send(buyer, 'POST', '/v1/dataspace/transfers', wish);
  expect([status, body]).toMatchObject([201, { state: 'REQUESTED' }]);
  return body.id;
}

/** Both sides of a transfer have come where it leads, with nothing on its way, and the data can be had. */
async function arrived({ role, format }: CutTransfer, id: string): Promise<void> {
  const [consumer, provider] = role === 'consumer' ? [pair.alba, pair.bruma] : [pair.bruma, pair.alba];
  const state = format === PULL ? 'STARTED' : 'COMPLETED';
  const { body } = await settled(() => consumer.send(buyer, 'GET', `/v1/dataspace/transfers/${id}`), state);
  await settled(async () => {
    const page = await provider.send(buyer, 'GET', '/v1/dataspace/transfers?limit=100');
    const all = page.body['data'] as { readonly consumer_pid: string; readonly state: string }[];
    const same = all.filter(({ consumer_pid: pid }) => pid === body['consumer_pid']);
    expect(same.length).toBe(1);
    return { body: same[0] };
  }, state);
  if (format === PUSH) return expect(pushed).toContain(DATA);
  const address = await consumer.send(buyer, 'GET', `/v1/dataspace/transfers/${id}/address`);
  const token = String(address.body['authorization']);
  expect((await checkToken(provider, token)).body).toMatchObject({ active: true });
}

function settled<T extends { readonly body: unknown }>(read: () => Promise<T>, state: string): Promise<T> {
  return eventually(
    async () => {
      const answer = await read();
      expect(answer.body).toMatchObject({ state, pending: null });
      return answer;
    },
    { withinMs: 40_000 },
  );
}

/** The negotiation is finalized on both sides: one agreement, in force, and nothing was done twice. */
async function finalized(consumer: Exchange, provider: Exchange, id: string): Promise<void> {
  const done = { state: 'FINALIZED', under_way: null };
  const { body } = await eventually(
    async () => {
      const answer = await consumer.send(buyerOf(consumer), 'GET', `/v1/peer-negotiations/${id}`);
      expect(answer.body).toMatchObject(done);
      return answer;
    },
    { withinMs: 40_000 },
  );
  const request = await eventually(async () => {
    const { body: page } = await provider.send(merchantOf(provider), 'GET', `/v1/access-requests?limit=1`);
    const [first] = page['data'] as { state: string; agreement_id: string }[];
    expect(first).toMatchObject(done);
    return first;
  });
  const agreement = await provider.send(merchantOf(provider), 'GET', `/v1/agreements/${request?.agreement_id}`);
  expect(agreement.body).toMatchObject({ status: 'in_force' });
  expect((agreement.body['signatures'] as unknown[]).length).toBe(2);
  expect(body['agreement']).toMatchObject({ '@id': `urn:hetao:agreement:${request?.agreement_id}` });
}

const named = ({ role, negotiation, transfers }: Blow): string => {
  const cut = (at: CutTransfer['cut']) => (typeof at === 'string' ? at : `${at[2]} ${at[0]} ${at[1]}`);
  const all = transfers.map((one) => `${one.format} as ${one.role} ${cut(one.cut)}`);
  return [`a negotiation as ${role} ${cut(negotiation)}`, ...all].join('; ');
};

describe('an exchange that is killed brings every open process to its end after its restart', () => {
  it.each(blows.map((blow, index) => [named(blow), blow, index] as const))(
    '%s',
    async (_name, { role, negotiation, transfers }, index) => {
      // One more than what is cut: the blow falls when everything was asked for.
      const strike = struckTogether(transfers.length + 2, () => alba.kill());
      for (const cut of [negotiation, ...transfers.map((transfer) => transfer.cut)]) ambush(cut, strike);
      const [consumer, provider] = role === 'provider' ? [pair.bruma, pair.alba] : [pair.alba, pair.bruma];
      const asked = await ask(consumer, role === 'provider' ? atAlba : atBruma);
      const ids: string[] = [];
      for (const [at, transfer] of transfers.entries()) ids.push(await requested(transfer, agreementOf(index, at)));
      await strike();
      expect(alba.running).toBe(false);
      alba.start();
      await alba.ready();
      await finalized(consumer, provider, asked.id);
      for (const [at, transfer] of transfers.entries()) await arrived(transfer, ids[at] ?? '');
    },
    40_000,
  );
});

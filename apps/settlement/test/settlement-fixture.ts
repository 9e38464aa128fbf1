import {
  AgreementConcludedV1,
  ParticipantApprovedV1,
  UsagePeriodClosedV1,
  UsagePeriodCompletedV1,
  type EventDefinition,
} from '@hetao/events';
import { deterministicId, type Currency } from '@hetao/kernel';
import { createEmbeddedTransport, deadLetters, type DeadLetter } from '@hetao/messaging';
import { CALLER_HEADER, createLogger, startService, type RunningService } from '@hetao/runtime';
import {
  callerToken,
  emptyDatabase,
  eventually,
  manualClock,
  testCallerKeys,
  type ManualClock,
  type TestCaller,
} from '@hetao/testing';
import type { PeriodStatusDto } from '../src/period/equation.dto.js';
import { settlementService } from '../src/settlement.definition.js';
import type { ImportResultDto } from '../src/statement/statement.dto.js';

/** Ids that stay the same from run to run. */
export const id = (prefix: string, name: string): string => deterministicId(prefix, 'test', name);

export const operator: TestCaller = { personas: ['operator'], organisationId: 'org_exchange', subject: 'usr_operator' };
export const auditor: TestCaller = { personas: ['auditor'], organisationId: 'org_auditor' };
export const merchantOf = (name: string): TestCaller => ({ personas: ['merchant'], organisationId: id('par', name) });
export const buyerOf = (name: string): TestCaller => ({ personas: ['buyer'], organisationId: id('par', name) });

/** An answer; the spec says what it expects the body to be, and a problem is seen by its status. */
export interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

export interface SettlementFixture {
  readonly service: RunningService;
  readonly clock: ManualClock;
  get<T>(path: string, as?: TestCaller): Promise<Answer<T>>;
  post<T>(path: string, as?: TestCaller): Promise<Answer<T>>;
  importXml<T = ImportResultDto>(xml: string | Uint8Array<ArrayBuffer>, as?: TestCaller): Promise<Answer<T>>;
  /** Imports a file of any format; `query` begins with a question mark. */
  importFile<T = ImportResultDto>(
    body: string | Uint8Array<ArrayBuffer>,
    mediaType: string,
    query?: string,
    to?: { readonly as?: TestCaller; readonly path?: string },
  ): Promise<Answer<T>>;
  /** Publishes an event as another service would. */
  publish<T>(event: EventDefinition<T>, data: T): Promise<void>;
  /** Publishes many events of one kind in one transaction. */
  publishAll<T>(event: EventDefinition<T>, data: readonly T[]): Promise<void>;
  /** Resolves when every event published so far was handled or given up. */
  drained(): Promise<void>;
  sql<R extends object>(text: string, params?: unknown[]): Promise<R[]>;
  deadLetters(): Promise<readonly DeadLetter[]>;
  /** Stops the service and starts another one on the same database. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export async function settlementFixture(now = '2015-06-10T08:00:00Z'): Promise<SettlementFixture> {
  const database = await emptyDatabase();
  const transport = createEmbeddedTransport({});
  const clock = manualClock(now);
  const { publicKeys } = await testCallerKeys();
  const start = (): Promise<RunningService> =>
    startService(settlementService, {
      databaseUrl: database.url,
      transport,
      callerKeys: publicKeys,
      clock,
      logger: createLogger({ service: 'settlement', level: 'silent' }),
    });
  let service = await start();
  const send = async <T>(path: string, as: TestCaller, init: RequestInit): Promise<Answer<T>> => {
    const answer = await fetch(`${service.url}${path}`, {
      ...init,
      headers: { ...init.headers, [CALLER_HEADER]: await callerToken(as) },
    });
    return { status: answer.status, body: (await answer.json()) as T };
  };
  const sql = <R extends object>(text: string, params?: unknown[]): Promise<R[]> =>
    service.database.withClient(async (client) => (await client.query<R>(text, params)).rows);
  const publishAll = <T>(event: EventDefinition<T>, data: readonly T[]): Promise<void> =>
    service.uow.run((tx) => {
      for (const one of data) tx.append(event, one);
      return Promise.resolve();
    });
  return {
    get service() {
      return service;
    },
    clock,
    restart: async () => {
      await service.stop();
      service = await start();
    },
    get: (path, as = operator) => send(path, as, {}),
    post: (path, as = operator) => send(path, as, { method: 'POST' }),
    importXml: (xml, as = operator) =>
      send('/v1/bank-statements', as, { method: 'POST', body: xml, headers: { 'content-type': 'application/xml' } }),
    importFile: (body, mediaType, query = '', { as = operator, path = '/v1/bank-statements' } = {}) =>
      send(`${path}${query}`, as, { method: 'POST', body, headers: { 'content-type': mediaType } }),
    publish: (event, data) => publishAll(event, [data]),
    publishAll,
    drained: () =>
      eventually(async () => expectNone(await sql(WAITING)), {
        withinMs: 25_000,
      }),
    sql,
    deadLetters: () => deadLetters(service.database).list(),
    stop: async () => {
      await service.stop();
      await transport.close();
      await database.drop();
    },
  };
}

/** Deliveries not settled yet, with whether their effect is in the database: says where one hangs. */
const WAITING = `
  SELECT d.seq, o.type, o.key, d.lane, i.handled_at FROM outbox_deliveries d JOIN outbox o USING (seq)
    LEFT JOIN inbox i ON i.event_id = o.id ORDER BY d.seq LIMIT 5`;

function expectNone(rows: readonly object[]): void {
  if (rows.length > 0) throw new Error(`Still waiting: ${JSON.stringify(rows)}`);
}

/** One agreement of the test world; everything else follows from its name. */
export interface Deal {
  readonly name: string;
  readonly merchant: string;
  readonly buyer: string;
  readonly channel?: string;
  readonly currency?: Currency;
  readonly period?: string;
  readonly calls?: string;
}

export const agreementIdOf = (deal: Deal): string => id('agr', deal.name);

export function agreementOf(deal: Deal): AgreementConcludedV1 {
  return {
    agreementId: agreementIdOf(deal),
    offerId: id('off', deal.name),
    productId: id('prd', deal.name),
    merchantId: id('par', deal.merchant),
    buyerId: id('par', deal.buyer),
    channelPartnerId: deal.channel === undefined ? null : id('par', deal.channel),
    plan: {
      currency: deal.currency ?? 'CNY',
      components: [
        { kind: 'flat', id: 'access', amount: '500' },
        { kind: 'per_unit', id: 'calls', meter: 'calls', unitPrice: '0.0123', per: '1' },
        {
          kind: 'tiered',
          id: 'traffic',
          meter: 'bytes',
          mode: 'graduated',
          per: '1000000',
          tiers: [
            { upTo: '1000000000', unitPrice: '0.08' },
            { upTo: null, unitPrice: '0.05' },
          ],
        },
      ],
      fee: { exchangeBps: 500, channelBps: 300 },
      tax: { jurisdiction: 'CN', rateBps: 600, mode: 'exclusive' },
    },
    policy: { purposes: ['research'], placesOfUse: ['CN'], onwardUse: false, retentionDays: null },
    quota: null,
    documentHash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    effectiveFrom: '2015-04-30T16:00:00.000Z',
    effectiveUntil: '2016-04-30T16:00:00.000Z',
    concludedAt: '2015-04-10T02:30:00.000Z',
  };
}

export function usageOf(deal: Deal): UsagePeriodClosedV1 {
  const period = deal.period ?? '2015-05';
  const { productId, merchantId, buyerId } = agreementOf(deal);
  return {
    periodId: deterministicId('per', period, agreementIdOf(deal)),
    period,
    timeZone: 'Asia/Shanghai',
    agreementId: agreementIdOf(deal),
    productId,
    merchantId,
    buyerId,
    totals: [
      { meter: 'bytes', quantity: '2747282505', events: 10_000 },
      { meter: 'calls', quantity: deal.calls ?? '10000', events: 10_000 },
      { meter: 'seats', quantity: '3', events: 1 },
    ],
    windows: 84,
    closedAt: '2015-06-01T00:00:00.000Z',
  };
}

export function participantOf(name: string, withAccount = true): ParticipantApprovedV1 {
  return {
    participantId: id('par', name),
    name: { en: name, 'zh-Hans': name, 'zh-Hant': name },
    jurisdiction: 'CN',
    roles: ['merchant'],
    approvedAt: '2015-04-01T00:00:00.000Z',
    approvedBy: 'usr_operator',
    homeCurrency: 'CNY',
    bankAccount: withAccount ? { name, accountNumber: `6222-${name}` } : null,
  };
}

/** Tells settlement everything about some deals and their month, and waits until all of it is rated. */
export async function tellMonth(fixture: SettlementFixture, deals: readonly Deal[], period = '2015-05'): Promise<void> {
  const parties = new Set(deals.flatMap(({ merchant, buyer, channel }) => [merchant, buyer, channel ?? merchant]));
  for (const name of parties) await fixture.publish(ParticipantApprovedV1, participantOf(name));
  for (const deal of deals) {
    await fixture.publish(AgreementConcludedV1, agreementOf(deal));
    await fixture.publish(UsagePeriodClosedV1, usageOf({ ...deal, period }));
  }
  await fixture.publish(UsagePeriodCompletedV1, {
    period,
    timeZone: 'Asia/Shanghai',
    agreements: deals.length,
    closedAt: '2015-06-01T00:00:05.000Z',
  });
  await eventually(async () => {
    const { status, body } = await fixture.get<PeriodStatusDto>(`/v1/settlement/periods/${period}`);
    const complete = status === 200 && body.checklist.find(({ code }) => code === 'USAGE_INCOMPLETE')?.ok;
    if (complete !== true) throw new Error(JSON.stringify(body));
    const known = await fixture.sql('SELECT 1 FROM participants WHERE participant_id = ANY($1)', [
      [...parties].map((name) => id('par', name)),
    ]);
    if (known.length < parties.size) throw new Error('participants are missing');
  });
}

import { createHash } from 'node:crypto';
import {
  AgreementEndedV1,
  EntitlementGrantedV1,
  EntitlementRevokedV1,
  type EventDefinition,
  PersonsDeliveredV1,
  QuotaExhaustedV1,
  SpendLimitAlertedV1,
  UsageCorrectedV1,
  UsageLimitAlertedV1,
  UsagePeriodClosedV1,
  UsagePeriodCompletedV1,
  UsageStatementSignedV1,
  UsageWindowClosedV1,
} from '@hetao/events';
import { deterministicId, newUuid } from '@hetao/kernel';
import { createEmbeddedTransport, messagingMigrations, type Transport } from '@hetao/messaging';
import { type Tx, UnitOfWork } from '@hetao/persistence';
import { CALLER_HEADER, type RunningService, startService } from '@hetao/runtime';
import {
  callerToken,
  emptyDatabase,
  eventually,
  manualClock,
  type ManualClock,
  testCallerKeys,
  type TestCaller,
  testDatabase,
} from '@hetao/testing';
import { meteringService } from '../src/index.js';

/** Metering as it runs, between a contracts that only speaks and a settlement that only listens. */
export interface World {
  readonly service: RunningService;
  readonly clock: ManualClock;
  readonly published: Published;
  /** Grants through an event of contracts, and waits until metering knows. */
  grant(changes?: Partial<EntitlementGrantedV1>): Promise<EntitlementGrantedV1>;
  end(agreementId: string, endedAt: string): Promise<void>;
  revoke(entitlement: EntitlementGrantedV1, revokedAt: string): Promise<void>;
  /** States any event of another service, as it would; when metering knows is for the test to see. */
  state<T>(event: EventDefinition<T>, data: T): Promise<void>;
  rows<R>(sql: string, params?: unknown[]): Promise<R[]>;
  call(caller: TestCaller, method: string, path: string, body?: RequestBody): Promise<Answer>;
  stop(): Promise<void>;
}

export interface Published {
  readonly quotas: QuotaExhaustedV1[];
  readonly windows: UsageWindowClosedV1[];
  readonly periods: UsagePeriodClosedV1[];
  readonly completed: UsagePeriodCompletedV1[];
  readonly persons: PersonsDeliveredV1[];
  readonly corrected: UsageCorrectedV1[];
  readonly statements: UsageStatementSignedV1[];
  readonly alerts: UsageLimitAlertedV1[];
  readonly spending: SpendLimitAlertedV1[];
}

export interface RequestBody {
  readonly type?: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
  readonly idempotencyKey?: string;
}

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Headers;
}

export const merchant: TestCaller = { personas: ['merchant'], organisationId: 'org_merchant' };
export const buyer: TestCaller = { personas: ['buyer'], organisationId: 'org_buyer' };
export const operator: TestCaller = { personas: ['operator'], organisationId: 'org_exchange' };

/** What it starts on. */
export interface Surroundings {
  readonly transport?: Transport;
  /** Fills the empty database, before metering migrates it. */
  readonly prepare?: (databaseUrl: string) => Promise<void>;
}

/** Starts it at `now`. Everything is real: the database, the outbox, the transport, HTTP. */
export async function startWorld(
  now = '2015-06-15T00:00:00Z',
  env: Readonly<Record<string, string>> = {},
  { transport = createEmbeddedTransport(), prepare }: Surroundings = {},
): Promise<World> {
  const clock = manualClock(now);
  const database = await emptyDatabase();
  await prepare?.(database.url);
  const callerKeys = (await testCallerKeys()).publicKeys;
  const service = await startService(meteringService, { databaseUrl: database.url, transport, callerKeys, clock, env });
  const others = await testDatabase({ schema: 'contracts', entities: [], migrations: messagingMigrations });
  const contracts = new UnitOfWork(others, transport.outboxFor('contracts', others), clock);
  await transport.startRelay('contracts', others);
  const published: Published = {
    quotas: [],
    windows: [],
    periods: [],
    completed: [],
    persons: [],
    corrected: [],
    statements: [],
    alerts: [],
    spending: [],
  };
  await transport.consume({
    group: 'listener',
    database: others,
    uow: contracts,
    clock,
    subscriptions: listeners(published),
  });

  const rows = async <R>(sql: string, params: unknown[] = []) =>
    service.database.withClient(async (client) => (await client.query<R & object>(sql, params)).rows);
  const stopsKnown = (subjectId: string) =>
    eventually(async () => {
      if ((await rows('SELECT 1 FROM access_stops WHERE subject_id = $1', [subjectId])).length === 0)
        throw new Error('unknown');
    });

  return {
    service,
    clock,
    published,
    rows,
    grant: async (changes = {}) => {
      const granted = entitlement(changes);
      await contracts.run(async (tx: Tx) => tx.append(EntitlementGrantedV1, granted));
      await eventually(async () => {
        const known = await rows('SELECT 1 FROM entitlements WHERE entitlement_id = $1', [granted.entitlementId]);
        if (known.length === 0) throw new Error(`metering does not know ${granted.entitlementId} yet`);
      });
      return granted;
    },
    end: async (agreementId, endedAt) => {
      await contracts.run(async (tx: Tx) =>
        tx.append(AgreementEndedV1, { agreementId, reason: 'terminated', endedAt }),
      );
      await stopsKnown(agreementId);
    },
    revoke: async ({ entitlementId, agreementId }, revokedAt) => {
      const data = { entitlementId, agreementId, reason: 'misuse', revokedAt };
      await contracts.run(async (tx: Tx) => tx.append(EntitlementRevokedV1, data));
      await stopsKnown(entitlementId);
    },
    state: async (event, data) => contracts.run(async (tx: Tx) => tx.append(event, data)),
    call: async (caller, method, path, body) => {
      const answer = await fetch(`${service.url}${path}`, {
        method,
        headers: {
          [CALLER_HEADER]: await callerToken(caller),
          ...(body ? { 'content-type': body.type ?? 'application/cloudevents-batch+json' } : {}),
          ...(body?.idempotencyKey === undefined ? {} : { 'idempotency-key': body.idempotencyKey }),
        },
        ...(body ? { body: body.content } : {}),
      });
      const text = await answer.text();
      const parsed = (text === '' ? {} : JSON.parse(text)) as Answer['body'];
      return { status: answer.status, body: parsed, headers: answer.headers };
    },
    stop: async () => {
      await service.stop();
      await transport.close();
      await others.close();
      await database.drop();
    },
  };
}

let agreements = 0;

/** An entitlement of the trade: May 2015 and what follows, calls and bytes, no quota. */
export function entitlement(changes: Partial<EntitlementGrantedV1> = {}): EntitlementGrantedV1 {
  agreements += 1;
  const agreementId = changes.agreementId ?? deterministicId('agr', String(process.pid), String(agreements));
  return {
    entitlementId: deterministicId('ent', agreementId),
    agreementId,
    productId: deterministicId('prd', agreementId),
    merchantId: 'org_merchant',
    buyerId: 'org_buyer',
    meters: ['calls', 'bytes'],
    quota: null,
    purposes: ['research'],
    validFrom: '2015-05-01T00:00:00Z',
    validUntil: '2030-01-01T00:00:00Z',
    grantedAt: '2015-04-30T00:00:00Z',
    ...changes,
  };
}

/** A usage event as a client writes it; ids are unique within the agreement. */
export function usage(agreementId: string, id: string, changes: Readonly<Record<string, unknown>> = {}) {
  return {
    specversion: '1.0',
    id,
    source: `/test/${agreementId}`,
    type: 'hetao.usage.recorded',
    subject: agreementId,
    time: '2015-05-17T10:05:03Z',
    data: { meters: { calls: '1' } },
    ...changes,
  };
}

/** A command in JSON, with a key of its own. */
export const command = (value: unknown): RequestBody => ({
  type: 'application/json',
  content: JSON.stringify(value),
  idempotencyKey: newUuid(),
});

export const batch = (events: readonly unknown[]): RequestBody => ({ content: JSON.stringify(events) });

/** Stable pseudo-random order, different for each seed. */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const rank = (_: T, index: number) => createHash('sha256').update(`${seed} ${index}`).digest('hex');
  return items
    .map((item, index) => ({ item, rank: rank(item, index) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ item }) => item);
}

function listeners(published: Published) {
  const into = <T>(event: EventDefinition<T>, list: T[]) => ({
    event: event as EventDefinition<unknown>,
    mode: 'single' as const,
    handle: async (events: readonly { data: unknown }[]) => {
      for (const { data } of events) list.push(data as T);
    },
  });
  return [
    into(QuotaExhaustedV1, published.quotas),
    into(UsageWindowClosedV1, published.windows),
    into(UsagePeriodClosedV1, published.periods),
    into(UsagePeriodCompletedV1, published.completed),
    into(PersonsDeliveredV1, published.persons),
    into(UsageCorrectedV1, published.corrected),
    into(UsageStatementSignedV1, published.statements),
    into(UsageLimitAlertedV1, published.alerts),
    into(SpendLimitAlertedV1, published.spending),
  ];
}

import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { EntitlementGrantedV2, type EventDefinition } from '@hetao/events';
import { newId, systemClock } from '@hetao/kernel';
import { createEmbeddedTransport } from '@hetao/messaging';
import { CALLER_HEADER, createLogger, startService, type RunningService } from '@hetao/runtime';
import { callerToken, emptyDatabase, startPublisher, testCallerKeys, type TestCaller } from '@hetao/testing';
import { sandboxService } from '../src/index.js';

export const people = {
  viewer: { subject: 'usr_viewer', organisationId: 'par_hkhealth', personas: ['buyer'], displayName: '陳大文' },
  colleague: { subject: 'usr_colleague', organisationId: 'par_hkhealth', personas: ['buyer'] },
  custodian: { subject: 'usr_custodian', organisationId: 'par_lingnan', personas: ['merchant'] },
  stranger: { subject: 'usr_stranger', organisationId: 'par_other', personas: ['buyer', 'merchant'] },
  operator: { subject: 'usr_operator', organisationId: 'org_exchange', personas: ['operator'] },
  second: { subject: 'usr_second', organisationId: 'org_exchange', personas: ['operator'] },
  auditor: { subject: 'usr_auditor', organisationId: 'org_exchange', personas: ['auditor'] },
} as const satisfies Record<string, TestCaller>;

/** What a route answered; its members are what the specs are about. */
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface LicensedEnclave {
  readonly id: string;
  readonly entitlementId: string;
  readonly agreementId: string;
}

const TERMS = {
  ...{ epsilon: 3, queriesPerDay: 100, sessionMinutes: 600, vcpuSeconds: 3600, gbSeconds: 3600, outputFiles: 10 },
  ...{ ownCode: false, maxPeople: 50 },
};
// What admitting a dataset leaves behind; sessions read none of its files.
const INSERT_ENCLAVE = `INSERT INTO enclaves (id, product_id, custodian_id, name, data_class, origin, is_synthetic, min_patients,
  terms, created_at, created_by) VALUES ($1, $2, $3, '{"en":"TCM"}', 'synthetic', 'CN', true, 10, $4, now(), 'usr_custodian')`;
const INSERT_VERSION = `INSERT INTO dataset_versions (id, enclave_id, version, patients, content_hash, tables, card, admitted_at,
  admitted_by) VALUES ($1, $2, 1, 5000, repeat('0', 64), '[]', '{}', now(), 'usr_custodian')`;
const INSERT_BASIS = `INSERT INTO legal_bases (id, enclave_id, kind, reference, destination, valid_from, valid_until, recorded_by,
  recorded_at) VALUES ($1, $2, 'gba_standard_contract', 'GBA-2026-7', 'HK', '2020-01-01', '2099-01-01', 'usr_custodian', now())`;
const INSERT_PERSON = `INSERT INTO licence_people (agreement_id, subject, name, place, trained_on, admitted_by, admitted_at)
  VALUES ($1, $2, '陳大文', 'HK', '2026-01-05', 'usr_custodian', now())`;

export interface RunningSandbox {
  readonly service: RunningService;
  readonly folder: string;
  send(as: TestCaller, method: string, path: string, json?: unknown): Promise<Answer>;
  /** A file, as it comes. */
  fetch(as: TestCaller, path: string): Promise<Response>;
  /** States something as another service would; resolves when it was heard. */
  says<T>(event: EventDefinition<T>, data: T): Promise<void>;
  /** An enclave of the custodian's, licensed to the viewers' organisation; seen from Hong Kong. */
  enclave(licence?: Partial<EntitlementGrantedV2>): Promise<LicensedEnclave>;
  /** Somebody of that organisation whom the custodian admitted to it. */
  admit(enclave: LicensedEnclave, subject?: string): Promise<TestCaller>;
  connect(as: TestCaller, session: string): Promise<WebSocket>;
  stop(): Promise<void>;
}

/** The sandbox, running alone on a database and a folder of its own. */
export async function startSandbox(env: Readonly<Record<string, string>> = {}): Promise<RunningSandbox> {
  const postgres = await emptyDatabase();
  const transport = createEmbeddedTransport();
  const { publicKeys } = await testCallerKeys();
  const folder = await mkdtemp(join(tmpdir(), 'hetao-sandbox-'));
  const others = await startPublisher(transport, systemClock);
  const service = await startService(sandboxService, {
    databaseUrl: postgres.url,
    transport,
    callerKeys: publicKeys,
    logger: createLogger({ service: 'sandbox', level: 'fatal' }),
    env: { SANDBOX_DATA_DIR: folder, ...env },
  });
  const database = (work: (query: (sql: string, values: unknown[]) => Promise<unknown>) => Promise<unknown>) =>
    service.database.withClient((client) => work((sql, values) => client.query(sql, values)));
  const headers = async (as: TestCaller) => ({ [CALLER_HEADER]: await callerToken({ via: 'session', ...as }) });
  const says = async <T>(event: EventDefinition<T>, data: T) => {
    await others.publish(event, data);
    await others.arrived();
  };
  const send: RunningSandbox['send'] = async (as, method, path, json) => {
    const body = json === undefined ? {} : { body: JSON.stringify(json) };
    const answer = await fetch(service.url + path, {
      method,
      headers: { ...(await headers(as)), 'content-type': 'application/json', 'idempotency-key': newId('idk') },
      ...body,
    });
    return { status: answer.status, body: (await answer.json()) as Answer['body'] };
  };
  return {
    service,
    folder,
    send,
    fetch: async (as, path) => fetch(service.url + path, { headers: await headers(as) }),
    says,
    enclave: async (changes = {}) => {
      const granted = { ...entitlement(), ...changes };
      await says(EntitlementGrantedV2, granted);
      const id = newId('enc');
      await database(async (query) => {
        await query(INSERT_ENCLAVE, [id, granted.productId, people.custodian.organisationId, TERMS]);
        await query(INSERT_VERSION, [newId('dsv'), id]);
        await query(INSERT_BASIS, [newId('lgb'), id]);
      });
      return { id, entitlementId: granted.entitlementId, agreementId: granted.agreementId };
    },
    admit: async ({ agreementId }, subject = newId('usr')) => {
      await database((query) => query(INSERT_PERSON, [agreementId, subject]));
      return { ...people.viewer, subject };
    },
    connect: async (as, session) => {
      const url = `${service.url.replace('http', 'ws')}/v1/sandbox/sessions/${session}/stream`;
      const socket = new WebSocket(url, { headers: await headers(as) });
      await once(socket, 'open');
      return socket;
    },
    stop: async () => {
      await service.stop();
      await others.stop();
      await transport.close();
      await postgres.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** As contracts states it; the published example with ids of its own. */
function entitlement(): EntitlementGrantedV2 {
  const example = EntitlementGrantedV2.parse(fixture('hetao.contracts.entitlement-granted.v2'));
  const parties = { merchantId: people.custodian.organisationId, buyerId: people.viewer.organisationId };
  return {
    ...{ ...example, ...parties, entitlementId: newId('ent'), agreementId: newId('agr'), productId: newId('prd') },
    ...{ recipients: [people.viewer.organisationId], placesOfUse: ['HK'], meters: ['session_minutes'], release: null },
    ...{ validFrom: '2020-01-01T00:00:00Z', validUntil: '2099-01-01T00:00:00Z' },
  };
}

/** A published example of an event. */
export function fixture(type: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../libs/events/fixtures/${type}.json`, import.meta.url), 'utf8'));
}

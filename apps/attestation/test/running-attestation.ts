import { createEmbeddedTransport } from '@hetao/messaging';
import { newId, type ErrorItem } from '@hetao/kernel';
import type { EventDefinition } from '@hetao/events';
import {
  commit,
  digestsOf,
  generateSigningKey,
  newSalt,
  parseNoteKey,
  signStatement,
  statusRefOf,
  type AttestationStatement,
  type NoteKey,
  type PrivateKeyJwk,
} from '@hetao/proofs';
import {
  CALLER_HEADER,
  createLogger,
  startService,
  type EnvironmentRecord,
  type Page,
  type RunningService,
} from '@hetao/runtime';
import {
  callerToken,
  emptyDatabase,
  manualClock,
  testCallerKeys,
  type ManualClock,
  type TestCaller,
} from '@hetao/testing';
import { attestationService } from '../src/attestation.definition.js';
import type { AttestationDto } from '../src/registration/attestation.dto.js';
import type { ConsentDto } from '../src/consent/consent.dto.js';
import type { VerificationDto } from '../src/verification/verification.dto.js';

/** Whatever the service answers with: which of these an answer has is what the specs are about. */
export interface AnswerBody
  extends AttestationDto, Omit<ConsentDto, 'id'>, VerificationDto, Page<Record<string, unknown>> {
  readonly code: string;
  readonly status: string | number;
  readonly errors: readonly ErrorItem[];
  readonly path: readonly string[];
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: AnswerBody;
}

/** The attestation service, running alone on a database of its own, at a time the spec decides. */
export interface RunningAttestation {
  readonly url: string;
  readonly service: RunningService;
  readonly clock: ManualClock;
  readonly logKey: NoteKey;
  readonly witnessKey: NoteKey;
  send(as: TestCaller, method: string, path: string, json?: unknown): Promise<Answer>;
  text(path: string): Promise<string>;
  /** Publishes an event as another service would. */
  publish<T>(event: EventDefinition<T>, data: T): Promise<void>;
  stop(): Promise<void>;
}

export const ISSUER = newId('org');
export const HOLDER = newId('org');
export const RECEIVER = newId('org');
export const issuer: TestCaller = { personas: ['merchant'], organisationId: ISSUER };
export const holder: TestCaller = { personas: ['buyer'], organisationId: HOLDER };
export const receiver: TestCaller = { personas: ['buyer'], organisationId: RECEIVER };
export const operator: TestCaller = { personas: ['operator'], organisationId: newId('org') };

/** Starts it; `databaseUrl` continues on a database that is there, and leaves it. */
export async function startAttestation(env: EnvironmentRecord = {}, databaseUrl?: string): Promise<RunningAttestation> {
  const database =
    databaseUrl === undefined ? await emptyDatabase() : { url: databaseUrl, drop: () => Promise.resolve() };
  const transport = createEmbeddedTransport();
  const { publicKeys } = await testCallerKeys();
  const clock = manualClock('2026-03-01T08:00:00Z');
  const service = await startService(attestationService, {
    databaseUrl: database.url,
    transport,
    callerKeys: publicKeys,
    clock,
    // Nodes that are away and logs that fork are what the specs are about.
    logger: createLogger({ service: 'attestation', level: 'silent' }),
    env: { ATTESTATION_SEAL_INTERVAL_MS: '20', ...env },
  });
  const keys = (await (await fetch(`${service.url}/v1/attestation-log/keys`)).json()) as Record<string, string>;
  return {
    url: service.url,
    service,
    clock,
    logKey: keyIn(keys['log_key']),
    witnessKey: keyIn(keys['witness_key']),
    send: (as, method, path, json) => send(`${service.url}${path}`, method, as, json),
    text: async (path) => (await fetch(`${service.url}${path}`)).text(),
    publish: (event, data) => service.uow.run((tx) => Promise.resolve(tx.append(event, data))),
    stop: async () => {
      await service.stop();
      await transport.close();
      await database.drop();
    },
  };
}

function keyIn(line: string | undefined): NoteKey {
  const key = parseNoteKey(line ?? '');
  if (key === undefined) throw new Error(`No key: ${line}`);
  return key;
}

/** Calls the service as somebody whom the door let in. */
export async function send(url: string, method: string, as: TestCaller, json?: unknown): Promise<Answer> {
  const response = await fetch(url, {
    method,
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    headers: {
      [CALLER_HEADER]: await callerToken(as),
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...(method === 'POST' ? { 'idempotency-key': newId('key') } : {}),
    },
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as AnswerBody };
}

/** An issuer's key that the operator trusts. */
export async function trustedKey(
  app: Pick<RunningAttestation, 'send'>,
  as: TestCaller = issuer,
): Promise<PrivateKeyJwk> {
  const { privateKey, publicKey } = await generateSigningKey();
  const { body } = await app.send(as, 'POST', '/v1/attestation-issuer-keys', { public_key: publicKey });
  await app.send(operator, 'POST', `/v1/attestation-issuer-keys/${body.id}/trust`);
  return privateKey;
}

/** A file, its salt, and the signed statement about it. */
export async function fileFrom(key: PrivateKeyJwk, file: string, change: Partial<AttestationStatement> = {}) {
  const salt = newSalt();
  const { commitment, commitmentSm3 } = commit(digestsOf(file), salt);
  const statement: AttestationStatement = {
    version: 'szdex-att-v1',
    issuer: ISSUER,
    schema: 'credit-report/v1',
    commitment,
    commitment_sm3: commitmentSm3,
    valid_from: '2026-01-01T00:00:00.000Z',
    valid_to: '2027-01-01T00:00:00.000Z',
    status_ref: statusRefOf(ISSUER, commitment),
    supersedes: null,
    ...change,
  };
  return { file, salt, commitment, registration: { signed: await signStatement(statement, key), holder_id: HOLDER } };
}

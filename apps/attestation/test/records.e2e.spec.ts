import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import {
  AgreementConcludedV1,
  AgreementConcludedV2,
  AgreementEndedV1,
  CreditNoteIssuedV1,
  InvoiceIssuedV1,
  InvoiceVoidedV1,
  PayoutInstructedV1,
  PayoutSettledV1,
  PeriodClosedV1,
  RecordSealedV1,
  ReleaseExpiredV1,
  ReleaseIssuedV1,
  ReleaseResumedV1,
  ReleaseRevokedV1,
  ReleaseSuspendedV1,
  UsageCorrectedV1,
  UsagePeriodClosedV1,
  UsageStatementSignedV1,
  type EventDefinition,
} from '@hetao/events';
import { canonicalJson, newId } from '@hetao/kernel';
import { commit, digestsOf, openCheckpoint, openReceipt, verifyInclusion, type Receipt } from '@hetao/proofs';
import type { TestCaller } from '@hetao/testing';
import { eventually } from '@hetao/testing';
import { LogRepository } from '../src/log/log.repository.js';
import { SealLog } from '../src/log/seal-log.use-cases.js';
import { RecordRepository, type NewRecord } from '../src/record/record.repository.js';
import type { RecordDto } from '../src/record/record.dto.js';
import {
  fileFrom,
  holder,
  issuer,
  operator,
  RECEIVER,
  startAttestation,
  trustedKey,
  type RunningAttestation,
} from './running-attestation.js';

const RECORDS = '/v1/attestation-records';
/** In the order in which they happen: later events of a release or payout name no parties of their own. */
const LOGGED: readonly EventDefinition<never>[] = [
  AgreementConcludedV1,
  AgreementConcludedV2,
  AgreementEndedV1,
  ReleaseIssuedV1,
  ReleaseSuspendedV1,
  ReleaseResumedV1,
  ReleaseRevokedV1,
  ReleaseExpiredV1,
  UsagePeriodClosedV1,
  UsageStatementSignedV1,
  UsageCorrectedV1,
  InvoiceIssuedV1,
  CreditNoteIssuedV1,
  InvoiceVoidedV1,
  PayoutInstructedV1,
  PayoutSettledV1,
  PeriodClosedV1,
] as unknown as readonly EventDefinition<never>[];

let app: RunningAttestation;
let data: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
beforeAll(async () => {
  app = await startAttestation();
  const fixtures = await Promise.all(
    LOGGED.map(async ({ type }) => JSON.parse(await readFile(`libs/events/fixtures/${type}.json`, 'utf8')) as never),
  );
  data = new Map(LOGGED.map(({ type }, i) => [type, fixtures[i] ?? {}]));
  for (const event of LOGGED) await app.publish(event, data.get(event.type) as never);
  await eventually(async () => expect(await announced()).toHaveLength(LOGGED.length), { withinMs: 25_000 });
});
afterAll(() => app.stop());

/** What was told to the other services. */
async function announced(): Promise<RecordSealedV1[]> {
  const { rows } = await app.service.database.withClient((client) =>
    client.query<{ data: unknown }>('SELECT data FROM outbox WHERE type = $1 ORDER BY seq', [RecordSealedV1.type]),
  );
  return rows.map((row) => RecordSealedV1.parse(row.data));
}

async function records(as: TestCaller, query = ''): Promise<readonly RecordDto[]> {
  const { body } = await app.send(as, 'GET', `${RECORDS}?limit=100${query}`);
  return body.data as unknown as readonly RecordDto[];
}
const party = (id: unknown): TestCaller => ({ personas: ['merchant'], organisationId: String(id) });
const factOf = (event: { readonly type: string }, field: string): unknown => data.get(event.type)?.[field];

async function receiptFor(as: TestCaller, id: string): Promise<Receipt> {
  return (await app.send(as, 'GET', `${RECORDS}/${id}/receipt`)).body as unknown as Receipt;
}

describe('what other services state', () => {
  it('is in the log once each, and each of them is told where, with a proof that holds', async () => {
    const told = await announced();
    expect(told.map(({ record }) => record).sort()).toEqual(LOGGED.map(({ type }) => type).sort());
    for (const one of told) {
      const opened = await openCheckpoint(one.checkpoint, { logs: [app.logKey] });
      expect(opened).toMatchObject({ ok: true, value: { size: one.treeSize, root: one.rootHash } });
      const { leafHash, leafIndex: index, treeSize: size, inclusionPath: path, rootHash: root } = one;
      expect(verifyInclusion({ leafHash, index, size, path, root })).toBe(true);
      const { body } = await app.send(operator, 'GET', `${RECORDS}/${one.recordId}`);
      expect(body).toMatchObject({ record: one.record, subject: one.recordSubject, leaf_hash: leafHash });
      expect(body.leaf_index).toBe(index);
    }
  });

  it('is a salted commitment that its parties, and they alone, can open', async () => {
    const merchant = party(factOf(AgreementConcludedV1, 'merchantId'));
    const agreementId = String(factOf(AgreementConcludedV1, 'agreementId'));
    const [row] = await records(merchant, `&subject=${agreementId}`);
    expect(row?.record).toBe(AgreementConcludedV1.type);
    const receipt = await receiptFor(merchant, String(row?.id));
    const opened = await openReceipt(receipt, { logs: [app.logKey] });
    const document = canonicalJson(AgreementConcludedV1.parse(data.get(AgreementConcludedV1.type)));
    const { commitment } = commit(digestsOf(document), String(row?.salt));
    expect(opened).toMatchObject({ ok: true, value: { entry: { record: AgreementConcludedV1.type, commitment } } });
    const entry = JSON.parse(receipt.entry) as Record<string, unknown>;
    expect(Object.keys(entry).sort()).toEqual(['at', 'commitment', 'commitment_sm3', 'kind', 'record']);
    // The exchange sees that there is a record, and nothing by which it could be opened or guessed at.
    const overseen = await records(operator, `&subject=${agreementId}`);
    expect(overseen.map(({ record }) => record)).toContain(AgreementConcludedV1.type);
    expect(overseen.every(({ salt }) => salt === null)).toBe(true);
    expect(await records(party(newId('org')))).toEqual([]);
    expect((await app.send(party(newId('org')), 'GET', `${RECORDS}/${String(row?.id)}`)).status).toBe(404);
    expect((await app.send(party(newId('org')), 'GET', `${RECORDS}/${String(row?.id)}/receipt`)).status).toBe(404);
  });

  it('belongs to the exchange where no party is named', async () => {
    const period = String(factOf(PeriodClosedV1, 'period'));
    const [row] = await records(operator, `&subject=${period}`);
    expect(row).toMatchObject({ record: PeriodClosedV1.type, salt: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it.each([
    [
      ReleaseIssuedV1,
      'releaseId',
      'exporterId',
      [ReleaseIssuedV1, ReleaseSuspendedV1, ReleaseResumedV1, ReleaseRevokedV1],
    ],
    [
      ReleaseIssuedV1,
      'releaseId',
      'recipientId',
      [ReleaseIssuedV1, ReleaseSuspendedV1, ReleaseResumedV1, ReleaseRevokedV1],
    ],
    [PayoutInstructedV1, 'payoutId', 'beneficiaryId', [PayoutInstructedV1, PayoutSettledV1]],
    [AgreementConcludedV1, 'agreementId', 'buyerId', [AgreementConcludedV1, AgreementEndedV1]],
  ] as const)('%# keeps its parties when later events about it name none', async (first, subject, who, all) => {
    const rows = await records(party(factOf(first, who)), `&subject=${String(factOf(first, subject))}`);
    expect(rows.map(({ record }) => record)).toEqual(expect.arrayContaining(all.map(({ type }) => type)));
    expect(rows.every(({ salt }) => salt !== null)).toBe(true);
  });

  it('goes in once when its delivery is repeated', async () => {
    const before = (await announced()).length;
    const record = recordOf(1);
    for (let i = 0; i < 3; i += 1) await commitAll([record]);
    await app.service.app.get(SealLog).execute();
    expect((await announced()).slice(before).map(({ recordId }) => recordId)).toEqual([record.id]);
  });
});

const recordOf = (n: number): NewRecord => ({
  id: newId('evt'),
  record: 'hetao.test.flood.v1',
  subject: newId('agr'),
  parties: [],
  document: { n },
  at: app.clock.now(),
  announced: true,
});
const commitAll = (documents: readonly NewRecord[]): Promise<void> =>
  app.service.uow.run((tx) => app.service.app.get(RecordRepository).commit(tx, documents));

describe('announcements', () => {
  it('are made for other services only: who registers, consents or verifies has his answer already', async () => {
    const before = (await announced()).length;
    const made = await fileFrom(await trustedKey(app), 'quiet');
    const { body } = await app.send(issuer, 'POST', '/v1/attestations', made.registration);
    const valid_until = '2026-06-01T00:00:00Z';
    const terms = { attestation_id: body.id, receiver_id: RECEIVER, purpose: 'kyc', valid_until };
    const consent = await app.send(holder, 'POST', '/v1/attestation-consents', terms);
    expect((await receiptFor(holder, consent.body.id)).format).toBe('hetao-receipt-v1');
    expect(await announced()).toHaveLength(before);
  });

  it('of a flood make smaller checkpoints, and lose none; what stands between them keeps its place', async () => {
    const before = (await announced()).length;
    const flood = Array.from({ length: 130 }, (_, n) => recordOf(n));
    const quiet = Array.from({ length: 40 }, (_, n) => `quiet-${n}`);
    await app.service.uow.run(async (tx) => {
      const log = app.service.app.get(LogRepository);
      await app.service.app.get(RecordRepository).commit(tx, flood.slice(0, 60));
      await log.enqueueBytes(
        tx,
        quiet,
        quiet.map((text) => new TextEncoder().encode(text)),
      );
      await app.service.app.get(RecordRepository).commit(tx, flood.slice(60));
    });
    await app.service.app.get(SealLog).execute();
    const told = (await announced()).slice(before);
    expect(told.map(({ recordId }) => recordId)).toEqual(flood.map(({ id }) => id));
    const perCheckpoint = Map.groupBy(told, ({ treeSize }) => treeSize);
    expect([...perCheckpoint.values()].map((list) => list.length)).toEqual([100, 30]);
    for (const { leafHash, leafIndex: index, treeSize: size, inclusionPath: path, rootHash: root } of told)
      expect(verifyInclusion({ leafHash, index, size, path, root })).toBe(true);
  });

  it('commit with the checkpoint or not at all', async () => {
    const before = await announced();
    await commitAll([recordOf(1), recordOf(2)]);
    const seal = app.service.app.get(SealLog);
    await Promise.all(Array.from({ length: 4 }, () => seal.execute()));
    const told = (await announced()).slice(before.length);
    expect(new Set(told.map(({ recordId }) => recordId)).size).toBe(2);
    expect(told).toHaveLength(2);
  });
});

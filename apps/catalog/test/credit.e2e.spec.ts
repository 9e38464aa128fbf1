import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AccessAnsweredV1,
  AccessRequestedV1,
  AgreementConcludedV1,
  AgreementConcludedV2,
  AgreementEndedV1,
  CreditNoteIssuedV1,
  DisputeClosedV1,
  DisputeOpenedV1,
  InvoiceIssuedV1,
  InvoicePaidV1,
  type EventDefinition,
} from '@hetao/events';
import { newId } from '@hetao/kernel';
import { eventually } from '@hetao/testing';
import { startCatalog, type RunningCatalog } from './running-catalog.js';
import { operator, registration } from './sample-bodies.js';

let catalog: RunningCatalog;
let merchantId: string;
let buyerId: string;
const buyer = () => ({ personas: ['buyer' as const], organisationId: buyerId, subject: 'usr_buyer' });

async function approved(change: object): Promise<string> {
  const { body } = await catalog.send(operator, 'POST', '/v1/participants', { json: registration(change) });
  await catalog.send(operator, 'POST', `/v1/participants/${body.id}/approve`);
  return body.id;
}
beforeAll(async () => {
  catalog = await startCatalog();
  merchantId = await approved({});
  buyerId = await approved({ roles: ['buyer'], bank_account: null });
});
afterAll(() => catalog.stop());

/** The published event as its fixture has it, between these two. */
const stated = <T>(event: EventDefinition<T>, change: object = {}): T => {
  const path = new URL(`../../../libs/events/fixtures/${event.type}.json`, import.meta.url);
  return { ...(JSON.parse(readFileSync(path, 'utf8')) as T), merchantId, buyerId, ...change };
};
const state = <T>(event: EventDefinition<T>, change: object = {}) =>
  catalog.service.uow.run((tx) => Promise.resolve(tx.append(event, stated(event, change))));
const record = async (id: string) =>
  (await catalog.send(buyer(), 'GET', `/v1/participants/${id}/credit`)).body as unknown as Record<string, unknown>;
const opened = async (id: string, kind: string, query = '') => {
  const { status, body } = await catalog.send(
    buyer(),
    'GET',
    `/v1/participants/${id}/credit/entries?kind=${kind}${query}`,
  );
  return { status, ...(body as unknown as { code?: string; data: readonly object[]; next_cursor: string }) };
};
const comesTo = (id: string, expected: object) =>
  eventually(async () => expect(await record(id)).toMatchObject(expected));

describe('a credit record', () => {
  it('measures how soon access is answered, and opens to every request', async () => {
    const requestedAt = '2026-02-01T00:00:00.000Z';
    const answers = [
      ['agreed', '2026-02-01T01:00:00.000Z'],
      ['countered', '2026-02-01T03:00:00.000Z'],
      ['declined', '2026-02-03T00:00:00.000Z'],
      ['withdrawn', '2026-02-01T00:10:00.000Z'],
      ['expired', '2026-03-01T00:00:00.000Z'],
    ] as const;
    await state(AccessRequestedV1, { requestId: newId('req'), requestedAt: '2026-02-20T00:00:00.000Z' });
    for (const [answer, answeredAt] of answers) {
      const requestId = newId('req');
      await state(AccessRequestedV1, { requestId, requestedAt });
      await state(AccessAnsweredV1, { requestId, requestedAt, answer, answeredAt });
    }
    await comesTo(merchantId, {
      ...{ access_requests: 6, access_requests_expired: 1 },
      answers_to_access_requests: { count: 3, median_seconds: 3 * 3600 },
    });
    const first = await opened(merchantId, 'access_request', '&limit=4');
    const rest = await opened(merchantId, 'access_request', `&limit=4&cursor=${first.next_cursor}`);
    const rows = [...first.data, ...rest.data] as { outcome: string | null; seconds: number | null }[];
    expect(rows[0]).toMatchObject({ outcome: null, seconds: null, at: '2026-02-20T00:00:00.000Z' });
    expect(rows.map(({ outcome, seconds }) => `${outcome} ${seconds}`).sort()).toEqual(
      ['agreed 3600', 'countered 10800', 'declined 172800', 'expired null', 'null null', 'withdrawn null'].sort(),
    );
    expect(await record(buyerId)).toMatchObject({ access_requests: 0 });
  });

  it('tells of disputes who opened them, who faced them and who lost by the ruling', async () => {
    const disputes = [newId('adp'), newId('adp'), newId('adp'), newId('adp')];
    const [upheld, rejected, settled, open] = disputes;
    for (const disputeId of disputes) {
      await state(DisputeOpenedV1, { disputeId, openedBy: disputeId === rejected ? 'merchant' : 'buyer' });
    }
    await state(DisputeClosedV1, { disputeId: upheld, outcome: 'upheld' });
    await state(DisputeClosedV1, { disputeId: rejected, outcome: 'rejected' });
    await state(DisputeClosedV1, { disputeId: settled, outcome: 'settled' });
    // One that was opened before anybody counted is nobody's.
    await state(DisputeClosedV1, { disputeId: newId('adp'), outcome: 'upheld' });
    await comesTo(merchantId, { disputes_opened: 1, disputes_faced: 3, disputes_lost: 2 });
    await comesTo(buyerId, { disputes_opened: 3, disputes_faced: 1, disputes_lost: 0 });
    await eventually(async () =>
      expect((await opened(merchantId, 'dispute_faced')).data).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ reference: upheld, outcome: 'upheld' }),
          expect.objectContaining({ reference: settled, outcome: 'settled' }),
          expect.objectContaining({ reference: open, outcome: null }),
        ]),
      ),
    );
    expect((await opened(merchantId, 'dispute_lost')).data).toHaveLength(2);
  });

  it('counts agreements once whatever version tells of them, what was broken off, invoices and credit notes', async () => {
    const [agreementId, other] = [newId('agr'), newId('agr')];
    await state(AgreementConcludedV2, { agreementId });
    await state(AgreementConcludedV1, { agreementId });
    await state(AgreementConcludedV2, { agreementId: other });
    await state(AgreementEndedV1, { agreementId: other, reason: 'terminated' });
    await state(AgreementEndedV1, { agreementId, reason: 'expired' });
    const [prompt, late] = [newId('inv'), newId('inv')];
    for (const invoiceId of [prompt, late]) await state(InvoiceIssuedV1, { invoiceId });
    await state(InvoicePaidV1, { invoiceId: prompt });
    await state(InvoicePaidV1, { invoiceId: late, paidAt: '2015-07-02T00:00:00.000Z' });
    await state(CreditNoteIssuedV1);
    await comesTo(merchantId, { agreements: 2, terminated: 1, credit_notes: 1, invoices_paid_late: 0 });
    await comesTo(buyerId, { agreements: 2, terminated: 1, invoices_paid_in_time: 1, invoices_paid_late: 1 });
    expect((await opened(buyerId, 'paid_late')).data).toMatchObject([{ reference: late }]);
    expect((await opened(buyerId, 'agreement')).data).toHaveLength(2);
    expect((await opened(merchantId, 'terminated')).data).toMatchObject([{ reference: other, seconds: null }]);
  });

  it('is of participants there are, and opens to numbers it has', async () => {
    expect((await opened(newId('org'), 'agreement')).code).toBe('PARTICIPANT_UNKNOWN');
    expect((await opened(merchantId, 'reputation')).status).toBe(422);
    const stale = await opened(merchantId, 'agreement', '&limit=1');
    expect((await opened(buyerId, 'agreement', `&cursor=${stale.next_cursor}`)).status).toBe(422);
  });
});

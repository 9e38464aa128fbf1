import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from '@jest/globals';
import { eventually } from '@hetao/testing';
import { ExchangeProblem } from '../../../../tools/exchange/api.js';
import { simplestFacts } from '../../../../tools/exchange/clear.js';
import {
  clearTcm,
  declarationOf,
  gatherCast,
  geneProduct,
  licenseTo,
  tcmAnswers,
  tcmProduct,
  type ClearingCast,
} from './clearing-story.js';

const WITHIN_MS = 180_000;

/** The hospital's own service: answers at once, or begins an answer that never ends. */
function startHospital(): Promise<Server> {
  const server = createServer((request, response) => {
    response.write('{"pattern":"qi deficiency"}');
    if (!request.url?.startsWith('/stream')) response.end();
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

/** What customs is for, from the product page to the stopped delivery: the same over every transport. */
export function clearingContract(urlOf: () => string): void {
  it(
    'clears the TCM records for a university by the right pathway, and stops the delivery when the release is revoked',
    async () => {
      const cast = await gatherCast(urlOf());
      const { productId, agreement } = await licenseTo(cast, tcmProduct, 'research');
      await saysHowFarItIs(cast, productId);
      expect(agreement).toMatchObject({ status: 'concluded', release: { origin: 'CN', destination: 'HK' } });
      const hospital = await startHospital();
      try {
        await connect(cast, productId, hospital);
        expect((await deliver(cast, agreement.id)).status).toBe(404);
        const releaseId = await clearTcm(cast, agreement.id, 3);
        // What passes through the door is counted there, so that count is the one to be billed.
        const billed = { agreement_id: agreement.id, record_side: 'gateway' };
        await eventually(() => cast.officer.put('/v1/usage/variance/record-side', billed));
        expect(await declarationOf(cast, agreement.id)).toMatchObject({
          ...{ status: 'released', pathway: 'SC_OR_CERT', rule: 'M-8-2' },
        });
        const answer = await eventually(async () => {
          const delivered = await deliver(cast, agreement.id);
          expect([delivered.status, await delivered.text()]).toEqual([200, '{"pattern":"qi deficiency"}']);
          return delivered;
        });
        expect(answer.headers.get('hetao-call')).toMatch(/^dlv_/);
        await isCounted(cast, agreement.id);
        await stopsWhenRevoked(cast, agreement.id, releaseId);
      } finally {
        hospital.closeAllConnections();
        hospital.close();
      }
    },
    WITHIN_MS,
  );

  it(
    'blocks the sale of a gene dataset, with its article',
    async () => {
      const cast = await gatherCast(urlOf());
      const { agreement } = await licenseTo(cast, geneProduct, 'product-sale');
      const { id } = await declarationOf(cast, agreement.id);
      const path = `/v1/customs/declarations/${id}`;
      const facts = { ...simplestFacts, ...tcmAnswers.facts, 'tx.purpose': 'data_product_sale', 'd.hgr': 'info' };
      await cast.exporter.patch(path, { facts });
      const finding = await cast.exporter.get<{
        pathway: { id: string };
        rule: { id: string };
        citations: { id: string; text: { en: string } }[];
      }>(`${path}/finding`);
      expect(finding.pathway.id).toBe('BLOCKED');
      expect(finding.rule.id).toBe('STOP-05');
      expect(finding.citations.map(({ id: article }) => article)).toContain('HGR-10');
      await cast.exporter.post(`${path}/check`);
      const submitted = cast.exporter.post(`${path}/submit`);
      await expect(submitted).rejects.toThrow(ExchangeProblem);
      expect((await cast.buyer.get<{ status: string }>(`/v1/agreements/${agreement.id}`)).status).toBe('concluded');
    },
    WITHIN_MS,
  );
}

/** Asked without a name, as the product page does. */
async function saysHowFarItIs({ url }: ClearingCast, productId: string): Promise<void> {
  await eventually(async () => {
    const answer = await fetch(
      `${url}/v1/customs/products/${productId}/export-readiness?buyer_place=HK&purpose=research`,
    );
    expect([answer.status, await answer.json()]).toEqual([
      200,
      expect.objectContaining({ buyer_place: 'HK', working_days: expect.objectContaining({}) as unknown }),
    ]);
  });
}

async function connect({ exporter }: ClearingCast, productId: string, hospital: Server): Promise<void> {
  const { port } = hospital.address() as AddressInfo;
  const endpoint = { url: `http://127.0.0.1:${port}`, secret: { header: 'x-api-key', value: 'ward' } };
  await eventually(() => exporter.put(`/v1/delivery-endpoints/${productId}`, endpoint));
}

function deliver({ url, buyerKey }: ClearingCast, agreementId: string, path = '/records'): Promise<Response> {
  return fetch(`${url}/v1/deliveries/${agreementId}${path}`, { headers: { authorization: `Bearer ${buyerKey}` } });
}

/** The gateway's own count reaches metering. */
async function isCounted(cast: ClearingCast, agreementId: string): Promise<void> {
  const period = new Date().toISOString().slice(0, 7);
  await eventually(async () => {
    const summary = await cast.officer.get<{ totals: { meter: string; quantity: string }[] }>(
      `/v1/usage/summary?agreement_id=${agreementId}&period=${period}`,
    );
    expect(summary.totals).toContainEqual(expect.objectContaining({ meter: 'calls', quantity: '1' }));
  });
}

async function stopsWhenRevoked(cast: ClearingCast, agreementId: string, releaseId = ''): Promise<void> {
  const streaming = await deliver(cast, agreementId, '/stream');
  const reader = streaming.body?.getReader();
  expect((await reader?.read())?.done).toBe(false);
  const cut = reader?.read().then(
    () => 'ended',
    () => 'cut',
  );
  const revokedAt = performance.now();
  await cast.officer.post(`/v1/customs/releases/${releaseId}/revoke`, { reason: 'The recipient moved.' });
  expect(await cut).toBe('cut');
  expect(performance.now() - revokedAt).toBeLessThan(1_000);
  const refused = await deliver(cast, agreementId);
  expect([refused.status, await refused.json()]).toEqual([
    403,
    expect.objectContaining({ code: 'RELEASE_NOT_IN_FORCE' }),
  ]);
}

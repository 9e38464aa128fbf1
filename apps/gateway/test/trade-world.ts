import type { FastifyInstance } from 'fastify';
import { verifyCaller } from '@hetao/runtime';
import { testCallerKeys } from '@hetao/testing';

const name = { en: 'TCM <formulas>', 'zh-Hans': '中医方剂', 'zh-Hant': '中醫方劑' };
const org = { en: 'Lingnan Herbs', 'zh-Hans': '岭南本草', 'zh-Hant': '嶺南本草' };
const money = (amount: string) => ({ amount, currency: 'CNY' });
const five = {
  usage: { amount: money('1234.50') },
  rated: { amount: money('1234.50') },
  invoiced: { amount: money('1234.50') },
};

/** A trade that can be made to move on. */
export const world = { products: 1, invoiced: true };

/** The services' answers about it, as far as the first page reads them. */
export function tradeRoutes(app: FastifyInstance): void {
  const list = (data: unknown[]) => ({ data, next_cursor: null, has_more: false });
  const products = () =>
    Array.from({ length: world.products }, (_, index) => ({
      id: `prd_${index}`,
      merchant_id: 'org_1',
      name,
      kind: 'dataset',
      status: 'listed',
    }));
  app.get('/v1/participants', async () =>
    list([
      {
        id: 'org_1',
        name: org,
        jurisdiction: 'CN',
        roles: ['merchant'],
        status: 'approved',
        registered_at: '2026-11-01T00:00:00Z',
        bank_account: { iban: 'SECRET-IBAN' },
      },
    ]),
  );
  app.get('/v1/products', async () => list(products()));
  app.get('/v1/agreements', async () =>
    list([
      {
        id: 'agr_01jz8r8t2vf3q0w9c5m7n4x6ka',
        product_id: 'prd_0',
        merchant_id: 'org_1',
        buyer_id: 'org_2',
        status: 'in_force',
        effective_until: '2027-01-01T00:00:00Z',
      },
    ]),
  );
  app.get('/v1/usage/summary', async () => ({
    agreement_id: 'agr_01jz8r8t2vf3q0w9c5m7n4x6ka',
    period: '2026-10',
    state: 'closed',
    totals: [
      { meter: 'calls', quantity: '10000', events: 10000 },
      { meter: 'bytes', quantity: '2747282505', events: 10000 },
    ],
  }));
  app.get('/v1/invoices', async () =>
    list(
      world.invoiced
        ? [
            {
              id: 'inv_1',
              number: 'HX-2026-000001',
              period: '2026-10',
              buyer_id: 'org_2',
              buyer_name: null,
              gross: money('1234.50'),
              status: 'paid',
              due_date: '2026-12-01',
            },
          ]
        : [],
    ),
  );
  app.get('/v1/payouts', async () => list([]));
  app.get('/v1/settlement/periods/:period/equation', async (request, reply) => {
    const { publicKeys } = await testCallerKeys();
    const caller = await verifyCaller(String(request.headers['x-hetao-caller']), publicKeys);
    if (!caller.personas.includes('auditor')) return reply.status(403).send({ code: 'PERSONA_NOT_ALLOWED' });
    const { period } = request.params as { period: string };
    return {
      period,
      status: 'closed',
      balanced: true,
      meters: [{ meter: 'calls', usage: '10000', rated: '10000' }],
      currencies: [
        {
          currency: 'CNY',
          balanced: true,
          ...five,
          split: { amount: money('1234.50') },
          settled: {
            amount: money('1234.50'),
            merchants: money('1000.00'),
            channels: money('100.00'),
            fee: money('64.50'),
            tax: money('70.00'),
          },
        },
      ],
    };
  });
}

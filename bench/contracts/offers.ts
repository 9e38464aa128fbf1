import type pg from 'pg';
import { newId } from '@hetao/kernel';

const POLICY = { purposes: ['research'], placesOfUse: ['HK'], onwardUse: false, retentionDays: null };
const PLAN = {
  currency: 'CNY',
  components: [{ kind: 'per_unit', id: 'calls', meter: 'calls', unitPrice: '0.05', per: '1' }],
  fee: { exchangeBps: 500, channelBps: 0 },
  tax: { jurisdiction: 'CN', rateBps: 600, mode: 'exclusive' },
};

/** What an offer of these says on the wire. */
export const RULES = {
  permission: [
    {
      action: 'use',
      constraint: [
        { leftOperand: 'odrl:purpose', operator: 'eq', rightOperand: 'research' },
        { leftOperand: 'odrl:spatial', operator: 'eq', rightOperand: 'HK' },
      ],
    },
  ],
  prohibition: [{ action: 'odrl:distribute' }, { action: 'odrl:transfer' }],
};

/** Puts so many products on sale, one offer each. @returns product and offer ids in the order of the products. */
export async function putOnSale(
  pool: pg.Pool,
  merchantId: string,
  count: number,
): Promise<readonly { readonly productId: string; readonly offerId: string }[]> {
  const goods = Array.from({ length: count }, () => ({ productId: newId('prd'), offerId: newId('off') }));
  await pool.query(
    `INSERT INTO directory_products (id, merchant_id, listed, changed_at, name, kind, version, listing_as_of)
     SELECT id, $2, true, now(), jsonb_build_object('en', 'Data ' || n, 'zh-Hans', '数据 ' || n, 'zh-Hant', '數據 ' || n),
       'dataset', 1, now() FROM unnest($1::text[]) WITH ORDINALITY AS t (id, n)`,
    [goods.map(({ productId }) => productId), merchantId],
  );
  await pool.query(
    `INSERT INTO offers (id, product_id, product_version, merchant_id, plan, policy, valid_until, term_from, term_until,
       status, published_at)
     SELECT id, product_id, 1, $3, $4, $5, '2100-01-01', now() - interval '1 minute', now() + interval '1 year', 'published', now()
     FROM unnest($1::text[], $2::text[]) AS t (id, product_id)`,
    [
      ...[goods.map(({ offerId }) => offerId), goods.map(({ productId }) => productId), merchantId],
      ...[JSON.stringify(PLAN), JSON.stringify(POLICY)],
    ],
  );
  return goods;
}

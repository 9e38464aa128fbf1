import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AgreementAwaitsReleaseV1,
  AgreementConcludedV1,
  AgreementConcludedV2,
  EntitlementGrantedV1,
  UsagePeriodClosedV1,
  UsagePeriodCompletedV1,
} from '@hetao/events';
import { formatMoney } from '@hetao/kernel';
import { rateAny, termOf, type CreditLot, type PriceComponentV2, type PricePlanV2 } from '@hetao/rating';
import type { Page } from '@hetao/runtime';
import { eventually } from '@hetao/testing';
import type { ExplanationDto } from '../src/explanation/explanation.dto.js';
import type { InvoiceDetailDto, InvoiceDto } from '../src/invoice/invoice.dto.js';
import type { EquationDto, PeriodStatusDto } from '../src/period/equation.dto.js';
import { agreementOf, id, settlementFixture, usageOf, type SettlementFixture } from './settlement-fixture.js';

/** Agreements of the second form as contracts tells them: the second version, and the first only where it can say the price. */
const ZONE = 'Asia/Shanghai';
const MONTHS = ['2015-05', '2015-06'] as const;
const NEXT_MONTH = { '2015-05': '2015-06-01T00:00:05.000Z', '2015-06': '2015-07-01T00:00:05.000Z' } as const;

interface Form {
  readonly components: PriceComponentV2[];
  readonly trial?: PricePlanV2['trial'];
  /** Calls of May and June. */
  readonly calls: readonly [string, string];
  /** From when it is in force, where that is not its first day. */
  readonly from?: string;
}
const calls = { kind: 'per_unit', id: 'calls', meter: 'calls', unitPrice: '0.0123', per: '1' } as const;
const forms: Readonly<Record<string, Form>> = {
  prepaid: {
    components: [calls, { kind: 'prepaid', id: 'credit', price: '90', credit: '100', grant: 'once', validPeriods: 2 }],
    calls: ['5000', '7001'],
  },
  package: {
    components: [{ kind: 'package', id: 'packs', meter: 'calls', size: '1000', price: '20', included: '500' }],
    calls: ['1501', '500'],
  },
  minimum: {
    components: [calls, { kind: 'minimum', id: 'least', amount: '310', prorate: true }],
    calls: ['10', '99999'],
    from: '2015-05-14T16:00:00.000Z',
  },
  trial: {
    components: [{ kind: 'flat', id: 'access', amount: '500', prorate: true }, calls],
    trial: { periods: 1 },
    calls: ['2000', '2000'],
  },
  // Concluded in April, released on 21 June.
  released: {
    components: [{ kind: 'flat', id: 'access', amount: '300', prorate: true }, calls],
    trial: { periods: 1 },
    calls: ['0', '0'],
  },
};
const names = Object.keys(forms);
const GRANTED = '2015-06-20T16:00:00.000Z';

const planOf = ({ components, trial = null }: Form): PricePlanV2 => {
  const { fee, tax } = agreementOf({ name: 'x', merchant: 'm', buyer: 'b' }).plan;
  return { version: 2, currency: 'CNY', components, trial, fee, parties: [], withholding: null, tax };
};
const dealOf = (name: string) => ({ name, merchant: 'lingnan', buyer: 'harbour' });
const agreementIdOf = (name: string): string => id('agr', name);

let exchange: SettlementFixture;

/** One transaction: that it waits for a release, then the second version first; the first version tells a price of its own, which must not count. */
async function conclude(name: string, form: Form): Promise<void> {
  const { plan: known, ...agreement } = agreementOf(dealOf(name));
  const dated = { ...agreement, effectiveFrom: form.from ?? agreement.effectiveFrom };
  await exchange.service.uow.run((tx) => {
    if (name === 'released') {
      const { agreementId, productId, merchantId, buyerId, documentHash, effectiveFrom, effectiveUntil } = dated;
      tx.append(AgreementAwaitsReleaseV1, {
        ...{ agreementId, productId, merchantId, buyerId, documentHash, effectiveFrom, effectiveUntil },
        ...{ origin: 'CN', destination: 'HK', purpose: 'research', signedAt: dated.concludedAt },
      });
    }
    tx.append(AgreementConcludedV2, { ...dated, plan: planOf(form), timeZone: ZONE });
    if (name !== 'package') tx.append(AgreementConcludedV1, { ...dated, plan: known });
    return Promise.resolve();
  });
}

async function tell(period: (typeof MONTHS)[number]): Promise<void> {
  await exchange.publishAll(
    UsagePeriodClosedV1,
    names.map((name) => {
      const quantity = forms[name]?.calls[MONTHS.indexOf(period)] ?? '0';
      return { ...usageOf({ ...dealOf(name), period }), totals: [{ meter: 'calls', quantity, events: 1 }] };
    }),
  );
  await exchange.publish(UsagePeriodCompletedV1, {
    ...{ period, timeZone: ZONE, agreements: names.length, closedAt: NEXT_MONTH[period] },
  });
  await exchange.drained();
}

const statusOf = async (period: string): Promise<PeriodStatusDto> =>
  (await exchange.get<PeriodStatusDto>(`/v1/settlement/periods/${period}`)).body;
const invoiceOf = async (name: string, period: string): Promise<InvoiceDetailDto> => {
  const { body } = await exchange.get<Page<InvoiceDto>>(`/v1/invoices?period=${period}&limit=100`);
  const found = body.data.find(({ agreement_id }) => agreement_id === agreementIdOf(name));
  return (await exchange.get<InvoiceDetailDto>(`/v1/invoices/${found?.id ?? ''}`)).body;
};

/** The months of a form by the pure package alone, as anybody can work them out: net of each, in major units. */
function byHand(name: string, inForceFrom?: string): readonly string[] {
  const form = forms[name];
  if (form === undefined) throw new Error(name);
  const { effectiveFrom, effectiveUntil } = agreementOf(dealOf(name));
  const from = new Date(inForceFrom ?? form.from ?? effectiveFrom);
  let credits: readonly CreditLot[] = [];
  let rated = 0;
  return MONTHS.map((period, at) => {
    if (Date.parse(NEXT_MONTH[period]) < from.getTime()) return '0.00';
    const term = { ...termOf(period, { from, until: new Date(effectiveUntil) }, ZONE), firstRated: rated === 0 };
    const usage = { period, totals: [{ meter: 'calls', quantity: form.calls[at] ?? '0' }] };
    const result = rateAny(planOf(form), usage, { term, credits });
    credits = result.credits;
    rated += 1;
    return formatMoney(result.net);
  });
}

beforeAll(async () => {
  exchange = await settlementFixture('2015-07-10T08:00:00Z');
  for (const [name, form] of Object.entries(forms)) await conclude(name, form);
  await tell('2015-05');
});
afterAll(() => exchange.stop());

describe('agreements of the second form', () => {
  it('wait with their month while their release is awaited, and no longer', async () => {
    const usage = (await statusOf('2015-05')).checklist.find(({ code }) => code === 'USAGE_INCOMPLETE');
    expect(usage).toMatchObject({ ok: false, ids: [agreementIdOf('released')] });
    const { agreementId, productId, merchantId, buyerId, effectiveFrom, effectiveUntil } = agreementOf(
      dealOf('released'),
    );
    await exchange.publish(EntitlementGrantedV1, {
      ...{
        entitlementId: id('ent', 'released'),
        agreementId,
        productId,
        merchantId,
        buyerId,
        meters: ['calls'],
        quota: null,
      },
      ...{ purposes: ['research'], validFrom: effectiveFrom, validUntil: effectiveUntil, grantedAt: GRANTED },
    });
    await eventually(async () => {
      const { checklist } = await statusOf('2015-05');
      expect(checklist.find(({ code }) => code === 'USAGE_INCOMPLETE')?.ok).toBe(true);
    });
    await tell('2015-06');
  });

  it('are charged as the pure package works it out, month by month', async () => {
    for (const period of MONTHS)
      expect((await exchange.post(`/v1/settlement/periods/${period}/invoice`)).status).toBe(200);
    for (const name of names) {
      const months = await Promise.all(MONTHS.map((period) => invoiceOf(name, period)));
      const expected = byHand(name, name === 'released' ? GRANTED : undefined);
      expect([name, months.map(({ net }) => net.amount)]).toEqual([name, expected]);
    }
    // 0.0123 each: 61.50 of 100 in May, the other 38.50 of 86.11 in June.
    expect(byHand('prepaid')).toEqual(['90.00', '47.61']);
    expect(byHand('package')).toEqual(['40.00', '0.00']);
    // 310 x 17/31 days; beyond it by use in June.
    expect(byHand('minimum')).toEqual(['170.00', '1229.99']);
    expect(byHand('trial')).toEqual(['0.00', '524.60']);
  });

  it('that waited for a release are charged from its day, and a trial begins then', async () => {
    expect(byHand('released', GRANTED)).toEqual(['0.00', '0.00']);
    const [may, june] = await Promise.all(MONTHS.map((period) => invoiceOf('released', period)));
    expect(may?.lines.filter(({ kind }) => kind === 'charge')).toEqual([]);
    // 300 x 10/30 days, taken back by the trial, whose first month this is.
    expect(june?.lines.filter(({ kind }) => kind === 'charge').map(({ amount }) => amount.amount)).toEqual([
      ...['100.00', '0.00', '-100.00'],
    ]);
  });

  it('are explained line by line, and counted again to the same', async () => {
    for (const name of names) {
      const { id: invoiceId, lines } = await invoiceOf(name, '2015-06');
      for (const { line_no: no } of lines) {
        const { body } = await exchange.get<ExplanationDto>(`/v1/invoices/${invoiceId}/lines/${no}/explanation`);
        expect([name, no, body.recomputed.agrees]).toEqual([name, no, true]);
      }
    }
    for (const period of MONTHS) {
      const { body } = await exchange.get<EquationDto>(`/v1/settlement/periods/${period}/equation`);
      expect(body.currencies.map(({ usage, invoiced }) => [usage.amount, invoiced.amount])).toEqual(
        body.currencies.map(({ rated }) => [rated.amount, rated.amount]),
      );
    }
  });
});

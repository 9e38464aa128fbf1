import type { Currency } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import type { AnyPricePlan, TaxTerms } from '@hetao/rating';
import { Injectable } from '@nestjs/common';
import { clearingKinds, type AccountKind } from '../ledger/ledger.js';
import type { Sample } from './close-checklist.js';
import type { CurrencyFigures, Division, Term } from './equation.js';
import { contextFrom, type StoredContext } from '../rating/rating-context.js';
import { Recounting, type ChargedAdjustment, type MeterUnits, type Recount } from './recount.js';

/** The figures of one currency, and the documents each term is made of. */
export interface DrilledFigures extends CurrencyFigures {
  readonly madeOf: Readonly<Record<Term, Sample>>;
}

export interface PeriodFigures {
  readonly currencies: readonly DrilledFigures[];
  readonly meters: readonly MeterUnits[];
}

/** Most ids a term shows; the lists by period show all. */
const MAX_IDS = 1_000;
const PAGE = 1_000;
const NONE: Sample = { count: 0, ids: [] };

/** Reads the figures of a period, each from its own source. Give it a transaction that sees one moment. */
@Injectable()
export class FiguresQueries {
  async read(tx: Tx, period: string): Promise<PeriodFigures> {
    const recount = await recountOf(tx, period);
    const invoiced = byCurrency(await tx.query<InvoicedRow>(INVOICED, [period, MAX_IDS]));
    const credited = byCurrency(await tx.query<CreditedRow>(CREDITED, [period]));
    const split = byCurrency(await tx.query<DividedRow>(SPLIT, [period, MAX_IDS]));
    const paidOut = byCurrency(await tx.query<DividedRow>(PAID_OUT, [period, MAX_IDS]));
    const ledger = await tx.query<LedgerRow>(LEDGER, [period]);
    const currencies = new Set<Currency>([
      ...recount.currencies.map(({ currency }) => currency),
      ...[...invoiced.keys(), ...credited.keys(), ...split.keys(), ...paidOut.keys()],
      ...ledger.map(({ currency }) => currency),
    ]);
    const sources = { recount, invoiced, credited, split, paidOut, ledger };
    return {
      currencies: [...currencies].sort().map((currency) => figuresOf(currency, sources)),
      meters: recount.meters,
    };
  }
}

interface InvoicedRow {
  readonly currency: Currency;
  readonly net: string;
  readonly tax: string;
  readonly count: string;
  readonly ids: string[];
}

interface CreditedRow {
  readonly currency: Currency;
  readonly net: string;
  readonly tax: string;
}

interface DividedRow {
  readonly currency: Currency;
  readonly merchant: string;
  readonly channel: string;
  readonly fee: string;
  readonly tax: string;
  readonly count: string;
  readonly ids: string[];
}

interface LedgerRow {
  readonly kind: AccountKind;
  readonly currency: Currency;
  readonly balance: string;
}

interface Sources {
  readonly recount: Recount;
  readonly invoiced: ReadonlyMap<Currency, InvoicedRow>;
  readonly credited: ReadonlyMap<Currency, CreditedRow>;
  readonly split: ReadonlyMap<Currency, DividedRow>;
  readonly paidOut: ReadonlyMap<Currency, DividedRow>;
  readonly ledger: readonly LedgerRow[];
}

const INVOICED = `
  SELECT currency, sum(net_minor) AS net, sum(tax_minor) AS tax, count(*) AS count,
         (array_agg(invoice_id ORDER BY year, year_no))[1:$2] AS ids
    FROM invoices WHERE period = $1 AND state NOT IN ('draft', 'void') GROUP BY currency`;

const CREDITED = `SELECT currency, net_minor AS net, tax_minor AS tax FROM period_credits WHERE period = $1`;

/** What the parties gained and gave back in the period; withholding is a tax that the exchange passes on. */
const SPLIT = `
  SELECT m.currency, coalesce(sum(m.delta_minor) FILTER (WHERE split_part(m.share, ':', 1) IN ('merchant', 'source', 'body')), 0) AS merchant,
         coalesce(sum(m.delta_minor) FILTER (WHERE m.share = 'channel'), 0) AS channel,
         coalesce(sum(m.delta_minor) FILTER (WHERE m.share = 'exchange'), 0) AS fee,
         coalesce(sum(m.delta_minor) FILTER (WHERE m.share IN ('tax', 'withholding')), 0) AS tax,
         count(DISTINCT m.invoice_id) AS count, (array_agg(DISTINCT m.invoice_id))[1:$2] AS ids
    FROM invoice_split_moves m WHERE m.period = $1 GROUP BY m.currency`;

/**
 * Fee and tax stay with the exchange; the ledger says how much of them there is. What came back after the month was closed is
 * owed again outside of its books.
 */
const PAID_OUT = `
  SELECT currency, coalesce(sum(amount_minor) FILTER (WHERE share <> 'channel'), 0) AS merchant,
         coalesce(sum(amount_minor) FILTER (WHERE share = 'channel'), 0) AS channel, 0 AS fee, 0 AS tax,
         count(*) AS count, (array_agg(payout_id ORDER BY payout_id))[1:$2] AS ids
    FROM payouts p JOIN settlement_periods s USING (period)
   WHERE period = $1 AND (state = 'settled' OR (state = 'returned' AND p.ended_at >= s.closed_at)) GROUP BY currency`;

const LEDGER = `
  SELECT a.kind, a.currency, sum(e.amount_minor)::bigint AS balance
    FROM ledger_period_entries e JOIN ledger_accounts a USING (account_no)
   WHERE e.period = $1 GROUP BY a.kind, a.currency`;

const RATED = `
  SELECT u.agreement_id, CASE WHEN u.in_force THEN u.totals ELSE '[]' END AS totals, a.plan, u.rating_context,
         (SELECT i.tax FROM invoices i WHERE i.agreement_id = u.agreement_id AND i.period = u.period AND i.state NOT IN ('draft', 'void')) AS tax,
         (SELECT coalesce(json_agg(json_build_object('chargeId', c.charge_id, 'meter', c.meter,
                          'quantity', c.quantity::text, 'amountMinor', c.amount_minor::text) ORDER BY c.line_no), '[]')
            FROM charges c WHERE c.agreement_id = u.agreement_id AND c.period = u.period) AS charges,
         (SELECT coalesce(json_agg(json_build_object('originalPeriod', j.original_period, 'before', j.before, 'after', j.after,
                          'inCount', j.in_count, 'context', j.rating_context)), '[]')
            FROM usage_adjustments j WHERE j.agreement_id = u.agreement_id AND j.adjustment_period = u.period
             AND j.state = 'charged') AS adjustments
    FROM usage_periods u JOIN agreements a USING (agreement_id)
   WHERE u.period = $1 AND u.state = 'rated' AND u.agreement_id > $2
   ORDER BY u.agreement_id LIMIT $3`;

interface RatedRow {
  readonly agreement_id: string;
  readonly totals: readonly { meter: string; quantity: string }[];
  readonly plan: AnyPricePlan;
  readonly rating_context: StoredContext | null;
  /** As it stands on the invoice: what is exported bears none. */
  readonly tax: TaxTerms | null;
  readonly charges: readonly { chargeId: string; meter: string | null; quantity: string; amountMinor: string }[];
  readonly adjustments: readonly (Omit<ChargedAdjustment, 'context'> & { readonly context: StoredContext | null })[];
}

async function recountOf(tx: Tx, period: string): Promise<Recount> {
  const recounting = new Recounting();
  for (let last = ''; ;) {
    const rows = await tx.query<RatedRow>(RATED, [period, last, PAGE]);
    for (const { agreement_id, totals, plan, rating_context: context, tax, charges, adjustments } of rows) {
      const kept = charges.map((charge) => ({ ...charge, amountMinor: BigInt(charge.amountMinor) }));
      const again = { agreementId: agreement_id, totals, plan, tax: tax ?? plan.tax, charges: kept };
      const corrected = adjustments.map((one) => ({ ...one, context: contextFrom(one.context) }));
      recounting.add({ ...again, context: contextFrom(context), adjustments: corrected }, period);
    }
    const end = rows.at(-1);
    if (end === undefined || rows.length < PAGE) return recounting.result();
    last = end.agreement_id;
  }
}

function figuresOf(currency: Currency, sources: Sources): DrilledFigures {
  const counted = sources.recount.currencies.find((one) => one.currency === currency);
  const invoiced = sources.invoiced.get(currency);
  const credited = sources.credited.get(currency);
  const split = sources.split.get(currency);
  const paidOut = sources.paidOut.get(currency);
  const none = { net: 0n, tax: 0n };
  const held = (kind: AccountKind): bigint =>
    BigInt(sources.ledger.find((row) => row.kind === kind && row.currency === currency)?.balance ?? 0);
  return {
    currency,
    usage: counted?.usage ?? none,
    rated: counted?.rated ?? none,
    invoiced: invoiced === undefined ? none : { net: BigInt(invoiced.net), tax: BigInt(invoiced.tax) },
    credited: credited === undefined ? none : { net: BigInt(credited.net), tax: BigInt(credited.tax) },
    split: divisionOf(split),
    settled: settledOf(divisionOf(paidOut), held),
    clearing: new Map(clearingKinds.map((kind) => [kind, held(kind)])),
    madeOf: {
      usage: sampleOf(counted?.agreementIds),
      rated: sampleOf(counted?.chargeIds),
      invoiced: invoiced === undefined ? NONE : { count: Number(invoiced.count), ids: invoiced.ids },
      split: split === undefined ? NONE : { count: Number(split.count), ids: split.ids },
      settled: paidOut === undefined ? NONE : { count: Number(paidOut.count), ids: paidOut.ids },
    },
  };
}

/**
 * A credit balance is what we hold for others or earned; it counts positive. What waits for a party is settled as far as
 * the period goes, and so is what a party owes back.
 */
function settledOf(paidOut: Division, held: (kind: AccountKind) => bigint): Division {
  return {
    merchant: paidOut.merchant - held('payable:deferred') - held('receivable:party'),
    channel: paidOut.channel,
    fee: -held('revenue:exchange_fee'),
    tax: -held('tax_payable') - held('withholding_payable'),
  };
}

function divisionOf(row: DividedRow | undefined) {
  if (row === undefined) return { merchant: 0n, channel: 0n, fee: 0n, tax: 0n };
  return { merchant: BigInt(row.merchant), channel: BigInt(row.channel), fee: BigInt(row.fee), tax: BigInt(row.tax) };
}

function sampleOf(ids: readonly string[] = []): Sample {
  return { count: ids.length, ids: ids.slice(0, MAX_IDS) };
}

function byCurrency<R extends { readonly currency: Currency }>(rows: readonly R[]): ReadonlyMap<Currency, R> {
  return new Map(rows.map((row) => [row.currency, row]));
}

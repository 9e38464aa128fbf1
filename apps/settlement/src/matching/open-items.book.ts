import type { Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import { InvoiceBook } from '../invoice/invoice.book.js';
import { isPayable, outstandingMinor, type Invoice } from '../invoice/invoice.js';
import { PayoutBook } from '../payout/payout.book.js';
import type { Payout } from '../payout/payout.js';
import { RefundBook, type Refund } from '../payout/refund.book.js';
import { partyKeys, referencesOf, type MatchableLine, type OpenItem } from './matching.js';

/** Everything some lines may settle, held for this transaction. */
export interface Candidates {
  /** What the lines' references name, by every reference. */
  readonly named: ReadonlyMap<string, OpenItem>;
  readonly invoices: ReadonlyMap<string, Invoice>;
  readonly payouts: ReadonlyMap<string, Payout>;
  /** Open items nobody named, for suggestions; not held. */
  readonly pool: readonly OpenItem[];
}

/** Suggestions are for people: more candidates than this help nobody. */
const MAX_POOL = 500;

/** Finds and holds what bank lines may settle. */
@Injectable()
export class OpenItems {
  readonly #invoices: InvoiceBook;
  readonly #payouts: PayoutBook;
  readonly #refunds: RefundBook;

  constructor(invoices: InvoiceBook, payouts: PayoutBook, refunds: RefundBook) {
    this.#invoices = invoices;
    this.#payouts = payouts;
    this.#refunds = refunds;
  }

  async load(tx: Tx, lines: readonly MatchableLine[]): Promise<Candidates> {
    const references = new Map(lines.map((line) => [line, namesOf(line)]));
    const all = [...new Set([...references.values()].flat())];
    const named = new Map<string, OpenItem>();
    const invoices = await this.#invoices.lockByReference(tx, all);
    const booksOf = await this.#invoices.openBooks(
      tx,
      invoices.map(({ period }) => period),
    );
    for (const invoice of invoices) {
      const item = { ...invoiceItem(invoice), period: booksOf(invoice.period) };
      named.set(invoice.invoiceId, item).set(invoice.number, item);
    }
    const payouts = await this.#payouts.lockByReference(tx, all);
    for (const payout of payouts) named.set(payout.payoutId, payoutItem(payout));
    for (const refund of await this.#refunds.lockByReference(tx, all)) named.set(refund.refundId, refundItem(refund));
    const nameless = lines.filter((line) => !(references.get(line) ?? []).some((one) => named.has(one)));
    return {
      named,
      invoices: new Map(invoices.map((invoice) => [invoice.invoiceId, invoice])),
      payouts: new Map(payouts.map((payout) => [payout.payoutId, payout])),
      pool: [...(await poolOf(tx, nameless)), ...new Set(named.values())],
    };
  }
}

function namesOf(line: MatchableLine): readonly string[] {
  const { endToEndId, remittance } = referencesOf(line);
  return [...endToEndId, ...remittance];
}

function invoiceItem(invoice: Invoice): OpenItem {
  const { invoiceId, number, period, currency } = invoice;
  const open = isPayable(invoice);
  // What is paid is compared as a whole, so that a second payment of it is told from a short one.
  const amountMinor = open ? outstandingMinor(invoice) : invoice.grossMinor;
  return { kind: 'invoice', id: invoiceId, name: number, period, amountMinor, currency, open };
}

function payoutItem({ payoutId, period, amountMinor, currency, state }: Payout): OpenItem {
  const open = state === 'instructed';
  return { kind: 'payout', id: payoutId, name: payoutId, period, amountMinor, currency, open };
}

function refundItem({ refundId, amountMinor, currency, state }: Refund): OpenItem {
  const open = state === 'instructed';
  return { kind: 'refund', id: refundId, name: refundId, period: null, amountMinor, currency, open };
}

const POOL = `
  SELECT 'invoice' AS kind, i.invoice_id AS id, i.number AS name, i.period, i.currency,
         i.gross_minor - i.credited_minor - i.paid_minor AS amount, b.bank_account, b.name AS party
    FROM invoices i LEFT JOIN participants b ON b.participant_id = i.buyer_id
   WHERE i.state IN ('issued', 'part_paid') AND i.number IS NOT NULL AND (
         (i.currency, i.gross_minor - i.credited_minor - i.paid_minor) IN (SELECT * FROM unnest($1::text[], $2::bigint[]))
      OR regexp_replace(upper(coalesce(b.bank_account->>'iban', b.bank_account->>'accountNumber')), '[\\s-]', '', 'g') = ANY($3))
  UNION ALL
  SELECT 'payout', p.payout_id, p.payout_id, p.period, p.currency, p.amount_minor, p.bank_account, NULL
    FROM payouts p WHERE p.state = 'instructed' AND (p.currency, p.amount_minor) IN (SELECT * FROM unnest($4::text[], $5::bigint[]))
  ORDER BY id LIMIT ${MAX_POOL}`;

interface PoolRow {
  readonly kind: 'invoice' | 'payout';
  readonly id: string;
  readonly name: string;
  readonly period: string;
  readonly currency: string;
  readonly amount: string;
  readonly bank_account: { readonly iban?: string; readonly accountNumber?: string } | null;
  readonly party: Readonly<Record<string, string>> | null;
}

async function poolOf(tx: Tx, lines: readonly MatchableLine[]): Promise<readonly OpenItem[]> {
  if (lines.length === 0) return [];
  const of = (side: MatchableLine['side']) => lines.filter((line) => line.side === side);
  const amounts = (some: readonly MatchableLine[]) => [
    some.map(({ currency }) => currency),
    some.map(({ amountMinor }) => amountMinor.toString()),
  ];
  const accounts = of('credit').flatMap(({ parties = [] }) =>
    parties.flatMap((party) => (party.startsWith('account ') ? [party.slice('account '.length)] : [])),
  );
  const rows = await tx.query<PoolRow>(POOL, [...amounts(of('credit')), accounts, ...amounts(of('debit'))]);
  return rows.map(({ kind, id, name, period, currency, amount, bank_account: account, party }) => ({
    ...{ kind, id, name, period, currency, open: true },
    amountMinor: BigInt(amount),
    parties: [
      ...partyKeys(account?.iban ?? account?.accountNumber, null),
      ...Object.values(party ?? {}).flatMap((called) => partyKeys(null, called)),
    ],
  }));
}

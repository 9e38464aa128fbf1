import type { Tx } from '@hetao/persistence';
import type { ShareKey } from '@hetao/rating';
import { Injectable } from '@nestjs/common';
import type { Invoice } from './invoice.js';
import type { SettledInvoice } from './invoice.settling.js';
import { noHoldings, type AccountMove, type Holdings } from './party-accounts.js';
import { keepDebts, lockDebts } from './share-debts.repository.js';
import { splitRuleOf } from './shares.js';

/** A payment of an invoice as kept. */
export interface KeptPayment {
  readonly paymentId: string;
  readonly invoiceId: string;
  readonly statementLineId: string;
  readonly amountMinor: bigint;
  readonly effectiveAt: Date;
}

/** Why shares moved, and in whose books. */
export interface MoveCause {
  readonly kind: 'payment' | 'payment_reversal' | 'credit_note';
  readonly id: string;
  readonly period: string;
  readonly at: Date;
}

/** What became of the shares of one invoice, and why. */
export interface MovedShares {
  readonly invoice: Invoice;
  readonly moves: readonly AccountMove[];
  readonly cause: MoveCause;
}

/** Payments of invoices, and how they are divided: the present state and every move that led to it. */
@Injectable()
export class SettlingRepository {
  /**
   * What the parties of invoices hold. Where one owes something back, its debts are held for this transaction, so that
   * a payment and a payout never clear the same one.
   */
  async holdings(tx: Tx, invoiceIds: readonly string[]): Promise<(invoiceId: string) => Holdings> {
    if (invoiceIds.length === 0) return () => noHoldings;
    await lockDebts(tx, { invoiceIds });
    const rows = await tx.query<{ invoice_id: string; share: ShareKey; held: string; out: string; owed: string }>(
      `SELECT s.invoice_id, s.share, s.amount_minor AS held, coalesce(p.amount_minor, 0) AS out,
              coalesce(d.amount_minor, 0) AS owed
         FROM invoice_splits s
         LEFT JOIN LATERAL (SELECT amount_minor FROM paid_out_shares p
                             WHERE p.invoice_id = s.invoice_id AND p.share = s.share) p ON true
         LEFT JOIN LATERAL (SELECT amount_minor FROM open_share_debts d
                             WHERE d.invoice_id = s.invoice_id AND d.share = s.share) d ON true
        WHERE s.invoice_id = ANY($1)`,
      [invoiceIds],
    );
    const found = Map.groupBy(rows, ({ invoice_id: invoiceId }) => invoiceId);
    return (invoiceId) => {
      const shares = found.get(invoiceId) ?? [];
      const by = (pick: (row: (typeof rows)[number]) => string): ReadonlyMap<ShareKey, bigint> =>
        new Map(shares.map((row) => [row.share, BigInt(pick(row))]));
      return { held: by(({ held }) => held), paidOut: by(({ out }) => out), owedBack: by(({ owed }) => owed) };
    };
  }

  async addPayments(tx: Tx, payments: readonly KeptPayment[]): Promise<void> {
    await tx.execute(
      `INSERT INTO invoice_payments (payment_id, invoice_id, statement_line_id, amount_minor, effective_at)
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::timestamptz[])`,
      [
        payments.map(({ paymentId }) => paymentId),
        payments.map(({ invoiceId }) => invoiceId),
        payments.map(({ statementLineId }) => statementLineId),
        payments.map(({ amountMinor }) => amountMinor.toString()),
        payments.map(({ effectiveAt }) => effectiveAt),
      ],
    );
  }

  /** Ends the payment a bank line made, if it stands. */
  async endPayment(tx: Tx, invoiceId: string, statementLineId: string, now: Date): Promise<KeptPayment | undefined> {
    const [row] = await tx.query<{ payment_id: string; amount_minor: string; effective_at: Date }>(
      `UPDATE invoice_payments SET reversed_at = $3
        WHERE invoice_id = $1 AND statement_line_id = $2 AND reversed_at IS NULL
        RETURNING payment_id, amount_minor, effective_at`,
      [invoiceId, statementLineId, now],
    );
    if (row === undefined) return undefined;
    return {
      paymentId: row.payment_id,
      invoiceId,
      statementLineId,
      amountMinor: BigInt(row.amount_minor),
      effectiveAt: row.effective_at,
    };
  }

  /** The new amounts and state of invoices. */
  async update(tx: Tx, settled: readonly SettledInvoice[]): Promise<void> {
    const of = <T>(pick: (one: SettledInvoice['invoice']) => T): T[] => settled.map(({ invoice }) => pick(invoice));
    await tx.execute(
      `UPDATE invoices SET state = p.state, paid_at = p.paid_at, paid_minor = p.paid, credited_minor = p.credited,
                           credited_net_minor = p.credited_net
         FROM unnest($1::text[], $2::text[], $3::timestamptz[], $4::bigint[], $5::bigint[], $6::bigint[])
              AS p(invoice_id, state, paid_at, paid, credited, credited_net)
        WHERE invoices.invoice_id = p.invoice_id`,
      [
        of(({ invoiceId }) => invoiceId),
        of(({ state }) => state),
        of(({ paidAt }) => paidAt),
        of(({ paidMinor }) => paidMinor.toString()),
        of(({ creditedMinor }) => creditedMinor.toString()),
        of(({ creditedNetMinor }) => creditedNetMinor.toString()),
      ],
    );
  }

  /** Which of the invoices were paid before, or have parties that owe something back: the others hold nothing yet. */
  async begun(tx: Tx, invoices: readonly Invoice[]): Promise<readonly string[]> {
    const owing = await tx.query<{ invoice_id: string }>(
      'SELECT DISTINCT invoice_id FROM share_debt_moves WHERE invoice_id = ANY($1)',
      [invoices.map(({ invoiceId }) => invoiceId)],
    );
    const paid = invoices.filter(({ paidMinor }) => paidMinor > 0n).map(({ invoiceId }) => invoiceId);
    return [...new Set([...paid, ...owing.map(({ invoice_id: invoiceId }) => invoiceId)])];
  }

  /** Keeps every move, what each party holds after it, and what it owes back. One array per column: a statement may pay many invoices. */
  async move(tx: Tx, moved: readonly MovedShares[]): Promise<void> {
    const rows = moved.flatMap(({ invoice, moves, cause }) =>
      moves.map((one) => ({ ...one, cause, invoice, rule: splitRuleOf(invoice) })),
    );
    if (rows.length === 0) return;
    await keepDebts(
      tx,
      moved.map(({ invoice, moves, cause }) => ({ invoice, moves, causeId: cause.id, at: cause.at })),
    );
    const columns = [
      rows.map(({ invoice }) => invoice.invoiceId),
      rows.map(({ share }) => share),
      rows.map(({ owner }) => owner),
      rows.map(({ deltaMinor }) => deltaMinor.toString()),
      rows.map(({ invoice }) => invoice.currency),
      rows.map(({ rule }) => rule),
    ];
    await tx.execute(
      `INSERT INTO invoice_splits (invoice_id, share, owner, amount_minor, currency, rule_version)
       SELECT invoice_id, share, owner, 0, currency, rule
         FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) AS m(invoice_id, share, owner, currency, rule)
       ON CONFLICT (invoice_id, share) DO NOTHING`,
      [columns[0], columns[1], columns[2], columns[4], columns[5]],
    );
    await tx.execute(
      `UPDATE invoice_splits s SET amount_minor = s.amount_minor + m.delta
         FROM (SELECT invoice_id, share, sum(delta) AS delta
                 FROM unnest($1::text[], $2::text[], $3::bigint[]) AS m(invoice_id, share, delta) GROUP BY 1, 2) m
        WHERE s.invoice_id = m.invoice_id AND s.share = m.share`,
      [columns[0], columns[1], columns[3]],
    );
    await tx.execute(
      `INSERT INTO invoice_split_moves (invoice_id, share, owner, delta_minor, currency, rule_version, cause_kind, cause_id,
                                        period, moved_at)
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::text[],
                            $9::text[], $10::timestamptz[])`,
      [
        ...columns,
        rows.map(({ cause }) => cause.kind),
        rows.map(({ cause }) => cause.id),
        rows.map(({ cause }) => cause.period),
        rows.map(({ cause }) => cause.at),
      ],
    );
  }

  /**
   * Where what is written now belongs, by the period it is about: that period while it is open, else the first open one;
   * where none is open, the month after the last, which nobody has begun yet.
   */
  async openPeriods(tx: Tx, periods: readonly string[]): Promise<(period: string) => string> {
    const rows = await tx.query<{ wanted: string; period: string | null }>(
      `SELECT w.period AS wanted, coalesce(
                (SELECT s.period FROM settlement_periods s WHERE s.closed_at IS NULL ORDER BY s.period <> w.period, s.period LIMIT 1),
                (SELECT to_char(to_date(max(s.period), 'YYYY-MM') + interval '1 month', 'YYYY-MM') FROM settlement_periods s)) AS period
         FROM unnest($1::text[]) AS w(period)`,
      [[...new Set(periods)]],
    );
    const found = new Map(rows.map(({ wanted, period }) => [wanted, period ?? wanted]));
    return (period) => found.get(period) ?? period;
  }
}

import { deterministicId, type Currency } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import type { Valuation } from './translation.repository.js';

/** Something the exchange holds in a foreign currency when a period ends, and what it is in the books for. */
export interface OpenPosition {
  /** The invoice, or `trading:<currency>`. */
  readonly documentId: string;
  readonly currency: Currency;
  /** Above zero when the exchange holds it, below when it owes it. */
  readonly exposureMinor: bigint;
  /** In the functional currency, at the rates it came in by. */
  readonly bookMinor: bigint;
  readonly fromSnapshot: string | null;
}

/**
 * What is open at an instant: the exchange's own part (fee and taxes) of invoices not paid yet, and what stands on the
 * trading accounts after currencies were exchanged for parties.
 */
export async function openPositions(tx: Tx, before: Date, { functional }: Valuation): Promise<readonly OpenPosition[]> {
  const invoices = await tx.query<PositionRow>(
    `SELECT i.invoice_id AS document_id, i.currency, r.snapshot_id,
            round((i.gross_minor - i.credited_minor - i.paid_minor)
                  * (i.tax_minor + i.net_minor * (i.fee->>'exchangeBps')::numeric / 10000) / i.gross_minor) AS exposure,
            round(r.functional_minor * (i.gross_minor - i.credited_minor - i.paid_minor)::numeric / i.gross_minor
                  * (i.tax_minor + i.net_minor * (i.fee->>'exchangeBps')::numeric / 10000) / i.gross_minor) AS book
       FROM invoices i JOIN document_rates r ON r.document_id = i.invoice_id AND r.purpose = 'issue'
      WHERE i.state IN ('issued', 'part_paid') AND i.currency <> $1 AND i.issued_at < $2 AND i.gross_minor > 0
      ORDER BY i.invoice_id`,
    [functional, before],
  );
  const trading = await tx.query<PositionRow>(
    `SELECT 'trading:' || currency AS document_id, currency, NULL AS snapshot_id, sum(exposure) AS exposure, sum(book) AS book
       FROM (SELECT sold_currency AS currency, sold_minor AS exposure, bought_minor AS book FROM fx_conversions
              WHERE bought_currency = $1 AND converted_at < $2
             UNION ALL
             SELECT bought_currency, -bought_minor, -sold_minor FROM fx_conversions
              WHERE sold_currency = $1 AND converted_at < $2) c
      GROUP BY currency HAVING sum(exposure) <> 0 ORDER BY currency`,
    [functional, before],
  );
  return [...invoices, ...trading].map((row) => ({
    documentId: row.document_id,
    currency: row.currency,
    exposureMinor: BigInt(row.exposure),
    bookMinor: BigInt(row.book),
    fromSnapshot: row.snapshot_id,
  }));
}

/** The id of a period's valuation of a position: valuing it twice is valuing it once. */
export function valuationId(documentId: string, period: string): string {
  return deterministicId('fxg', 'closing', documentId, period);
}

interface PositionRow {
  readonly document_id: string;
  readonly currency: Currency;
  readonly exposure: string;
  readonly book: string;
  readonly snapshot_id: string | null;
}

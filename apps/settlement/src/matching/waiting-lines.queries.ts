import type { Tx } from '@hetao/persistence';
import type { MatchableLine } from './matching.js';

interface StoredLine {
  readonly line_id: string;
  readonly side: 'credit' | 'debit';
  readonly amount_minor: string;
  readonly currency: string;
  readonly reversal: boolean;
  readonly end_to_end_id: string | null;
  readonly remittance: string;
}

/** Lines of earlier statements that wait as exceptions about one of the items, held for this transaction, oldest first. */
export async function waitingFor(
  tx: Tx,
  itemIds: readonly string[],
  but: ReadonlySet<string>,
): Promise<readonly MatchableLine[]> {
  const rows = await tx.query<StoredLine>(
    `SELECT l.line_id, l.side, l.amount_minor, l.currency, l.reversal, l.end_to_end_id, l.remittance
       FROM match_exceptions x JOIN bank_statement_lines l USING (line_id)
      WHERE x.item_id = ANY($1) AND x.resolved_at IS NULL AND x.reason IN ('UNDERPAID', 'AMBIGUOUS_REFERENCE')
        AND NOT l.line_id = ANY($2)
      ORDER BY l.booking_date, l.line_id LIMIT 10000 FOR UPDATE OF l`,
    [[...new Set(itemIds)], [...but]],
  );
  return rows.map((row) => ({
    lineId: row.line_id,
    side: row.side,
    amountMinor: BigInt(row.amount_minor),
    currency: row.currency,
    reversal: row.reversal,
    endToEndId: row.end_to_end_id,
    remittance: row.remittance,
  }));
}

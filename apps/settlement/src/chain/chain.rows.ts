import type { LedgerRow, LedgerSegment } from '@hetao/proofs';

const MICROSECONDS = `'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'`;
const utc = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', ${MICROSECONDS})`;

/** Journal transactions as they are hashed, text for text: what a row says must not depend on who reads it. */
export const ROW_COLUMNS = `
  t.transaction_no, t.transaction_id, t.idempotency_key, encode(t.payload_hash, 'hex') AS payload_hash, t.rules,
  t.movement, t.period, t.reference_kind, t.reference_id, ${utc('t.effective_at')} AS effective_text,
  ${utc('t.recorded_at')} AS recorded_text,
  (SELECT json_agg(json_build_array(a.account_id, a.owner, a.kind, a.currency, e.leg, e.version, e.amount_minor::text,
                                    e.balance_minor::text) ORDER BY e.leg)
     FROM ledger_entries e JOIN ledger_accounts a USING (account_no)
    WHERE e.transaction_no = t.transaction_no) AS entries_json`;

export const SEGMENT_COLUMNS = `
  segment_no, first_sequence, last_sequence, encode(rows_root, 'hex') AS rows_root, encode(last_row, 'hex') AS last_row,
  encode(previous, 'hex') AS previous, encode(hash, 'hex') AS hash, encode(root, 'hex') AS root,
  ${utc('sealed_at')} AS sealed_text`;

export interface StoredRow {
  readonly transaction_no: string;
  readonly transaction_id: string;
  readonly idempotency_key: string;
  readonly payload_hash: string;
  readonly rules: string;
  readonly movement: string;
  readonly period: string | null;
  readonly reference_kind: string;
  readonly reference_id: string;
  readonly effective_text: string;
  readonly recorded_text: string;
  readonly entries_json: readonly [string, string, string, string, number, number, string, string][];
}

export interface StoredSegment {
  readonly segment_no: string;
  readonly first_sequence: string;
  readonly last_sequence: string;
  readonly rows_root: string;
  readonly last_row: string;
  readonly previous: string;
  readonly hash: string;
  readonly root: string;
  readonly sealed_text: string;
}

export function toLedgerRow(row: StoredRow): LedgerRow {
  return {
    transaction_id: row.transaction_id,
    idempotency_key: row.idempotency_key,
    payload_hash: row.payload_hash,
    rules: row.rules,
    movement: row.movement,
    period: row.period,
    reference: { kind: row.reference_kind, id: row.reference_id },
    effective_at: row.effective_text,
    recorded_at: row.recorded_text,
    entries: row.entries_json.map(([account_id, owner, kind, currency, leg, version, amount_minor, balance_minor]) => ({
      account_id,
      owner,
      kind,
      currency,
      leg,
      version,
      amount_minor,
      balance_minor,
    })),
  };
}

export function toSegment(row: StoredSegment): LedgerSegment {
  return {
    no: Number(row.segment_no),
    first_sequence: Number(row.first_sequence),
    last_sequence: Number(row.last_sequence),
    rows_root: row.rows_root,
    last_row: row.last_row,
    previous: row.previous,
    sealed_at: row.sealed_text,
  };
}

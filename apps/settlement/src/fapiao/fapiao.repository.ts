import type { Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import type { Fapiao, FapiaoState } from './fapiao.js';

/** A fapiao as pg returns it. */
export interface StoredFapiao {
  readonly fapiao_id: string;
  readonly invoice_id: string;
  readonly kind: Fapiao['kind'];
  readonly title: string;
  readonly taxpayer_no: string | null;
  readonly amount_minor: string;
  readonly state: FapiaoState;
  readonly number: string | null;
  readonly evidence_hash: string | null;
  readonly issued_on: string | null;
  readonly red_number: string | null;
  readonly red_evidence_hash: string | null;
  readonly red_on: string | null;
  readonly failure: string | null;
  readonly requested_at: Date;
}

export const fapiaoColumns = `f.fapiao_id, f.invoice_id, f.kind, f.title, f.taxpayer_no, f.amount_minor, f.state, f.number,
  f.evidence_hash, f.issued_on::text AS issued_on, f.red_number, f.red_evidence_hash, f.red_on::text AS red_on, f.failure,
  f.requested_at`;

export function fapiaoOf(row: StoredFapiao): Fapiao {
  return {
    fapiaoId: row.fapiao_id,
    invoiceId: row.invoice_id,
    kind: row.kind,
    title: row.title,
    taxpayerNo: row.taxpayer_no,
    amountMinor: BigInt(row.amount_minor),
    state: row.state,
    issued: evidence(row.number, row.evidence_hash, row.issued_on),
    red: evidence(row.red_number, row.red_evidence_hash, row.red_on),
    failure: row.failure,
    requestedAt: row.requested_at,
  };
}

function evidence(number: string | null, evidenceHash: string | null, date: string | null): Fapiao['issued'] {
  return number === null || evidenceHash === null || date === null ? null : { number, evidenceHash, date };
}

/** Fapiao of invoices: documents of the tax platform, of which we keep what proves them. */
@Injectable()
export class FapiaoRepository {
  /** Fen of an invoice that fapiao stand for or are asked for: all but failed and taken back ones. */
  async standingMinor(tx: Tx, invoiceId: string): Promise<bigint> {
    const [row] = await tx.query<{ total: string }>(
      `SELECT coalesce(sum(amount_minor), 0) AS total FROM fapiao WHERE invoice_id = $1 AND state NOT IN ('failed', 'red_flushed')`,
      [invoiceId],
    );
    return BigInt(row?.total ?? 0);
  }

  async add(tx: Tx, fapiao: Fapiao, by: string): Promise<void> {
    await tx.execute(
      `INSERT INTO fapiao (fapiao_id, invoice_id, kind, title, taxpayer_no, amount_minor, state, requested_at, requested_by)
       VALUES ($1, $2, $3, $4, $5, $6, 'requested', $7, $8)`,
      [
        fapiao.fapiaoId,
        fapiao.invoiceId,
        fapiao.kind,
        fapiao.title,
        fapiao.taxpayerNo,
        fapiao.amountMinor.toString(),
        fapiao.requestedAt,
        by,
      ],
    );
  }

  async lock(tx: Tx, fapiaoId: string): Promise<Fapiao | undefined> {
    const [row] = await tx.query<StoredFapiao>(
      `SELECT ${fapiaoColumns} FROM fapiao f WHERE f.fapiao_id = $1 FOR UPDATE`,
      [fapiaoId],
    );
    return row === undefined ? undefined : fapiaoOf(row);
  }

  /** True when another fapiao has the number, as its own or its red-letter one. */
  async numberTaken(tx: Tx, number: string, fapiaoId: string): Promise<boolean> {
    const rows = await tx.query('SELECT 1 FROM fapiao WHERE (number = $1 OR red_number = $1) AND fapiao_id <> $2', [
      number,
      fapiaoId,
    ]);
    return rows.length > 0;
  }

  async save(tx: Tx, { fapiaoId, state, issued, red, failure }: Fapiao): Promise<void> {
    await tx.execute(
      `UPDATE fapiao SET state = $2, number = $3, evidence_hash = $4, issued_on = $5, red_number = $6, red_evidence_hash = $7,
                         red_on = $8, failure = $9 WHERE fapiao_id = $1`,
      [
        fapiaoId,
        state,
        issued?.number ?? null,
        issued?.evidenceHash ?? null,
        issued?.date ?? null,
        red?.number ?? null,
        red?.evidenceHash ?? null,
        red?.date ?? null,
        failure,
      ],
    );
  }
}

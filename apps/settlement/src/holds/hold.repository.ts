import { createHash } from 'node:crypto';
import type { Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import { accountId, movementRules, postingPayload, signedMinor, type Leg } from '../ledger/ledger.js';
import { accountsOf } from '../ledger/ledger.batch.js';
import type { Hold, HoldState, Reservation } from './hold.js';

/** How a hold ends. */
export interface Resolution {
  readonly outcome: 'posted' | 'voided' | 'expired';
  readonly transactionId: string | null;
  readonly reason: string | null;
  readonly by: string;
  readonly at: Date;
}

/** Holds, as the ledger keeps them: rows that are only ever added. */
@Injectable()
export class HoldRepository {
  /** Writes a reservation. @returns whether it was written; false when its key is known. */
  async add(tx: Tx, hold: { readonly id: string; readonly at: Date } & Reservation): Promise<boolean> {
    const { ids, owners, kinds, currencies } = accountsOf([hold]);
    const [accounts] = await tx.query<{ nos: string[] }>('SELECT ledger_lock($1, $2, $3, $4) AS nos', [
      ids,
      owners,
      kinds,
      currencies,
    ]);
    const [row] = await tx.query<{ hold_no: string }>(
      `INSERT INTO ledger_holds (hold_id, idempotency_key, payload_hash, rules, movement, period, reference_kind,
                                 reference_id, legs, effective_at, reserved_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (idempotency_key) DO NOTHING RETURNING hold_no`,
      [
        hold.id,
        hold.idempotencyKey,
        reservationHash(hold),
        movementRules,
        hold.movement,
        hold.period,
        hold.reference.kind,
        hold.reference.id,
        hold.legs.length,
        hold.effectiveAt,
        hold.at,
        hold.expiresAt,
      ],
    );
    if (row === undefined) return false;
    const numbers = new Map(ids.map((id, index) => [id, accounts?.nos[index]]));
    await tx.execute(
      `INSERT INTO ledger_hold_legs (hold_no, leg, account_no, amount_minor)
       SELECT $1, l.place - 1, l.account_no, l.amount FROM unnest($2::bigint[], $3::bigint[]) WITH ORDINALITY AS l(account_no, amount, place)`,
      [
        row.hold_no,
        hold.legs.map(({ account }) => numbers.get(accountId(account))),
        hold.legs.map((leg) => signedMinor(leg).toString()),
      ],
    );
    return true;
  }

  /** The hold with this key and the hash it was made with. */
  async findByKey(tx: Tx, key: string): Promise<{ readonly hold: Hold; readonly hash: Buffer } | null> {
    return this.#read(tx, 'h.idempotency_key = $1', key);
  }

  /** Holds the hold itself, so that it is resolved once; null when there is none. */
  async lock(tx: Tx, holdId: string): Promise<Hold | null> {
    await tx.query(
      `SELECT 1 FROM ledger_open_holds o JOIN ledger_holds h USING (hold_no) WHERE h.hold_id = $1 FOR UPDATE OF o`,
      [holdId],
    );
    return (await this.#read(tx, 'h.hold_id = $1', holdId))?.hold ?? null;
  }

  async resolve(tx: Tx, holdIds: readonly string[], resolution: Resolution): Promise<void> {
    const { outcome, transactionId, reason, by, at } = resolution;
    await tx.execute(
      `INSERT INTO ledger_hold_resolutions (hold_no, outcome, transaction_id, reason, resolved_by, resolved_at)
       SELECT hold_no, $2, $3, $4, $5, $6 FROM ledger_holds WHERE hold_id = ANY ($1)`,
      [holdIds, outcome, transactionId, reason, by, at],
    );
  }

  /** Takes up to `limit` holds whose time is over; those that somebody else is resolving are left to him. */
  async lockExpired(tx: Tx, now: Date, limit: number): Promise<readonly string[]> {
    const rows = await tx.query<{ hold_id: string }>(
      `SELECT h.hold_id FROM ledger_open_holds o JOIN ledger_holds h USING (hold_no)
        WHERE o.expires_at <= $1 ORDER BY o.expires_at, o.hold_no LIMIT $2 FOR UPDATE OF o SKIP LOCKED`,
      [now, limit],
    );
    return rows.map((row) => row.hold_id);
  }

  async #read(tx: Tx, where: string, value: string): Promise<{ hold: Hold; hash: Buffer } | null> {
    const [row] = await tx.query<HoldRow>(
      `SELECT h.*, coalesce(r.outcome, 'reserved') AS state, r.transaction_id,
              (SELECT json_agg(json_build_object('owner', a.owner, 'kind', a.kind, 'currency', a.currency,
                                                 'amount', l.amount_minor::text) ORDER BY l.leg)
                 FROM ledger_hold_legs l JOIN ledger_accounts a USING (account_no) WHERE l.hold_no = h.hold_no) AS legs_json
         FROM ledger_holds h LEFT JOIN ledger_hold_resolutions r USING (hold_no) WHERE ${where}`,
      [value],
    );
    return row === undefined ? null : { hold: toHold(row), hash: row.payload_hash };
  }
}

/** What a repeated reservation is compared by. */
export function reservationHash(reservation: Reservation): Buffer {
  const text = `${postingPayload(reservation)} ${reservation.expiresAt.toISOString()}`;
  return createHash('sha256').update(text).digest();
}

interface HoldRow {
  readonly hold_id: string;
  readonly idempotency_key: string;
  readonly payload_hash: Buffer;
  readonly movement: Hold['movement'];
  readonly period: string | null;
  readonly reference_kind: string;
  readonly reference_id: string;
  readonly effective_at: Date;
  readonly expires_at: Date;
  readonly state: HoldState;
  readonly transaction_id: string | null;
  readonly legs_json: readonly (Leg['account'] & { readonly amount: string })[];
}

function toHold(row: HoldRow): Hold {
  return {
    holdId: row.hold_id,
    idempotencyKey: row.idempotency_key,
    movement: row.movement,
    period: row.period,
    reference: { kind: row.reference_kind, id: row.reference_id },
    effectiveAt: row.effective_at,
    expiresAt: row.expires_at,
    state: row.state,
    postedAs: row.transaction_id,
    legs: row.legs_json.map(({ amount, ...account }) => {
      const minor = BigInt(amount);
      return minor > 0n
        ? { account, side: 'debit', amountMinor: minor }
        : { account, side: 'credit', amountMinor: -minor };
    }),
  };
}

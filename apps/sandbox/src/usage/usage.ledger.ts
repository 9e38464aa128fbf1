import { Injectable } from '@nestjs/common';
import { ComputeUsedV1 } from '@hetao/events';
import { err, ok, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import type { ComputeTerms } from '../access/compute-grant.js';
import { computeMeters, type ComputeAmounts, type ComputeMeter } from './compute-usage.js';
import { usageErrors, type UsageError } from './usage.errors.js';

/** Somebody's use of an enclave: a job, a session, an output. */
export interface ComputeUse {
  readonly useId: string;
  readonly agreementId: string;
  readonly enclaveId: string;
  /** The meters the agreement names; what is used besides is kept and not billed. */
  readonly meters: readonly string[];
  readonly at: Date;
}

const LIMITS: Readonly<Record<ComputeMeter, keyof ComputeTerms>> = {
  vcpu_seconds: 'vcpuSeconds',
  gb_seconds: 'gbSeconds',
  session_minutes: 'sessionMinutes',
  output_files: 'outputFiles',
  predictions: 'predictions',
};

/** Compute reserved before it is used and settled after: no agreement is ever used beyond what it allows. */
@Injectable()
export class ComputeLedger {
  /** Sets amounts aside, once for each use. Uses of one agreement wait for one another. @returns COMPUTE_ALLOWANCE_USED_UP. */
  async reserve(
    tx: Tx,
    use: ComputeUse,
    amounts: ComputeAmounts,
    terms: ComputeTerms,
  ): Promise<Result<null, UsageError>> {
    await tx.execute('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`compute ${use.agreementId}`]);
    for (const meter of computeMeters) {
      const amount = amounts[meter];
      if (amount === undefined) continue;
      const taken = await this.#takenByOthers(tx, use, meter);
      const limit = Number(terms[LIMITS[meter]]);
      if (taken + amount > limit) {
        return err(
          usageErrors.COMPUTE_ALLOWANCE_USED_UP(`${meter}: ${taken} of ${limit} are taken, ${amount} more are needed.`),
        );
      }
      await tx.execute(
        `INSERT INTO compute_usage (use_id, meter, agreement_id, state, reserved, reserved_at)
         VALUES ($1, $2, $3, 'reserved', $4, $5) ON CONFLICT DO NOTHING`,
        [use.useId, meter, use.agreementId, amount, use.at],
      );
    }
    return ok(null);
  }

  /** Replaces what was reserved by what was used, and tells who bills it. A second settlement changes nothing. */
  async settle(tx: Tx, use: ComputeUse, amounts: ComputeAmounts): Promise<void> {
    const settled: { meter: string; quantity: string }[] = [];
    for (const meter of computeMeters) {
      const amount = amounts[meter] ?? 0;
      const touched = await tx.execute(
        `UPDATE compute_usage SET state = 'settled', settled = $3, settled_at = $4
          WHERE use_id = $1 AND meter = $2 AND state = 'reserved'`,
        [use.useId, meter, amount, use.at],
      );
      if (touched > 0 && amount > 0 && use.meters.includes(meter)) settled.push({ meter, quantity: String(amount) });
    }
    if (settled.length === 0) return;
    const { useId, agreementId, enclaveId } = use;
    tx.append(ComputeUsedV1, { useId, agreementId, enclaveId, quantities: settled, usedAt: use.at.toISOString() });
  }

  /** Gives back what was reserved: the house failed, or nothing ran. */
  async refund(tx: Tx, useId: string, at: Date): Promise<void> {
    await tx.execute(
      `UPDATE compute_usage SET state = 'refunded', settled = 0, settled_at = $2 WHERE use_id = $1 AND state = 'reserved'`,
      [useId, at],
    );
  }

  async #takenByOthers(tx: Tx, { agreementId, useId }: ComputeUse, meter: ComputeMeter): Promise<number> {
    const [row] = await tx.query<{ taken: string }>(
      `SELECT coalesce(sum(coalesce(settled, reserved)), 0) AS taken FROM compute_usage
        WHERE agreement_id = $1 AND meter = $2 AND use_id <> $3`,
      [agreementId, meter, useId],
    );
    return Number(row?.taken ?? 0);
  }
}

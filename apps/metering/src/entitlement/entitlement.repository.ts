import { Injectable } from '@nestjs/common';
import { Clearance } from '@hetao/clearance';
import type { Tx } from '@hetao/persistence';
import { AccessCache, type AgreementAccess } from './access.cache.js';
import type { Entitlement } from './entitlement.js';

/** An entitlement as contracts grants it: ISO 8601 times, decimal text. */
export interface GrantedEntitlement {
  readonly entitlementId: string;
  readonly agreementId: string;
  readonly productId: string;
  readonly merchantId: string;
  readonly buyerId: string;
  readonly meters: readonly string[];
  readonly quota: { readonly meter: string; readonly limit: string } | null;
  readonly validFrom: string;
  readonly validUntil: string;
  readonly grantedAt: string;
}

export type { AgreementAccess };

interface AccessRow {
  readonly entitlement_id: string;
  readonly agreement_id: string;
  readonly product_id: string;
  readonly merchant_id: string;
  readonly buyer_id: string;
  readonly meters: string[];
  readonly valid_from: Date;
  readonly valid_until: Date;
  readonly stopped_at: Date | null;
  readonly stop_reason: string | null;
  readonly pauses: Entitlement['pauses'];
  readonly has_quota: boolean;
  readonly has_budget: boolean;
}

/** The projection of who may use what, fed by the events of contracts. */
@Injectable()
export class EntitlementRepository {
  constructor(
    private readonly cache: AccessCache,
    private readonly clearance: Clearance,
  ) {}

  /** Adds an entitlement; the terms of one that is known never change. */
  async grant(tx: Tx, granted: GrantedEntitlement): Promise<void> {
    this.#forgetWhenCommitted(tx);
    const { entitlementId, agreementId, productId, merchantId, buyerId, quota } = granted;
    await tx.execute(
      `INSERT INTO entitlements (entitlement_id, agreement_id, product_id, merchant_id, buyer_id, meters,
                                 valid_from, valid_until, granted_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
      [
        ...[entitlementId, agreementId, productId, merchantId, buyerId, granted.meters],
        ...[granted.validFrom, granted.validUntil, granted.grantedAt],
      ],
    );
    if (quota === null) return;
    await tx.execute(
      'INSERT INTO quotas (agreement_id, meter, quota_limit) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [agreementId, quota.meter, quota.limit],
    );
  }

  /**
   * Ends the right to use from an instant on; of two ends the earlier one counts.
   *
   * @param subjectId an entitlement (revoked) or an agreement (ended); it may not be known here yet.
   */
  async stop(tx: Tx, subjectId: string, reason: string, stoppedAt: string): Promise<void> {
    this.#forgetWhenCommitted(tx);
    await tx.execute(
      `INSERT INTO access_stops AS known (subject_id, reason, stopped_at) VALUES ($1, $2, $3)
       ON CONFLICT (subject_id) DO UPDATE SET reason = EXCLUDED.reason, stopped_at = EXCLUDED.stopped_at
         WHERE known.stopped_at > EXCLUDED.stopped_at`,
      [subjectId, reason, stoppedAt],
    );
  }

  /** Lets the right rest from an instant on. */
  async pause(tx: Tx, entitlementId: string, reason: string, at: string): Promise<void> {
    this.#forgetWhenCommitted(tx);
    await tx.execute(
      'INSERT INTO access_pauses (entitlement_id, starts_at, reason) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [entitlementId, at, reason],
    );
  }

  /** Ends what {@link pause} began. */
  async resume(tx: Tx, entitlementId: string, at: string): Promise<void> {
    this.#forgetWhenCommitted(tx);
    await tx.execute(
      'UPDATE access_pauses SET ends_at = greatest(starts_at, $2) WHERE entitlement_id = $1 AND ends_at IS NULL',
      [entitlementId, at],
    );
  }

  /**
   * What admits usage under each of the agreements; unknown ones are absent. At most a second old: usage that is refused
   * or let in because of it would have been so a second ago. An unknown agreement is asked for every time, so that the
   * first usage after a grant is not refused.
   */
  async accessTo(tx: Tx, agreementIds: readonly string[]): Promise<ReadonlyMap<string, AgreementAccess>> {
    const access = new Map<string, AgreementAccess>();
    for (const agreementId of agreementIds) {
      const known = this.cache.find(agreementId);
      if (known) access.set(agreementId, known);
    }
    const missing = agreementIds.filter((agreementId) => !access.has(agreementId));
    if (missing.length === 0) return access;
    const [generation, loadedAt] = [this.cache.generation, performance.now()];
    const loaded = await this.#load(tx, missing);
    this.cache.keep(loaded, generation, loadedAt);
    for (const [agreementId, one] of loaded) access.set(agreementId, one);
    return access;
  }

  /** A release was issued, suspended, resumed or revoked in this transaction. */
  releasesChanged(tx: Tx): Promise<void> {
    this.#forgetWhenCommitted(tx);
    return Promise.resolve();
  }

  /** A budget was set or ended in this transaction. */
  limitsChanged(tx: Tx): void {
    this.#forgetWhenCommitted(tx);
  }

  #forgetWhenCommitted(tx: Tx): void {
    tx.onCommitted(() => this.cache.forget());
  }

  async #load(tx: Tx, agreementIds: readonly string[]): Promise<ReadonlyMap<string, AgreementAccess>> {
    const rows = await tx.query<AccessRow>(
      `SELECT e.*, s.stopped_at, s.reason AS stop_reason,
              (SELECT coalesce(json_agg(json_build_object('fromMs', extract(epoch FROM p.starts_at) * 1000,
                        'untilMs', extract(epoch FROM p.ends_at) * 1000, 'reason', p.reason)), '[]')
                 FROM access_pauses p WHERE p.entitlement_id = e.entitlement_id) AS pauses,
              EXISTS (SELECT FROM quotas q WHERE q.agreement_id = e.agreement_id) AS has_quota,
              EXISTS (SELECT FROM usage_budgets b WHERE b.agreement_id = e.agreement_id AND b.ended_at IS NULL)
                AS has_budget
         FROM entitlements e
         LEFT JOIN LATERAL (
           SELECT stopped_at, reason FROM access_stops
            WHERE subject_id IN (e.entitlement_id, e.agreement_id) ORDER BY stopped_at LIMIT 1
         ) s ON true
        WHERE e.agreement_id = ANY($1) ORDER BY e.valid_from, e.entitlement_id`,
      [agreementIds],
    );
    const standings = await this.clearance.standings(tx.client, agreementIds);
    const access = new Map<string, AgreementAccess>();
    for (const [agreementId, ofAgreement] of Map.groupBy(rows, (row) => row.agreement_id)) {
      access.set(agreementId, {
        entitlements: ofAgreement.map(fromRow),
        hasQuota: ofAgreement.some((row) => row.has_quota),
        hasBudget: ofAgreement.some((row) => row.has_budget),
        standings: standings.get(agreementId) ?? [],
      });
    }
    return access;
  }
}

function fromRow(row: AccessRow): Entitlement {
  return {
    entitlementId: row.entitlement_id,
    agreementId: row.agreement_id,
    productId: row.product_id,
    merchantId: row.merchant_id,
    buyerId: row.buyer_id,
    meters: row.meters,
    validFromMs: row.valid_from.getTime(),
    validUntilMs: row.valid_until.getTime(),
    pauses: row.pauses,
    stopped: row.stopped_at && { atMs: row.stopped_at.getTime(), reason: row.stop_reason ?? 'ended' },
  };
}

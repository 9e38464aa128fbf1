import { Injectable } from '@nestjs/common';
import { checkClearance, Clearance } from '@hetao/clearance';
import type { EntitlementGrantedV2 } from '@hetao/events';
import type { Tx } from '@hetao/persistence';
import type { AdmittedPerson, ComputeLicence, LegalBasis } from './compute-grant.js';

const LICENCES = `SELECT l.agreement_id AS "agreementId", l.buyer_id AS "buyerId", l.purposes, l.places, l.meters,
  l.needs_release AS "needsRelease", l.valid_from AS "validFrom", l.valid_until AS "validUntil",
  coalesce(s.reason, p.reason) AS halted
  FROM compute_licences l
  LEFT JOIN LATERAL (SELECT reason FROM licence_stops WHERE subject_id IN (l.entitlement_id, l.agreement_id)
                      AND stopped_at <= $3 LIMIT 1) s ON true
  LEFT JOIN LATERAL (SELECT reason FROM licence_pauses WHERE entitlement_id = l.entitlement_id
                      AND starts_at <= $3 AND (ends_at IS NULL OR ends_at > $3) LIMIT 1) p ON true
  WHERE l.buyer_id = $1 AND l.product_id = $2 ORDER BY l.valid_from DESC`;
const BASES = `SELECT id, kind, reference, destination, valid_from AS "validFrom", valid_until AS "validUntil",
  withdrawn_at AS "withdrawnAt" FROM legal_bases WHERE enclave_id = $1 ORDER BY recorded_at DESC`;

/** The service's own copy of who may compute: entitlements of contracts, releases of customs, and who was admitted. */
@Injectable()
export class LicenceRepository {
  readonly #clearance: Clearance;

  constructor(clearance: Clearance) {
    this.#clearance = clearance;
  }

  /** Takes an entitlement in; its terms never change. */
  async grant(tx: Tx, granted: EntitlementGrantedV2): Promise<void> {
    await tx.execute(
      `INSERT INTO compute_licences (entitlement_id, agreement_id, product_id, merchant_id, buyer_id, purposes, places,
         meters, needs_release, valid_from, valid_until)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`,
      [
        ...[granted.entitlementId, granted.agreementId, granted.productId, granted.merchantId, granted.buyerId],
        ...[granted.purposes, granted.placesOfUse, granted.meters, granted.release !== null],
        ...[granted.validFrom, granted.validUntil],
      ],
    );
  }

  /** @param subjectId an entitlement or an agreement; of two ends the earlier one counts. */
  async stop(tx: Tx, subjectId: string, reason: string, stoppedAt: string): Promise<void> {
    await tx.execute(
      `INSERT INTO licence_stops AS known (subject_id, reason, stopped_at) VALUES ($1, $2, $3)
       ON CONFLICT (subject_id) DO UPDATE SET reason = EXCLUDED.reason, stopped_at = EXCLUDED.stopped_at
         WHERE known.stopped_at > EXCLUDED.stopped_at`,
      [subjectId, reason, stoppedAt],
    );
  }

  async pause(tx: Tx, entitlementId: string, reason: string, at: string): Promise<void> {
    await tx.execute(
      'INSERT INTO licence_pauses (entitlement_id, starts_at, reason) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [entitlementId, at, reason],
    );
  }

  async resume(tx: Tx, entitlementId: string, at: string): Promise<void> {
    await tx.execute(
      'UPDATE licence_pauses SET ends_at = greatest(starts_at, $2) WHERE entitlement_id = $1 AND ends_at IS NULL',
      [entitlementId, at],
    );
  }

  licencesOf(tx: Tx, buyerId: string, productId: string, at: Date): Promise<ComputeLicence[]> {
    return tx.query<ComputeLicence>(LICENCES, [buyerId, productId, at]);
  }

  /** The buyer of an agreement on a product; null where there is none. */
  async buyerOf(tx: Tx, agreementId: string, productId: string): Promise<string | null> {
    const [row] = await tx.query<{ buyer_id: string }>(
      'SELECT buyer_id FROM compute_licences WHERE agreement_id = $1 AND product_id = $2 LIMIT 1',
      [agreementId, productId],
    );
    return row?.buyer_id ?? null;
  }

  /** The meters an agreement names. */
  async metersOf(tx: Tx, agreementId: string): Promise<readonly string[]> {
    const [row] = await tx.query<{ meters: string[] }>(
      'SELECT meters FROM compute_licences WHERE agreement_id = $1 ORDER BY valid_from DESC LIMIT 1',
      [agreementId],
    );
    return row?.meters ?? [];
  }

  basesOf(tx: Tx, enclaveId: string): Promise<LegalBasis[]> {
    return tx.query<LegalBasis>(BASES, [enclaveId]);
  }

  async personOf(tx: Tx, agreementIds: readonly string[], subject: string): Promise<AdmittedPerson | null> {
    const [row] = await tx.query<AdmittedPerson>(
      `SELECT subject, place, trained_on::text AS "trainedOn" FROM licence_people
        WHERE agreement_id = ANY($1) AND subject = $2 AND ended_at IS NULL LIMIT 1`,
      [agreementIds, subject],
    );
    return row ?? null;
  }

  /** By agreement, the release that is in force at the time. */
  async releasesOf(tx: Tx, agreementIds: readonly string[], at: Date): Promise<ReadonlyMap<string, string>> {
    const standings = await this.#clearance.standings(tx.client, agreementIds);
    return new Map(
      [...standings].flatMap(([agreementId, ofAgreement]) => {
        const cleared = checkClearance(ofAgreement, at);
        return cleared.ok && cleared.value ? [[agreementId, cleared.value.releaseId]] : [];
      }),
    );
  }
}

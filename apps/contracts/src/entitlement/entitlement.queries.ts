import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '@hetao/persistence';
import { afterCursor, cursorPage, DATABASE, type Page } from '@hetao/runtime';
import { seesEveryTenant, type Reader } from '@hetao/kernel';
import { toEntitlementDto, type EntitlementDto, type EntitlementQueryDto } from './entitlement.dto.js';
import type { Entitlement } from './entitlement.js';

const COLUMNS = `id, agreement_id AS "agreementId", supersedes_agreement_id AS "supersedesAgreementId",
  offer_id AS "offerId", document_hash AS "documentHash", product_id AS "productId",
  product_version AS "productVersion", merchant_id AS "merchantId", buyer_id AS "buyerId", plan,
  time_zone AS "timeZone", meters, quota, purposes, places_of_use AS "placesOfUse", recipients, policy, release,
  valid_from AS "validFrom", valid_until AS "validUntil", status, granted_at AS "grantedAt",
  suspended_at AS "suspendedAt", suspension_reason AS "suspensionReason", revoked_at AS "revokedAt",
  revocation_reason AS "revocationReason"`;

/** Reads entitlements of the reader's organisation, on either side, newest first; the exchange reads all. */
@Injectable()
export class EntitlementQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async list(query: EntitlementQueryDto, reader: Reader): Promise<Page<EntitlementDto>> {
    const filter = { agreement: query.agreement_id, product: query.product_id, status: query.status };
    const before = afterCursor(query.cursor, filter)?.[0] ?? null;
    const { rows } = await this.#database.withClient((client) =>
      client.query<Entitlement>(
        `SELECT ${COLUMNS} FROM entitlements
         WHERE ($1 OR merchant_id = $2 OR buyer_id = $2) AND ($3::text IS NULL OR agreement_id = $3)
           AND ($4::text IS NULL OR product_id = $4) AND ($5::text IS NULL OR status = $5)
           AND ($6::text IS NULL OR id < $6)
         ORDER BY id DESC LIMIT $7`,
        [
          seesEveryTenant(reader),
          reader.organisationId,
          query.agreement_id ?? null,
          query.product_id ?? null,
          query.status ?? null,
          before,
          query.limit + 1,
        ],
      ),
    );
    return cursorPage(rows.map(toEntitlementDto), query.limit, (entitlement) => [entitlement.id], filter);
  }
}

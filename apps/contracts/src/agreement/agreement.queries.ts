import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Reader, type Result, seesEveryTenant } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { afterCursor, cursorPage, DATABASE, type Page } from '@hetao/runtime';
import {
  toAgreementDetailDto,
  toAgreementDto,
  type AgreementDetailDto,
  type AgreementDto,
  type AgreementQueryDto,
} from './agreement.dto.js';
import { agreementErrors, type AgreementError } from './agreement.errors.js';
import type { Agreement, AgreementStep, Signature } from './agreement.js';

const SELECT = `SELECT a.id, a.request_id AS "requestId", a.offer_id AS "offerId", a.product_id AS "productId",
    a.product_version AS "productVersion", a.merchant_id AS "merchantId", a.buyer_id AS "buyerId",
    a.channel_partner_id AS "channelPartnerId", a.plan, a.time_zone AS "timeZone", a.policy, a.quota, a.purpose, a.place_of_use AS "placeOfUse", a.release,
    a.notice_days AS "noticeDays", a.renewal, a.supersedes, a.effective_from AS "effectiveFrom", a.effective_until AS "effectiveUntil", a.sign_by AS "signBy",
    a.document_hash AS "documentHash", a.drafted_at AS "draftedAt", h.status, h.step, h.holds,
    h.notices, h.in_force_since AS "inForceSince", h.successor_id AS "successorId"`;
const FROM = 'FROM agreements a JOIN agreement_heads h ON h.agreement_id = a.id';
const VISIBLE = '($1 OR a.merchant_id = $2 OR a.buyer_id = $2)';

const SIGNATURES = `SELECT agreement_id AS "agreementId", party, subject, display_name AS "displayName",
    organisation_id AS "organisationId", document_hash AS "documentHash", signed_at AS "signedAt"
  FROM agreement_signatures WHERE agreement_id = ANY ($1) ORDER BY signed_at, party DESC`;
const STEPS = `SELECT step, command, status_from AS "from", status_to AS "to", at, reason,
    CASE WHEN by_subject IS NOT NULL
      THEN json_build_object('subject', by_subject, 'organisationId', by_organisation) END AS by
  FROM agreement_steps WHERE agreement_id = $1 ORDER BY step`;

type Unsigned = Omit<Agreement, 'signatures'>;
type StoredSignature = Signature & { readonly agreementId: string };

/** Reads agreements of the reader's organisation, on either side, newest first; the exchange reads all. */
@Injectable()
export class AgreementQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async list(query: AgreementQueryDto, reader: Reader): Promise<Page<AgreementDto>> {
    const filter = { status: query.status, product: query.product_id, request: query.request_id };
    const before = afterCursor(query.cursor, filter)?.[0] ?? null;
    const params = [
      seesEveryTenant(reader),
      reader.organisationId,
      query.status ?? null,
      query.product_id ?? null,
      query.request_id ?? null,
      before,
      query.limit + 1,
    ];
    const rows = await this.#rows<Unsigned>(
      `${SELECT}, NULL AS document ${FROM}
       WHERE ${VISIBLE} AND ($3::text IS NULL OR h.status = $3) AND ($4::text IS NULL OR a.product_id = $4)
         AND ($5::text IS NULL OR a.request_id = $5) AND ($6::text IS NULL OR a.id < $6)
       ORDER BY a.id DESC LIMIT $7`,
      params,
    );
    const agreements = await this.#signed(rows);
    return cursorPage(agreements.map(toAgreementDto), query.limit, (agreement) => [agreement.id], filter);
  }

  async get(id: string, reader: Reader): Promise<Result<AgreementDetailDto, AgreementError>> {
    const [found] = await this.#signed(
      await this.#rows<Unsigned>(`${SELECT}, a.document ${FROM} WHERE ${VISIBLE} AND a.id = $3`, [
        seesEveryTenant(reader),
        reader.organisationId,
        id,
      ]),
    );
    if (found === undefined) {
      return err(agreementErrors.AGREEMENT_UNKNOWN(`There is no agreement ${id} that you may see.`));
    }
    return ok(toAgreementDetailDto(found, await this.#rows<AgreementStep>(STEPS, [id])));
  }

  async #signed(rows: readonly Unsigned[]): Promise<readonly Agreement[]> {
    const signatures = await this.#rows<StoredSignature>(SIGNATURES, [rows.map(({ id }) => id)]);
    return rows.map((row) => ({ ...row, signatures: signatures.filter(({ agreementId }) => agreementId === row.id) }));
  }

  async #rows<R extends object>(sql: string, params: unknown[]): Promise<R[]> {
    const { rows } = await this.#database.withClient((client) => client.query<R>(sql, params));
    return rows;
  }
}

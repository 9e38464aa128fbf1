import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { SEEDED_ORGANISATION, type TransferAgreement } from './transfer-permission.js';

const SQL = `SELECT p.agreement_ref AS "agreementRef", p.role, p.dataset_id AS "datasetId", p.state, p.assignee, n.buyer_id AS "buyerId",
  d.kind AS "productKind",   p.agreement AS policy, p.at AS "agreedAt", p.agreement_id AS "agreementId", a.purpose, a.place_of_use AS place,
  coalesce(CASE p.role WHEN 'provider' THEN n.merchant_id ELSE n.buyer_id END, '${SEEDED_ORGANISATION}') AS "organisationId",
  CASE WHEN e.id IS NULL THEN NULL ELSE
    jsonb_build_object('status', e.status, 'validFrom', e.valid_from, 'validUntil', e.valid_until) END AS entitlement
  FROM peer_agreements p LEFT JOIN negotiations n ON n.id = p.negotiation_id
    LEFT JOIN agreements a ON a.id = p.agreement_id
    LEFT JOIN directory_products d ON d.id = a.product_id LEFT JOIN entitlements e ON e.agreement_id = p.agreement_id
  WHERE p.peer_id = $1 AND p.agreement_ref = $2 FOR SHARE OF p`;

type Row = Omit<TransferAgreement, 'entitlement'> & {
  readonly entitlement: { status: string; validFrom: string; validUntil: string } | null;
};

/** Reads agreements with peers. */
@Injectable()
export class TransferAgreementRepository {
  async find(tx: Tx, peerId: string, agreementRef: string): Promise<TransferAgreement | undefined> {
    const [row] = await tx.query<Row>(SQL, [peerId, agreementRef]);
    if (row === undefined) return undefined;
    const { entitlement } = row;
    return {
      ...row,
      entitlement: entitlement && {
        status: entitlement.status,
        validFrom: new Date(entitlement.validFrom),
        validUntil: new Date(entitlement.validUntil),
      },
    };
  }

  /** What the peer calls our agreement, if it is one with a peer. */
  async refOf(tx: Tx, agreementId: string): Promise<string | undefined> {
    const [row] = await tx.query<{ ref: string }>(
      'SELECT agreement_ref AS ref FROM peer_agreements WHERE agreement_id = $1',
      [agreementId],
    );
    return row?.ref;
  }
}

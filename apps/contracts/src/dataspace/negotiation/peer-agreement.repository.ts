import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { prepared } from '../../database/prepared.js';

/** An agreement with a peer as both sides know it; our own of it, where we provide, has the terms and the price. */
export interface PeerAgreement {
  readonly peerId: string;
  /** Its name on the wire, word for word: what transfers refer to. */
  readonly agreementRef: string;
  /** Which side we are. */
  readonly role: 'provider' | 'consumer';
  readonly datasetId: string;
  readonly assigner: string;
  readonly assignee: string;
  /** Word for word as it was sent. */
  readonly agreement: object;
  readonly state: 'agreed' | 'finalized' | 'terminated';
  readonly negotiationId: string | null;
  readonly agreementId: string | null;
  readonly at: Date;
}

const KEEP = prepared(
  'contracts.peer-agreement.keep',
  `INSERT INTO peer_agreements (peer_id, agreement_ref, role, dataset_id, assigner, assignee, agreement, state,
     negotiation_id, agreement_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
   ON CONFLICT DO NOTHING`,
);
const CLOSE = prepared(
  'contracts.peer-agreement.close',
  'UPDATE peer_agreements SET state = $2 WHERE negotiation_id = $1',
);

/** Keeps what was agreed with peers: written before it is sent, and never changed but in how far it has come. */
@Injectable()
export class PeerAgreementRepository {
  async insert(tx: Tx, agreement: PeerAgreement): Promise<boolean> {
    const inserted = await KEEP.count(tx, [
      ...[agreement.peerId, agreement.agreementRef, agreement.role, agreement.datasetId, agreement.assigner],
      ...[agreement.assignee, JSON.stringify(agreement.agreement), agreement.state, agreement.negotiationId],
      ...[agreement.agreementId, agreement.at],
    ]);
    return inserted === 1;
  }

  /** How the negotiation about it ended. */
  async close(tx: Tx, negotiationId: string, state: 'finalized' | 'terminated'): Promise<void> {
    await CLOSE.count(tx, [negotiationId, state]);
  }
}

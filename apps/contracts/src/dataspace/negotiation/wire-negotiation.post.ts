import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { SERVICE_CONFIG } from '@hetao/runtime';
import type { Negotiation } from '../../negotiation/negotiation.js';
import { NegotiationPost } from '../../negotiation/negotiation.post.js';
import type { NegotiationMessage } from '../../negotiation/negotiation-protocol.js';
import type { DataspaceConfig } from '../dataspace.config.js';
import { OutboundMessages } from '../outbound/outbound-messages.js';
import { ownBase } from '../version/version-file.js';
import { iriOf } from '../wire/ids.js';
import { negotiationMessage, wireAgreement, type OurFrame } from './negotiation-messages.js';
import { PeerAgreementRepository } from './peer-agreement.repository.js';

/** Says what our side says in the words of the Dataspace Protocol, and puts it in the queue to the peer. */
@Injectable()
export class WireNegotiationPost extends NegotiationPost {
  readonly #outbound: OutboundMessages;
  readonly #agreements: PeerAgreementRepository;
  readonly #frame: OurFrame;

  constructor(
    outbound: OutboundMessages,
    agreements: PeerAgreementRepository,
    @Inject(SERVICE_CONFIG) config: DataspaceConfig,
  ) {
    super();
    this.#outbound = outbound;
    this.#agreements = agreements;
    this.#frame = { participantId: config.DATASPACE_PARTICIPANT_ID, base: ownBase(config) };
  }

  async send(tx: Tx, negotiation: Negotiation, message: NegotiationMessage, delayMs: number): Promise<void> {
    const { peer, id: processId } = negotiation;
    if (peer === null) throw new Error(`Negotiation ${processId} is not with a peer.`);
    const agreement = message === 'agreement' ? await this.#keepAgreement(tx, negotiation) : null;
    const { path, message: said } = negotiationMessage(negotiation, message, this.#frame, agreement);
    const { peerId, baseUrl } = peer;
    const dispatch = { kind: 'negotiation', peerId, processId, baseUrl, path, message: said, delayMs } as const;
    await this.#outbound.enqueue(tx, dispatch);
  }

  async settle(tx: Tx, { id }: Negotiation): Promise<void> {
    await this.#outbound.settle(tx, id);
  }

  async cancel(tx: Tx, { id }: Negotiation): Promise<void> {
    await this.#outbound.cancel(tx, id, 'The peer went on without it.');
  }

  async close(tx: Tx, { id, state }: Negotiation): Promise<void> {
    await this.#agreements.close(tx, id, state === 'FINALIZED' ? 'finalized' : 'terminated');
  }

  /** Kept before it is sent: transfers will refer to it, and the peer may be faster than its own answer. */
  async #keepAgreement(tx: Tx, negotiation: Negotiation) {
    const { agreementId, consent, peer, datasetId } = negotiation;
    if (agreementId === null || consent === null || peer === null) {
      throw new Error(`Negotiation ${negotiation.id} has no agreement to send.`);
    }
    const agreement = wireAgreement(negotiation, this.#frame, { ref: iriOf(agreementId), madeAt: consent.at });
    const { assigner, assignee } = agreement;
    await this.#agreements.insert(tx, {
      ...{ peerId: peer.peerId, agreementRef: agreement['@id'], role: 'provider', datasetId, assigner, assignee },
      ...{ agreement, state: 'agreed', negotiationId: negotiation.id, agreementId, at: consent.at },
    });
    return agreement;
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type DomainError, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { SERVICE_CONFIG } from '@hetao/runtime';
import { NegotiatedAgreement } from '../../negotiation/negotiated-agreement.use-cases.js';
import { negotiationErrors } from '../../negotiation/negotiation.errors.js';
import { peerSide, type Counterpart, type Negotiation, type NegotiationAct } from '../../negotiation/negotiation.js';
import { checkPeerAgreement, counterOfferOfPeer, counterRequestOfPeer } from '../../negotiation/negotiation-peer.js';
import { NegotiationRepository } from '../../negotiation/negotiation.repository.js';
import type { DataspaceConfig } from '../dataspace.config.js';
import { dataspaceErrors, type DataspaceError } from '../dataspace.errors.js';
import { checkAddress, isSameOrigin, type Peer } from '../peer/peer.js';
import type { ReadMessage, ReadOffer } from './negotiation-reading.js';
import { PeerAgreementRepository } from './peer-agreement.repository.js';

/** What a message of a peer means in a negotiation, and what has to be kept of it. */
@Injectable()
export class PeerMessages {
  readonly #negotiations: NegotiationRepository;
  readonly #agreement: NegotiatedAgreement;
  readonly #agreements: PeerAgreementRepository;
  readonly #config: DataspaceConfig;

  constructor(
    negotiations: NegotiationRepository,
    agreement: NegotiatedAgreement,
    agreements: PeerAgreementRepository,
    @Inject(SERVICE_CONFIG) config: DataspaceConfig,
  ) {
    this.#negotiations = negotiations;
    this.#agreement = agreement;
    this.#agreements = agreements;
    this.#config = config;
  }

  /** Where the peer wants our messages: where its operator said it lives, and nowhere else. */
  counterpartOf(peer: Peer, callbackAddress: string | null): Result<Counterpart, DataspaceError> {
    const address = checkAddress(callbackAddress ?? peer.baseUrl, this.#config.DATASPACE_PRIVATE_PEERS);
    if (!address.ok) return address;
    if (!isSameOrigin(address.value, peer.baseUrl)) {
      const detail = `${address.value} is not where ${peer.participantId} was entered to live.`;
      return err(dataspaceErrors.DSP_CALLBACK_NOT_SUPPORTED(detail, { pointer: '/callbackAddress' }));
    }
    return ok({ peerId: peer.id, participantId: peer.participantId, baseUrl: address.value });
  }

  /** The act a message is, once everything it says was checked. */
  async actOf(tx: Tx, before: Negotiation, read: ReadMessage, at: Date): Promise<Result<NegotiationAct, DomainError>> {
    switch (read.message) {
      case 'request':
      case 'offer':
        return this.#offering(tx, before, read, at);
      case 'agreement':
        return this.#agreeing(before, read, at);
      case 'termination': {
        const { code, reason } = read;
        const end = { at, side: peerSide(before), code: code ?? 'TERMINATED', reason, by: null } as const;
        return ok({ message: 'termination', end });
      }
      default:
        return ok({ message: read.message });
    }
  }

  /** What is kept of a message that was taken: the agreement as it was sent, the consent a verification is. */
  async keep(tx: Tx, negotiation: Negotiation, { message, agreement }: ReadMessage, at: Date): Promise<void> {
    const { id, peer, agreementId, buyerId, datasetId } = negotiation;
    if (peer === null) return;
    if (message === 'verification' && agreementId !== null && buyerId !== null) {
      const displayName = peer.participantId;
      await this.#agreement.sign(tx, agreementId, 'buyer', {
        subject: displayName,
        organisationId: buyerId,
        displayName,
      });
    }
    if (message === 'agreement' && agreement !== null) {
      const { ref: agreementRef, assigner, assignee, text } = agreement;
      await this.#agreements.insert(tx, {
        ...{ peerId: peer.peerId, agreementRef, role: 'consumer', datasetId, assigner, assignee, agreement: text },
        ...{ state: 'agreed', negotiationId: id, agreementId: null, at },
      });
    }
  }

  async #offering(
    tx: Tx,
    before: Negotiation,
    read: ReadMessage,
    at: Date,
  ): Promise<Result<NegotiationAct, DomainError>> {
    const { offer, message } = read;
    if (offer === null || (message !== 'request' && message !== 'offer'))
      throw new Error('A message without its offer.');
    const sameDataset = checkDataset(before, offer);
    if (!sameDataset.ok) return sameDataset;
    const wire = { id: offer.ref, rules: offer.rules };
    if (before.role === 'consumer') return ok({ message, offer: counterOfferOfPeer(before, wire, at) });
    const deal = await this.#negotiations.loadDeal(tx, before.offerId ?? '', before.buyerId ?? '');
    if (!deal.ok) return deal;
    const { offer: published, buyer } = deal.value;
    return ok({ message, offer: counterRequestOfPeer(before, { published, buyer, wire }, at) });
  }

  #agreeing(before: Negotiation, { agreement }: ReadMessage, at: Date): Result<NegotiationAct, DomainError> {
    if (agreement === null) throw new Error('An agreement message without its agreement.');
    const ours = { participantId: this.#config.DATASPACE_PARTICIPANT_ID, at };
    const checked = checkPeerAgreement(before, agreement, ours);
    return checked.ok ? ok({ message: 'agreement', consent: null, agreementId: null }) : checked;
  }
}

/** An offer within a negotiation is about its dataset; one of ours by its id as well. */
function checkDataset({ datasetId }: Negotiation, offer: ReadOffer): Result<null, DomainError> {
  if (offer.datasetId === null || offer.datasetId === datasetId) return ok(null);
  const detail = `The offer is for ${offer.datasetId}; negotiated is ${datasetId}.`;
  return err(negotiationErrors.NEGOTIATION_OFFER_FOREIGN(detail, { pointer: '/offer/target' }));
}

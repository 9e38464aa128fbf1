import { Injectable } from '@nestjs/common';
import { err, newId, ok, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { negotiationErrors } from '../../negotiation/negotiation.errors.js';
import { ourSide, type Counterpart, type Negotiation, type NegotiationOutcome } from '../../negotiation/negotiation.js';
import { offeredByPeer, requestedByPeer } from '../../negotiation/negotiation-peer.js';
import { NegotiationRepository } from '../../negotiation/negotiation.repository.js';
import { dataspaceErrors } from '../dataspace.errors.js';
import type { Peer } from '../peer/peer.js';
import type { WireMessage } from '../wire/context.js';
import { HeardMessages } from './heard-messages.repository.js';
import { NegotiationHearing } from './negotiation-hearing.js';
import { negotiationObject } from './negotiation-messages.js';
import type { ReadMessage } from './negotiation-reading.js';
import { wireRefusal } from './negotiation-refusals.js';
import { PeerMessages } from './peer-messages.js';

type Answered = Promise<Result<WireMessage, DomainError>>;

/** A peer's message within a negotiation, in the order of reference 4.3: find, compare, repetition, state, content. */
@Injectable()
export class ReceiveMessage {
  readonly #uow: UnitOfWork;
  readonly #negotiations: NegotiationRepository;
  readonly #heard: HeardMessages;
  readonly #hearing: NegotiationHearing;

  constructor(uow: UnitOfWork, negotiations: NegotiationRepository, heard: HeardMessages, hearing: NegotiationHearing) {
    this.#uow = uow;
    this.#negotiations = negotiations;
    this.#heard = heard;
    this.#hearing = hearing;
  }

  execute(peer: Peer, pid: string, read: ReadMessage): Answered {
    return this.#uow.runResult<WireMessage, DomainError>(async (tx) => {
      const found = await this.#negotiations.byOwnPid(tx, pid, peer.id);
      if (found === null) return err(unknownProcess(pid, read));
      const process = samePids(found, read);
      if (!process.ok) return err(wireRefusal(process.error, found));
      const before = process.value;
      const { messageId } = read;
      const known = messageId === null ? null : await this.#heard.answerTo(tx, before.id, messageId);
      if (known !== null) return ok(known);
      const heard = await this.#hearing.hear(tx, before, read);
      if (!heard.ok) return err(wireRefusal(heard.error, before));
      const answer = negotiationObject(heard.value);
      if (messageId !== null) await this.#heard.remember(tx, before.id, messageId, answer);
      return ok(answer);
    });
  }
}

/** A process as the peer gets it when it opens one; `isNew` is false where it was there. */
export interface OpenedProcess {
  readonly process: WireMessage;
  readonly isNew: boolean;
}

/** A peer opens a negotiation: asks for an offer of ours, or offers something of its own. Asking again opens nothing. */
@Injectable()
export class OpenForPeer {
  readonly #uow: UnitOfWork;
  readonly #negotiations: NegotiationRepository;
  readonly #messages: PeerMessages;
  readonly #hearing: NegotiationHearing;

  constructor(
    uow: UnitOfWork,
    negotiations: NegotiationRepository,
    messages: PeerMessages,
    hearing: NegotiationHearing,
  ) {
    this.#uow = uow;
    this.#negotiations = negotiations;
    this.#messages = messages;
    this.#hearing = hearing;
  }

  request(peer: Peer, read: ReadMessage): Promise<Result<OpenedProcess, DomainError>> {
    const pid = read.consumerPid ?? '';
    return this.#open(peer, read, { role: 'provider', pid }, async (tx, counterpart) => {
      const { offer } = read;
      if (offer === null) throw new Error('A request without its offer.');
      const deal = await this.#negotiations.loadDeal(tx, offer.offerId, peer.organisationId);
      if (!deal.ok) return deal;
      const { offer: published, buyer } = deal.value;
      if (offer.datasetId !== null && offer.datasetId !== published.productId) {
        const detail = `Offer ${offer.ref} is not one of dataset ${offer.datasetId}.`;
        return err(dataspaceErrors.DSP_UNKNOWN_OFFER(detail, { pointer: '/offer/target' }));
      }
      const wire = { id: offer.ref, rules: offer.rules };
      const input = { id: newId('req'), offer: published, buyer, peer: counterpart, pid, wire };
      return requestedByPeer(input, this.#hearing.now());
    });
  }

  offer(peer: Peer, read: ReadMessage): Promise<Result<OpenedProcess, DomainError>> {
    const pid = read.providerPid ?? '';
    return this.#open(peer, read, { role: 'consumer', pid }, async (tx, counterpart) => {
      const { offer } = read;
      if (offer === null || offer.datasetId === null) throw new Error('An offer message without its dataset.');
      const merchant = await this.#negotiations.party(tx, peer.organisationId, 'merchant');
      if (!merchant.ok) return merchant;
      const { datasetId } = offer;
      const wire = { id: offer.ref, rules: offer.rules };
      const ids = { id: newId('req'), datasetId, merchantId: merchant.value.id };
      return ok(offeredByPeer({ ...ids, peer: counterpart, pid, wire }, this.#hearing.now()));
    });
  }

  #open(
    peer: Peer,
    read: ReadMessage,
    key: { readonly role: 'provider' | 'consumer'; readonly pid: string },
    make: (tx: Tx, peer: Counterpart) => Promise<Result<NegotiationOutcome, DomainError>>,
  ): Promise<Result<OpenedProcess, DomainError>> {
    const named = { providerPid: read.providerPid, consumerPid: read.consumerPid };
    return this.#uow.runResult<OpenedProcess, DomainError>(async (tx) => {
      const known = await this.#negotiations.openedByPeer(tx, key.role, key.pid, peer.id);
      if (known !== null) return ok({ process: negotiationObject(known), isNew: false });
      const counterpart = this.#messages.counterpartOf(peer, read.callbackAddress);
      if (!counterpart.ok) return err(wireRefusal(counterpart.error, named));
      const opened = await make(tx, counterpart.value);
      if (!opened.ok) return err(wireRefusal(opened.error, named));
      if (await this.#hearing.open(tx, opened.value, read.message)) {
        return ok({ process: negotiationObject(opened.value.negotiation), isNew: true });
      }
      // Raced by its own repetition, which has committed by now: the insert waited for it.
      const other = await this.#negotiations.openedByPeer(tx, key.role, key.pid, peer.id);
      if (other === null) throw new Error(`Process ${key.pid} of ${peer.id} could neither be opened nor found.`);
      return ok({ process: negotiationObject(other), isNew: false });
    });
  }
}

/** Ids in the body must be those of the record. One the peer makes and had no chance to tell yet is learned here. */
function samePids(found: Negotiation, read: ReadMessage): Result<Negotiation, DomainError> {
  const theirs = ourSide(found) === 'consumer' ? 'providerPid' : 'consumerPid';
  const current = found[theirs] === null ? { ...found, [theirs]: read[theirs] } : found;
  const same = current.providerPid === read.providerPid && current.consumerPid === read.consumerPid;
  if (same) return ok(current);
  const detail = `The ids ${read.providerPid} and ${read.consumerPid} in the message are not those of this process.`;
  return err(negotiationErrors.NEGOTIATION_PIDS_DIFFER(detail));
}

function unknownProcess(pid: string, { providerPid, consumerPid }: ReadMessage): DomainError {
  const detail = `There is no negotiation ${pid} that you take part in.`;
  return wireRefusal(dataspaceErrors.DSP_UNKNOWN_PROCESS(detail), { providerPid, consumerPid });
}

import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { acknowledge, giveUp, ourSide, peerPid, type Negotiation } from '../../negotiation/negotiation.js';
import { NegotiationJournal } from '../../negotiation/negotiation.journal.js';
import { negotiationTransitions, type NegotiationMessage } from '../../negotiation/negotiation-protocol.js';
import { NegotiationRepository } from '../../negotiation/negotiation.repository.js';
import { NegotiationSteward } from '../../negotiation/negotiation-steward.use-cases.js';
import { OutboundMessages } from '../outbound/outbound-messages.js';
import type { OutboundListener } from '../outbound/outbound-listeners.js';
import type { OutboundMessage } from '../outbound/outbound.repository.js';
import type { WireMessage } from '../wire/context.js';
import { isLoose, propertyOf, textOf } from '../wire/read.js';

/** Moves negotiations on when what we sent arrives, and ends them when it never will. */
@Injectable()
export class NegotiationDeliveries implements OutboundListener {
  readonly #negotiations: NegotiationRepository;
  readonly #journal: NegotiationJournal;
  readonly #steward: NegotiationSteward;

  constructor(
    outbound: OutboundMessages,
    negotiations: NegotiationRepository,
    journal: NegotiationJournal,
    steward: NegotiationSteward,
  ) {
    this.#negotiations = negotiations;
    this.#journal = journal;
    this.#steward = steward;
    outbound.listen('negotiation', this);
  }

  async lock(tx: Tx, processId: string): Promise<void> {
    await this.#negotiations.load(tx, processId);
  }

  async delivered(tx: Tx, { processId, message: sent }: OutboundMessage, answer: unknown): Promise<void> {
    const before = await this.#negotiations.load(tx, processId);
    if (before === null) return;
    const message = messageIn(sent);
    const known = withPeerPid(before, answer);
    const at = this.#journal.now();
    // Ended here before the peer had answered: now it has an id that can be told.
    if (negotiationTransitions.isFinal(known.state)) return this.#tellEnd(tx, before, known);
    if (peerPid(known) === null)
      return this.#breakOff(tx, before, { message, reason: 'The peer named no process id.' });
    const outcome = acknowledge(known, message, at);
    await this.#journal.record(tx, before, outcome);
    if (outcome.step === null) return;
    await this.#steward.follow(tx, outcome.negotiation, { event: 'acknowledged', message });
  }

  async givenUp(tx: Tx, { processId, message: sent }: OutboundMessage, why: string): Promise<void> {
    const before = await this.#negotiations.load(tx, processId);
    if (before !== null) await this.#breakOff(tx, before, { message: messageIn(sent), reason: why });
  }

  async #breakOff(tx: Tx, before: Negotiation, why: { message: NegotiationMessage; reason: string }): Promise<void> {
    const failure = { ...why, code: 'PEER_DID_NOT_TAKE_IT' };
    await this.#journal.record(tx, before, giveUp(before, failure, this.#journal.now()));
  }

  async #tellEnd(tx: Tx, before: Negotiation, known: Negotiation): Promise<void> {
    if (peerPid(before) !== null || peerPid(known) === null) return;
    await this.#journal.record(tx, before, { negotiation: known, step: null });
    await this.#journal.tell(tx, known, 'termination');
  }
}

/** Who opens a negotiation hears in the answer how the peer calls it. */
function withPeerPid(negotiation: Negotiation, answer: unknown): Negotiation {
  if (peerPid(negotiation) !== null || !isLoose(answer)) return negotiation;
  const name = ourSide(negotiation) === 'consumer' ? 'providerPid' : 'consumerPid';
  const pid = textOf(propertyOf(answer, name));
  return pid === undefined ? negotiation : { ...negotiation, [name]: pid };
}

/** Which of our messages it was. */
function messageIn(sent: WireMessage): NegotiationMessage {
  switch (sent['@type']) {
    case 'ContractRequestMessage':
      return 'request';
    case 'ContractOfferMessage':
      return 'offer';
    case 'ContractAgreementMessage':
      return 'agreement';
    case 'ContractAgreementVerificationMessage':
      return 'verification';
    case 'ContractNegotiationTerminationMessage':
      return 'termination';
    default:
      return sent['eventType'] === 'ACCEPTED' ? 'accepted' : 'finalized';
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { ok, type Clock, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { NegotiatedAgreement } from './negotiated-agreement.use-cases.js';
import type { NegotiationError } from './negotiation.errors.js';
import { act, meaningFor, type Negotiation, type NegotiationAct, type NegotiationOutcome } from './negotiation.js';
import { announceAnswer, announceRequest } from './negotiation.events.js';
import { NegotiationPost } from './negotiation.post.js';
import { negotiationTransitions, type NegotiationMessage, type Side } from './negotiation-protocol.js';
import { NegotiationRepository } from './negotiation.repository.js';

/** Whose act it is, and, towards a peer, not before how many ms it is sent. */
export interface OwnWord {
  readonly side: Side;
  readonly delayMs?: number;
}

/**
 * Writes down what happens in negotiations, and lets what follows from it happen in the same transaction: the message to
 * the peer, and the end of an agreement that nobody will sign any more.
 */
@Injectable()
export class NegotiationJournal {
  readonly #negotiations: NegotiationRepository;
  readonly #post: NegotiationPost;
  readonly #agreement: NegotiatedAgreement;
  readonly #clock: Clock;

  constructor(
    negotiations: NegotiationRepository,
    post: NegotiationPost,
    agreement: NegotiatedAgreement,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#negotiations = negotiations;
    this.#post = post;
    this.#agreement = agreement;
    this.#clock = clock;
  }

  now(): Date {
    return this.#clock.now();
  }

  /** Writes a new negotiation down, and sends its first word if it is ours. @returns false when it is there already. */
  async open(tx: Tx, outcome: NegotiationOutcome): Promise<boolean> {
    if (!(await this.#negotiations.insert(tx, outcome))) return false;
    announceRequest(tx, outcome);
    const { negotiation } = outcome;
    if (negotiation.pending !== null) await this.#post.send(tx, negotiation, negotiation.pending, 0);
    return true;
  }

  /** One of our sides acts; towards a peer, the message is on its way with the commit. */
  async act(
    tx: Tx,
    before: Negotiation,
    { side, delayMs = 0, ...input }: NegotiationAct & OwnWord,
  ): Promise<Result<Negotiation, NegotiationError>> {
    const outcome = act(before, side, input, this.now());
    if (!outcome.ok) return outcome;
    const { negotiation, step } = outcome.value;
    await this.record(tx, before, outcome.value);
    if (step?.event === 'sent') await this.#post.send(tx, negotiation, input.message, delayMs);
    return ok(negotiation);
  }

  /**
   * Makes way for a message of the peer: ours that is under way was overtaken by it, or, since it can only be an answer
   * to ours, has arrived.
   *
   * @returns the negotiation as it is now.
   */
  async makeWay(tx: Tx, negotiation: Negotiation, message: NegotiationMessage): Promise<Negotiation> {
    switch (meaningFor(negotiation, message)) {
      case 'overtakes':
        await this.#post.cancel(tx, negotiation);
        return negotiation;
      case 'acknowledges':
        await this.#post.settle(tx, negotiation);
        return (await this.#negotiations.load(tx, negotiation.id)) ?? negotiation;
      case 'nothing':
        return negotiation;
    }
  }

  /** Sends again what was said already, to a peer that can be told now. */
  tell(tx: Tx, negotiation: Negotiation, message: NegotiationMessage): Promise<void> {
    return this.#post.send(tx, negotiation, message, 0);
  }

  /** Writes down what came of a message or of its delivery. */
  async record(tx: Tx, before: Negotiation, outcome: NegotiationOutcome): Promise<void> {
    const { negotiation } = outcome;
    await this.#negotiations.save(tx, before, outcome);
    announceAnswer(tx, before, outcome);
    const isNew = before.state !== negotiation.state;
    if (isNew && negotiation.peer !== null && negotiationTransitions.isFinal(negotiation.state)) {
      await this.#post.close(tx, negotiation);
    }
    if (negotiation.end !== null && before.end === null) await this.#dropAgreement(tx, negotiation);
  }

  /** Whoever broke off, the agreement that was being signed is over. */
  async #dropAgreement(tx: Tx, { agreementId, merchantId, buyerId, end, peer }: Negotiation): Promise<void> {
    if (agreementId === null || end === null) return;
    const organisationId = (end.side === 'consumer' ? buyerId : merchantId) ?? merchantId;
    const subject = end.by ?? peer?.participantId ?? organisationId;
    await this.#agreement.drop(tx, agreementId, { subject, organisationId }, end.reason ?? end.code);
  }
}
